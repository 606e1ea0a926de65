"""Gestures that come twice, fail half-way, or were made up: each has its effect once or not."""

import socket
from functools import partial
from itertools import product
from typing import Any

import pytest

from bot.services import ask_peer, react
from sandbox.http_delivery import HttpAnswer
from tests.faults.tap import Tap
from tests.faults.wire import Wire
from tests.localslack import Json

ASK = "/ask-peer why is my postgres index not used?"


def test_the_same_command_twice_is_one_question(tap: Tap) -> None:
    assert tap.world.types("cy", ASK).says("<@U_ADA>")
    assert tap.again() == HttpAnswer(200, None)


def test_a_refused_command_may_come_again(tap: Tap) -> None:
    """A refusal leaves nothing behind, not even that it was seen."""
    refusal = tap.world.types("cy", "/learning limit many").text
    assert refusal.startswith("Please give a whole number")
    assert tap.again().payload["text"] == refusal


def test_a_button_that_comes_twice_asks_once(tap: Tap) -> None:
    tap.world.types("cy", ASK)
    tap.world.clicks("cy", "Ask")
    for _ in range(3):
        assert tap.again().status == 200
    assert len(tap.world.slack.dms("ada")) == 1
    assert len(tap.world.slack.journal("response_url")) == 1


def test_s18_somebody_elses_preview_is_not_obeyed(tap: Tap) -> None:
    first_button(tap)

    tap.again(lambda payload: payload["user"].update(id="U_BO"))

    assert last_answer(tap) == "Only the person who asked can do this."
    assert Wire(tap.world).tries() == []


def test_s18_a_made_up_button_is_not_obeyed(tap: Tap) -> None:
    first_button(tap)
    values = ("4711/U_ADA", "one/U_ADA", "9" * 30, "", "-1", "\u0661", "1/U_CY/U_ADA", "1'--")
    actions = ("question.send", "question.accept", "question.solve")
    for action, value in product(actions, values):
        answer = tap.again(partial(forge, action=action, value=value))
        assert answer.status == 200, (action, value)
        assert not last_answer(tap).startswith("Something went wrong"), (action, value)
    assert Wire(tap.world).tries() == []


def test_an_event_that_failed_is_sent_again_and_then_counts(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = tap.world
    fail_once(monkeypatch, react, "react")
    world.reacts("cy", world.writes("ada", "EXPLAIN shows why"))
    acks = [e["ack"] for e in world.slack.journal("envelope") if e["what"] == "reaction_added"]
    assert acks == ["refused", "acked"]
    assert len(world.ledger()) == 1


def test_a_command_that_failed_says_so_and_works_when_typed_again(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_once(monkeypatch, ask_peer, "ask")
    answer = tap.world.types("cy", ASK)
    assert answer.ack == "acked"
    assert answer.text.startswith("Something went wrong (ref ")
    assert tap.world.types("cy", ASK).says("<@U_ADA>")


def test_a_button_that_failed_says_so_and_works_when_pressed_again(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_once(monkeypatch, ask_peer, "_send")
    tap.world.types("cy", ASK)
    assert tap.world.clicks("cy", "Ask").text.startswith("Something went wrong (ref ")
    assert tap.world.slack.dms("ada") == []
    tap.world.clicks("cy", "Ask")
    assert len(tap.world.slack.dms("ada")) == 1


def test_an_answer_that_cannot_be_given_takes_nothing_back(tap: Tap) -> None:
    wire, faults = Wire(tap.world), ("429", "500", "500_accepted", "drop_before", "drop_after")
    for asked, kind in enumerate(faults, start=1):
        tap.world.types("cy", f"/ask-peer and postgres under {kind}?")
        wire.breaks("response_url", kind)
        assert tap.world.clicks("cy", "Ask").ack == "acked", kind
        assert len(tap.world.slack.journal("response_url")) == asked, kind
        assert len(tap.world.slack.dms("cy")) == asked, kind


def test_s5_no_answer_goes_where_a_made_up_payload_says(tap: Tap) -> None:
    tap.world.types("cy", ASK)
    tap.world.clicks("cy", "Never mind")
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.05)
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/response/1"
        assert tap.again(lambda payload: payload.update(response_url=url)).status == 200
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def first_button(tap: Tap) -> None:
    """Cy has pressed a button of a preview: what Slack sent can be changed and sent again."""
    tap.world.types("cy", ASK)
    tap.world.clicks("cy", "Somebody else")


def forge(payload: Json, action: str, value: str) -> None:
    payload["actions"][0].update(action_id=action, value=value)


def last_answer(tap: Tap) -> str:
    return str(tap.world.slack.journal("response_url")[-1]["args"]["text"])


def fail_once(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """The next call of that use case ends in an error nobody foresaw."""
    original = getattr(module, name)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        monkeypatch.setattr(module, name, original)
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(module, name, fail)
