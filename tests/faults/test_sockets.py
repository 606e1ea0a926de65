"""Connections that are renewed or break: answers arrive, and nothing is done twice."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic, sleep

import pytest
from structlog.testing import capture_logs

from bot.domain.ids import UserId
from bot.run import Run
from bot.slack import session, sockets
from bot.slack.directory import Directory
from bot.slack.session import Session
from tests.localslack import Answer, Json
from tests.sandbox.hands import APP, Hands, Listener, send
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE

CONNECTIONS = 2


@pytest.fixture(autouse=True)
def _short_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of waiting that show nothing."""
    monkeypatch.setattr(sockets, "REST_SECONDS", 0.2)
    monkeypatch.setattr(sockets, "LINGER_SECONDS", 0.2)


def until(holds: Callable[[], object], seconds: float = 15) -> None:
    give_up = monotonic() + seconds
    while not holds():
        assert monotonic() < give_up, "it did not come to that"
        sleep(0.01)


def open_in(world: World) -> int:
    return int(world.slack.see("state")["sockets"])


def both_are_open(world: World) -> None:
    until(lambda: open_in(world) == CONNECTIONS)


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
    assert len(world.slack.calls("apps.connections.open")) == 2 * CONNECTIONS  # once each


def test_without_that_the_answer_is_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above could not fail."""
    world.person("cy")
    both_are_open(world)
    monkeypatch.setattr(session, "ACK_SECONDS", 0)
    answer = types_a_form(world, lambda: world.slack.control("socket", warn=True))
    assert answer.ack == "timeout"


@pytest.mark.parametrize("abruptly", [False, True])
def test_f25_a_connection_that_breaks_with_an_answer_in_hand_does_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, abruptly: bool
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
    world.slack.control("socket", cut="all", abruptly=abruptly)
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
    assert open_in(world) == 1
    for _ in range(3):
        assert world.types("cy", "/learning").ack == "acked"
    world.later(seconds=61)
    both_are_open(world)


@pytest.mark.parametrize(("refused_for", "level"), [(0, "info"), (60, "warning")])
def test_a_connection_that_is_back_is_told_as_loudly_as_its_loss(
    world: World, refused_for: int, level: str
) -> None:
    both_are_open(world)
    with capture_logs() as lines:
        world.slack.control("socket", cut=1, refuse_for=refused_for)
        if refused_for:
            until(lambda: any(line["event"] == "one connection fewer" for line in lines))
            world.later(seconds=61)
        both_are_open(world)
        until(lambda: any(line["event"] == "connected to slack again" for line in lines))
    again = [line["log_level"] for line in lines if line["event"] == "connected to slack again"]
    assert again == [level]


def test_a_renewal_is_no_news(world: World) -> None:
    both_are_open(world)
    with capture_logs() as lines:
        world.slack.control("socket", warn=True)
        until(lambda: len(world.slack.calls("apps.connections.open")) == 2 * CONNECTIONS)
        both_are_open(world)
    assert not [line for line in lines if line["event"] == "connected to slack again"]


def test_f26_a_place_that_slack_has_no_room_for_is_tried_again_in_peace(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten connections are the most; the bot has two, and eight others are taken meanwhile."""
    world.person("cy")
    both_are_open(world)
    monkeypatch.setattr(sockets, "LONGEST_REST_SECONDS", 0.5)
    hands = Hands(world.slack.url)
    with ExitStack() as others:
        for _ in range(8):
            others.callback(Listener(hands).close)
        world.slack.control("socket", cut=1, refuse_for=0)
        others.callback(Listener(hands).close)
        tries = len(world.slack.calls("apps.connections.open"))
        until(lambda: len(world.slack.calls("apps.connections.open")) >= tries + 3)
        assert open_in(world) == 10
    both_are_open(world)
    assert world.types("cy", "/learning").ack == "acked"


def test_a_session_is_ended_by_two_at_the_same_moment(world: World) -> None:
    """As it happens when the program stops while a connection is being renewed."""
    both_are_open(world)
    address = send(f"{world.slack.url}/api/apps.connections.open", b"", APP).json["url"]
    with ThreadPoolExecutor(4) as pool:
        one = Session(address, lambda _: None, pool)
        list(pool.map(Session.end, [one, one, one]))
    assert not one.is_open
    assert open_in(world) == CONNECTIONS
