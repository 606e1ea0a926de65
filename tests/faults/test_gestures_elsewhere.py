"""What Slack tells again, late, elsewhere, under another id, or while the database stalls."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from time import sleep

import psycopg
import pytest
from sqlalchemy import make_url

from bot.program import Program
from storage.exchanges import Exchanges
from tests.faults.tap import Tap
from tests.faults.test_wire_events import receipts, toggled
from tests.faults.test_wire_gestures import ASK
from tests.localslack import Answer, Json
from tests.world import World

PATIENCE = 0.3
"""Seconds until the test's Slack gives up on an answer; the real one waits three."""


@contextmanager
def another_replica(world: World) -> Iterator[str]:
    """Where another process answers: a second one on PostgreSQL, the next one on SQLite."""
    if world.database_url.startswith("sqlite"):
        world.restart()
        yield f"http://127.0.0.1:{world.bot.port}/slack/events"
        return
    other = Program(world.settings, metronome=False)
    other.start()
    try:
        yield f"http://127.0.0.1:{other.port}/slack/events"
    finally:
        other.stop()


def test_f20_an_event_told_again_after_five_minutes_to_another_replica(tap: Tap) -> None:
    world = tap.world
    world.reacts("cy", world.writes("ada", "EXPLAIN shows why"))
    world.later(minutes=5)
    with another_replica(world) as elsewhere:
        assert tap.told(elsewhere).status == 200
        world.settle()
    assert len(world.ledger()) == 1
    assert len(receipts(world)) == 1


def test_f20_a_button_told_again_after_five_minutes_to_another_replica(tap: Tap) -> None:
    world = tap.world
    world.types("cy", ASK)
    world.clicks("cy", "Ask")
    world.later(minutes=5)
    with another_replica(world) as elsewhere:
        for _ in range(3):
            assert tap.told(elsewhere).status == 200
        world.settle()
    assert len(world.slack.dms("ada")) == 1
    assert world.slack.dms("bo") == []


def test_f22_a_message_told_by_two_events_has_no_effect_at_all(world: World) -> None:
    """Peerloop listens to neither: it reads nothing that people write to each other."""
    world.person("ada")
    world.settle()
    kept, calls = world.everything_kept(), len(world.slack.calls(""))
    said = {"user": "U_ADA", "text": "<@U_BOT> why?", "ts": "1772442100.000100"}
    for kind in ("message", "app_mention"):
        event: Json = {**said, "type": kind, "channel": "C_GENERAL", "event_ts": said["ts"]}
        world.happens(event)
    told = [e for e in world.slack.journal("envelope") if e["what"] in {"message", "app_mention"}]
    assert [each["ack"] for each in told] == ["acked", "acked"], "or Slack would tell it again"
    assert world.everything_kept() == kept
    assert len(world.slack.calls("")) == calls


def twice_over_slack_connect(world: World) -> None:
    """Each side's workspace tells of one gesture, under an id of its own."""
    world.person("ada")
    world.person("bo")
    for number in range(4):
        gesture = toggled(world.writes("ada", f"tip {number}"), "on")
        for side in ("OURS", "THEIRS"):
            world.slack.control("events", **gesture, event_id=f"Ev_{side}_{number}")
    world.settle()


def test_f23_one_gesture_under_two_event_ids_is_one_exchange(world: World) -> None:
    twice_over_slack_connect(world)
    assert len(world.ledger()) == 4
    assert len(receipts(world)) == 4
    taken_in = [e for e in world.slack.journal("envelope") if e["what"] == "reaction_added"]
    assert len([e for e in taken_in if e["ack"] == "acked"]) >= 8


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_f23_without_the_key_of_the_gesture_it_would_count_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: an exchange is known by what told of it, as the event's own id would do."""
    add = Exchanges._add

    def add_as_new(self: Exchanges, exchange: object, **more: object) -> None:
        number = len(self.active())
        add(self, _renamed(exchange, number), **more)  # type: ignore[arg-type]  # a mutant

    monkeypatch.setattr(Exchanges, "_find", lambda *_given: None)
    monkeypatch.setattr(Exchanges, "_add", add_as_new)
    twice_over_slack_connect(world)
    assert len(world.ledger()) == 8


def _renamed(exchange: object, number: int) -> object:
    return replace(exchange, source=f"event/{number}")  # type: ignore[type-var]  # a mutant


@contextmanager
def stalled(world: World) -> Iterator[None]:
    """Somebody else holds the database for longer than Slack waits."""
    if world.database_url.startswith("sqlite"):
        file = str(make_url(world.database_url).database)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    url = make_url(world.database_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as other:
        other.execute("LOCK TABLE seen IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def given_up(tap: Tap, nth: int) -> None:
    """Slack tells it while the database stalls, and does not wait for the answer."""
    url = tap.kept[nth][0]
    with ThreadPoolExecutor(1) as hand:
        with stalled(tap.world):
            told = hand.submit(tap.told, url, seconds=PATIENCE, nth=nth)
            sleep(2 * PATIENCE)
        assert told.result().failure == "http_timeout"


def test_f24_an_answer_that_comes_too_late_has_its_effect_once(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = tap.world
    ts = world.writes("ada", "EXPLAIN shows why")
    monkeypatch.setattr("sandbox.http_delivery.post", tap.keep)
    world.reacts("cy", ts)
    assert world.ledger() == []

    given_up(tap, -1)
    for _ in range(3):  # Slack's repetitions
        assert tap.told(tap.kept[-1][0]).status == 200
    world.settle()

    assert len(world.ledger()) == 1
    assert len(receipts(world)) == 1


def test_f24_a_button_that_is_answered_too_late_asks_once(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = tap.world
    world.types("cy", ASK)
    with monkeypatch.context() as holding:
        holding.setattr("sandbox.http_delivery.post", tap.keep)
        world.clicks("cy", "Ask")
    assert world.slack.dms("ada") == []

    given_up(tap, -1)
    tap.again()  # and the person presses once more
    world.settle()

    assert len(world.slack.dms("ada")) == 1


def test_f30_a_form_that_comes_again_under_another_hash_is_one_question(tap: Tap) -> None:
    """The view changed between the press and its arrival; the person pressed once."""
    world = tap.world
    world.types("cy", "/ask-peer")
    world.fills("cy", question="why is my postgres index not used?")

    def rehash(payload: Json) -> None:
        payload["view"]["hash"] = "1772442000.changed"

    answer = tap.again(rehash)
    assert answer.status == 200
    assert world.everything_kept().count("why is my postgres index not used?") == 1


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger"])
def test_f30_a_trigger_that_has_expired_is_told_and_nothing_is_lost(tap: Tap, error: str) -> None:
    world = tap.world
    gestures: tuple[Callable[[], Answer], ...] = (
        lambda: world.types("cy", "/ask-peer"),
        lambda: world.types("cy", "/learning settings"),
        lambda: world.uses("cy", "ask_peer"),
    )
    for gesture in gestures:
        world.slack.control("fault", method="views.open", kind="ok_false", error=error)
        assert gesture().ack == "acked"
        assert not world.slack.see("views/cy")["modals"]
    assert world.types("cy", "/ask-peer").view
