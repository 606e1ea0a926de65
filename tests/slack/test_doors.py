"""An envelope of Socket Mode: what becomes its ack, and when Slack is to send it again."""

import logging
from collections.abc import Sequence
from typing import Any

import pytest
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.slack.doors import SocketDoor
from bot.slack.shapes import Json

COMMAND: Json = {
    "team_id": "T_A",
    "user_id": "U_A",
    "command": "/tea",
    "trigger_id": "1.2",
    "channel_id": "C_A",
    "text": "",
}


def answering(answer: BoltResponse) -> SocketDoor:
    app = App(
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id="T_A", bot_token="xoxb-1", bot_user_id="U_BOT"
        ),
        signing_secret="any",
        process_before_response=True,
    )

    @app.middleware
    def always() -> BoltResponse:
        return answer

    return SocketDoor(app)


def envelope(payload: Any) -> Json:
    return {"envelope_id": "e1", "type": "slash_commands", "payload": payload}


AS_JSON: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}


@pytest.mark.parametrize(
    ("answer", "ack"),
    [
        (BoltResponse(status=200, body=""), {"envelope_id": "e1"}),
        (
            BoltResponse(status=200, body="earl grey"),
            {"envelope_id": "e1", "payload": {"text": "earl grey"}},
        ),
        (
            BoltResponse(status=200, body={"options": []}, headers=AS_JSON),
            {"envelope_id": "e1", "payload": {"options": []}},
        ),
        (BoltResponse(status=500, body=""), None),
        (BoltResponse(status=404, body="who?"), None),
    ],
)
def test_an_answer_becomes_an_ack(answer: BoltResponse, ack: Json | None) -> None:
    assert answering(answer)(envelope(COMMAND)) == ack


def deep() -> Json:
    nested: Any = []
    for _ in range(5_000):
        nested = [nested]
    return COMMAND | {"text": nested}


@pytest.mark.parametrize(
    "payload",
    [None, "text", [], 7, {**COMMAND, "trigger_id": 5}, {**COMMAND, "user_id": None}, deep()],
    ids=["nothing", "text", "list", "number", "odd trigger", "nobody", "deep"],
)
def test_what_does_not_look_like_slacks_is_not_acknowledged(
    payload: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answer = answering(BoltResponse(status=200, body=""))(envelope(payload))
    assert answer is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "Traceback" not in caplog.text
