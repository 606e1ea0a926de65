"""Slack answers badly while something is being said: it is said once all the same."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.faults.wire import HISTORY, POST, WHISPER, Wire
from tests.world import World

Broken = tuple[str, dict[str, Any], int]
"""A fault, its options, and how often the bot has to post until Slack has it."""

ACCEPTED = {"accepted": True}


def says_through(wire: Wire, faults: list[Broken]) -> None:
    """One message for each fault, all to Ada; each is taken in once, after so many tries."""
    expected = []
    for kind, options, tries in faults:
        before = len(wire.tries())
        wire.breaks(POST, kind, **options)
        text = f"{kind} {options}"
        wire.says("ada", text)
        wire.world.later(minutes=2)
        assert wire.taken_in()[text] == 1, text
        assert len(wire.tries()) - before == tries, text
        expected.append(text)
    assert wire.shown("ada") == expected


def test_f45_a_server_error_after_or_before_slack_took_it_in(world: World) -> None:
    world.person("ada")
    says_through(Wire(world), [("500", {}, 2), ("500_accepted", {}, 1)])


def test_f46_a_connection_that_breaks_after_or_before_slack_took_it_in(world: World) -> None:
    world.person("ada")
    says_through(Wire(world), [("drop_before", {}, 2), ("drop_after", {}, 1)])


def test_f46_a_reset_connection_is_looked_into_before_anything_is_tried_again(
    world: World,
) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "drop_before")
    wire.says("ada", "Hello")
    world.later(seconds=39)
    assert len(wire.tries()) == 1
    assert wire.tries(HISTORY) == []

    world.later(seconds=1)

    assert len(wire.tries(HISTORY)) == 1
    assert wire.shown("ada") == ["Hello"]


def test_f47_slack_says_that_it_is_not_sure_itself(world: World) -> None:
    world.person("ada")
    says_through(
        Wire(world),
        [
            ("ok_false", {"error": "internal_error"}, 2),
            ("ok_false", {"error": "internal_error", **ACCEPTED}, 1),
            ("ok_false", {"error": "fatal_error"}, 2),
            ("ok_false", {"error": "fatal_error", **ACCEPTED}, 1),
        ],
    )


def test_f48_slack_answers_with_half_a_page_of_html(world: World) -> None:
    world.person("ada")
    says_through(Wire(world), [("garbage", {}, 2), ("garbage", ACCEPTED, 1)])


def test_f49_slack_takes_it_in_twenty_seconds_after_the_connection_broke(world: World) -> None:
    world.person("ada")
    says_through(Wire(world), [("late", {"delay": 20}, 1)])


def test_f50_the_history_shows_what_is_new_only_after_five_seconds(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.breaks(HISTORY, "history_lag", lag=5, times=10)
    says_through(wire, [("drop_after", {}, 1), ("late", {"delay": 20}, 1)])


def test_f51_the_message_stands_on_the_third_page_of_the_history(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.sender.PAGE", 2)
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "drop_after")
    wire.says("ada", "Hello")
    for number in range(5):
        world.writes("ada", f"note to self {number}", "@ada")

    world.later(minutes=2)

    assert wire.taken_in() == {"Hello": 1}
    assert len(wire.tries(HISTORY)) == 3
    assert [page["args"].get("cursor") is None for page in wire.tries(HISTORY)] == [
        True,
        False,
        False,
    ]


def test_f51_one_that_never_arrived_is_sent_again_only_after_the_last_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.sender.PAGE", 2)
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "drop_before")
    wire.breaks(HISTORY, "500", after=1)
    wire.says("ada", "Hello")
    for number in range(5):
        world.writes("ada", f"note to self {number}", "@ada")

    world.later(minutes=5)

    assert wire.taken_in() == {"Hello": 1}
    assert [page["status"] for page in wire.tries(HISTORY)] == [200, 500, 200, 200, 200]


def test_f44_a_history_that_cannot_be_read_just_now_is_read_later(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    for kind in ("429", "500", "drop_before", "ok_false", "garbage"):
        read_before = len(wire.tries(HISTORY))
        wire.breaks(HISTORY, kind, times=3)
        wire.breaks(POST, "drop_after")
        wire.says("ada", kind)
        world.later(minutes=10)
        assert len(wire.tries(HISTORY)) - read_before == 4, kind
    assert list(wire.taken_in().values()) == [1] * 5
    assert len(wire.tries()) == 5


def test_f46_the_answer_to_a_post_in_a_thread_is_lost(world: World) -> None:
    ask_and_accept(world)
    wire = Wire(world)
    wire.breaks(POST, "drop_after")

    world.clicks("cy", "Solved")
    world.later(minutes=2)

    replies = [m for m in world.slack.group("ada", "cy") if m.thread_ts not in {None, m.ts}]
    assert [reply.says("has what they needed") for reply in replies] == [True]
    assert len(wire.tries("conversations.replies")) == 1


def test_f41_without_the_right_to_read_history_nothing_is_repeated(world: World) -> None:
    for name in ("ada", "bo", "dan"):
        world.person(name, knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    wire = Wire(world)
    world.slack.control("scopes", revoke=["im:history"])
    wire.breaks(POST, "drop_after")

    world.clicks("ada", "Not now")
    world.later(minutes=30)

    assert max(Counter(world.slack.accepted()).values()) == 1
    assert len(world.slack.dms("bo")) == 1
    assert world.slack.dms("dan") == []
    world.later(hours=4)  # the time to answer began although nobody knows that it arrived
    assert len(world.slack.dms("bo")) == len(world.slack.dms("dan")) == 1


def ask_and_accept(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    world.clicks("ada", "I can help")


def test_f52_while_no_connection_is_made_nothing_is_in_doubt(world: World) -> None:
    world.person("ada")
    world.settle()  # who joined is taken in before
    wire = Wire(world)
    with slack_out_of_reach(world):
        wire.says("ada", "Hello")
        wire.whispers("ada", "Noted")
        world.later(seconds=20)
    world.later(minutes=1)
    assert wire.shown("ada") == ["Hello"]
    assert wire.taken_in(WHISPER) == {"Noted": 1}
    assert wire.tries(HISTORY) == []


@contextmanager
def slack_out_of_reach(world: World) -> Iterator[None]:
    """Slack's Web API refuses connections; the WebSocket stays."""
    client = world.bot._client
    reachable = client.base_url
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = listener.getsockname()[1]
    client.base_url = f"http://127.0.0.1:{nobody}/api/"
    yield
    client.base_url = reachable
