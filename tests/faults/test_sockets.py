"""Connections that are renewed or cut: answers arrive, and nothing is done twice."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.domain.ids import UserId
from bot.run import Run
from bot.slack.directory import Directory
from bot.slack.sockets import Line
from tests.localslack import Answer, Json
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE

CONNECTIONS = 2


def until(holds: Callable[[], object], seconds: float = 15) -> None:
    give_up = monotonic() + seconds
    while not holds():
        assert monotonic() < give_up, "it did not come to that"
        sleep(0.01)


def sockets(world: World) -> int:
    return int(world.slack.see("state")["sockets"])


def both_are_open(world: World) -> None:
    until(lambda: sockets(world) == CONNECTIONS)


def types_a_form(world: World, meanwhile: Callable[[], Json]) -> Answer:
    """Cy asks for a form; while the answer to that is in hand, something happens."""
    world.slack.control("fault", method="views.open", kind="slow", delay=0.8)
    with ThreadPoolExecutor(1) as hand:
        typed = hand.submit(world.types, "cy", "/ask-peer")
        until(lambda: world.slack.calls("views.open"))
        meanwhile()
        return typed.result()


def test_f26_what_came_by_a_connection_is_answered_before_it_is_renewed(world: World) -> None:
    world.person("cy")
    both_are_open(world)
    answer = types_a_form(world, lambda: world.slack.control("socket", warn=True))
    assert answer.ack == "acked"
    both_are_open(world)
    assert world.types("cy", "/learning").says("Your topics")


def test_without_that_the_answer_is_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above could not fail."""
    world.person("cy")
    both_are_open(world)
    theirs = SocketModeClient.connect_to_new_endpoint
    monkeypatch.setattr(Line, "connect_to_new_endpoint", theirs)
    answer = types_a_form(world, lambda: world.slack.control("socket", warn=True))
    assert answer.ack == "timeout"


def test_f25_a_connection_that_breaks_with_an_answer_in_hand_does_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack tells of the reaction again; it is one exchange, and one receipt."""
    world.person("ada")
    world.person("bo")
    both_are_open(world)
    in_hand, go_on = threading.Event(), threading.Event()
    meet = Directory.meet

    def linger(directory: Directory, run: Run, users: Iterable[UserId]) -> None:
        in_hand.set()
        go_on.wait(10)
        meet(directory, run, users)

    ts = world.writes("ada", "use an index")
    monkeypatch.setattr(Directory, "meet", linger)
    gesture = {"user": "bo", "channel": "#general", "ts": ts, "name": "bulb", "present": True}
    world.slack.control("reaction", **gesture)
    assert in_hand.wait(10)
    world.slack.control("socket", cut="all")
    both_are_open(world)
    go_on.set()
    world.later(seconds=400)
    told = [each for each in world.slack.journal("envelope") if each["what"] == "reaction_added"]
    assert (told[0]["ack"], told[-1]["ack"]) == ("timeout", "acked")
    assert len(world.ledger()) == 1
    assert len([call for call in world.slack.calls("chat.postEphemeral") if call["ts"]]) == 1


def test_while_one_connection_is_gone_the_other_takes_in(world: World) -> None:
    world.person("cy")
    both_are_open(world)
    world.slack.control("socket", cut=1, refuse_for=60)
    assert sockets(world) == 1
    for _ in range(3):
        assert world.types("cy", "/learning").ack == "acked"
    world.later(seconds=61)
    both_are_open(world)
