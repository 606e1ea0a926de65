"""Each request is counted and has its line, also where Bolt itself fails."""

import logging

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.slack.metered import MeteredApp, what_of
from bot.watch.meters import Meters


class Counted(Meters):
    def __init__(self) -> None:
        self.acks: list[tuple[str, str]] = []

    def acked(self, kind: str, outcome: str, seconds: float) -> None:
        self.acks.append((kind, outcome))


def fail(_app: App, _request: BoltRequest) -> BoltResponse:
    raise ValueError("what somebody typed")


def test_a_request_that_breaks_bolt_is_counted_and_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(App, "dispatch", fail)
    caplog.set_level(logging.INFO, "bot")
    app = MeteredApp(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T_A", bot_token="xoxb-1"),
        signing_secret="any",
    )
    app.meters = counted = Counted()
    with pytest.raises(ValueError, match="typed"):
        app.dispatch(BoltRequest(body={"command": "/tea", "team_id": "T_A"}, mode="socket_mode"))
    assert counted.acks == [("command", "failed")]
    (line,) = [record.msg for record in caplog.records]
    assert isinstance(line, dict)
    assert (line["event"], line["what"], line["outcome"]) == ("command", "/tea", "failed")


@pytest.mark.parametrize(
    ("name", "logged"),
    [
        ("question.send", True),
        ("/ask-peer", True),
        ("x" * 80, True),
        ("x" * 81, False),
        ("", False),
        ("two words", False),
        ("line\n", False),
        ("élan", False),
    ],
)
def test_only_a_name_is_logged_as_one(name: str, logged: bool) -> None:
    assert what_of({"actions": [{"action_id": name}]}) == (name if logged else None)
    assert what_of({"command": name}) == (name if logged else None)
