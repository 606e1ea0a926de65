"""What stands in the log: a line for each thing that happened, and nothing that anybody said."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from bot.config import Settings
from sandbox.http_delivery import SIGNING_SECRET
from sandbox.server import LocalSlack
from tests.localslack import Json, SlackView
from tests.programs import against, process, wait_for

WORDS = ("canaryquestion", "canarytopic", "canarymessage", "canarydraft", "canarychannel")
NAMES = ("canaryada", "canarycy", "Canary Ada", "Canary Cy")
SECRETS = ("xoxb-sandbox", "xapp-sandbox", SIGNING_SECRET, "hooks.slack", "/response/", "ticket=")

QUOTES = """
from bot.services import choose, deliver

def fail(found):
    raise ValueError(f"cannot say {found.card}")

def set_limit(work, *, user, typed):
    try:
        int(typed)
    except ValueError as error:
        raise LookupError(typed) from error

deliver.card_of = fail
choose.set_limit = set_limit
"""
"""A bot whose errors quote what people typed."""

COMPANY: Json = {
    "people": [
        {"id": "U_BOT", "name": "peerloop", "real_name": "Peerloop", "is_bot": True},
        {"id": "U_ADA", "name": "canaryada", "real_name": "Canary Ada", "topics": ["canarytopic"]},
        {"id": "U_CY", "name": "canarycy", "real_name": "Canary Cy"},
    ],
    "channels": [
        {"id": "C_ONE", "name": "canarychannel", "members": ["U_BOT", "canaryada", "canarycy"]}
    ],
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def slack() -> Iterator[SlackView]:
    with LocalSlack(held=False, patience=10) as local:
        view = SlackView(local.url)
        view.control("reset", team="T_CANARY", data=COMPANY)
        yield view


def does(slack: SlackView, gesture: str, user: str, **more: object) -> Json:
    return slack.control(gesture, user=user, channel="#canarychannel", **more)


def types(slack: SlackView, user: str, command: str, text: str) -> Json:
    return does(slack, "command", user, command=command, text=text)


def a_day_with_everything(slack: SlackView) -> None:
    """Commands, forms, buttons, reactions and deliveries, well and badly ended."""
    types(slack, "canaryada", "/learning", "topics canarytopic")
    types(slack, "canarycy", "/learning", "weekly canarydraft")
    types(slack, "canarycy", "/ask-peer", "what is canaryquestion in canarytopic?")
    for trouble in ("drop_after", "500", "garbage", "429"):
        slack.control("fault", method="chat.postMessage", kind=trouble)
    does(slack, "action", "canarycy", action_id="question.send")
    slack.control("fault", method="views.open", kind="ok_false", error="fatal_error")
    types(slack, "canarycy", "/ask-peer", "")
    said = does(slack, "message", "canaryada", text="canarymessage")
    does(slack, "reaction", "canarycy", ts=said["ts"], name="bulb", present=True)
    slack.control("home", user="canaryada")
    slack.control("events", type="message", event={"text": "canarymessage", "user": "U_CY"})
    slack.control("socket", cut="all", abruptly=True)
    slack.control("settle", within=10)


def a_day_of_errors(slack: SlackView) -> None:
    types(slack, "canaryada", "/learning", "topics canarytopic")
    types(slack, "canarycy", "/learning", "limit canarydraft")
    types(slack, "canarycy", "/ask-peer", "what is canaryquestion in canarytopic?")
    does(slack, "action", "canarycy", action_id="question.send")
    slack.control("settle", within=10)


def a_log_of(
    slack: SlackView,
    environment: dict[str, str],
    day: Callable[[SlackView], None] = a_day_with_everything,
    first: str = "",
) -> list[Json]:
    """What a bot wrote at DEBUG on such a day, each line read; what must not be there is not."""
    with process(environment | {"LOG_LEVEL": "DEBUG"}, first=first) as running:
        port = json.loads(wait_for(running, '"started"'))["port"]
        if "SLACK_APP_TOKEN" not in environment:
            slack.control("http", url=f"http://127.0.0.1:{port}/slack/events")
        day(slack)
        running.send_signal(signal.SIGTERM)
        assert running.stderr
        log = running.stderr.read()
    assert not [canary for canary in (*WORDS, *NAMES, *SECRETS) if canary in log]
    return [json.loads(line) for line in log.splitlines()]


def expect_a_line_for_each(lines: list[Json]) -> None:
    taken_in = [(line["event"], line.get("what"), line.get("outcome")) for line in lines]
    assert ("command", "/ask-peer", "ok") in taken_in
    assert ("command", "/learning", "refused") in taken_in
    assert ("command", "/ask-peer", "refused") in taken_in
    assert ("block_actions", "question.send", "ok") in taken_in
    assert ("event_callback", "reaction_added", "ok") in taken_in
    assert {line["team"] for line in lines if line["event"] == "command"} == {"T_CANARY"}
    assert {line["id"] for line in lines if line["event"] == "delivery"} == attempted()
    requests = [line["request"] for line in lines if line["event"] == "command"]
    assert len(set(requests)) == len(requests)


def attempted() -> set[int]:
    """The deliveries with which anything was done, by the bot's own database."""
    with closing(connect("peerloop.db")) as database:
        found = database.execute("SELECT id FROM delivery WHERE state != 'waiting' OR attempts > 0")
        return {number for (number,) in found}


def test_s17_in_socket_mode(slack: SlackView) -> None:
    expect_a_line_for_each(a_log_of(slack, against(slack)))


def test_s17_over_http(slack: SlackView) -> None:
    environment = against(slack) | {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    del environment["SLACK_APP_TOKEN"]
    expect_a_line_for_each(a_log_of(slack, environment))


def test_an_error_that_quotes_somebody_is_told_without_its_words(slack: SlackView) -> None:
    lines = a_log_of(slack, against(slack), a_day_of_errors, first=QUOTES)
    failed = {line["event"]: line["exception"] for line in lines if line["level"] == "error"}
    assert set(failed) == {"failed", "delivery failed"}
    assert "in set_limit" in failed["failed"]
    assert "builtins.ValueError\nwhich led to\n" in failed["failed"]
    assert failed["failed"].endswith("builtins.LookupError")
    assert failed["delivery failed"].endswith("builtins.ValueError")
