"""Nobody hears Slack for a while: what can be looked up afterwards is, and counts once."""

import logging
from collections.abc import Callable

import pytest

from bot.domain.ids import UserId
from bot.jobs import catch_up
from bot.slack import sockets
from tests.faults.test_sockets import both_are_open, open_in, until
from tests.faults.test_wire_events import bo_learns_from_ada, receipts
from tests.faults.wire import HISTORY, Wire
from tests.world import World


@pytest.fixture(autouse=True)
def _short_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of waiting that show nothing."""
    monkeypatch.setattr(sockets, "REST_SECONDS", 0.2)
    monkeypatch.setattr(sockets, "LINGER_SECONDS", 0.1)
    monkeypatch.setattr(catch_up, "PAUSE_SECONDS", 0)


def down_for_ten_minutes(world: World, meanwhile: Callable[[], None]) -> None:
    """All connections are cut and none can be made; Slack gives up telling of what happens."""
    look = world.bot.catch_up.look
    both_are_open(world)
    look()
    world.slack.control("socket", cut="all", refuse_for=2)
    is_connected = world.bot.catch_up._is_connected
    until(lambda: open_in(world) == 0 and not is_connected())
    look()
    meanwhile()
    world.slack.control("clock", jump="2026-03-02T09:10:00Z")
    both_are_open(world)
    until(is_connected)
    look()
    world.settle()


def test_f27_emoji_put_while_nothing_was_heard_are_noted_once(world: World) -> None:
    bo_learns_from_ada(world)
    world.person("cy")
    missed: list[str] = []

    def meanwhile() -> None:
        missed.append(world.writes("ada", "a tip nobody heard of"))
        for user in ("bo", "cy"):
            world.slack.control(
                "reaction", user=user, channel="#general", ts=missed[0], name="bulb", present=True
            )

    down_for_ten_minutes(world, meanwhile)
    assert [(e.learner, e.ts) for e in world.ledger()][1:] == [
        ("U_BO", missed[0]),
        ("U_CY", missed[0]),
    ]
    assert len(receipts(world)) == 3, "the one that was heard before has no second"
    world.bot.catch_up.look()
    assert len(Wire(world).tries(HISTORY)) == 1, "looked up once"


def test_f27_without_looking_afterwards_they_would_be_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: connected again, and as if nothing had been missed."""
    monkeypatch.setattr(catch_up.CatchUp, "look", lambda _self: None)
    ts = bo_learns_from_ada(world)

    def meanwhile() -> None:
        world.person("cy")
        world.slack.control(
            "reaction", user="cy", channel="#general", ts=ts, name="bulb", present=True
        )

    down_for_ten_minutes(world, meanwhile)
    assert {exchange.learner for exchange in world.ledger()} == {"U_BO"}


def test_f27_what_slack_tells_after_all_changes_nothing_and_taking_off_still_counts(
    world: World,
) -> None:
    bo_learns_from_ada(world)
    missed: list[str] = []

    def meanwhile() -> None:
        missed.append(world.writes("ada", "a tip nobody heard of"))
        world.slack.control(
            "reaction", user="bo", channel="#general", ts=missed[0], name="bulb", present=True
        )

    down_for_ten_minutes(world, meanwhile)
    world.later(minutes=10)  # Slack's last repetitions
    assert len(world.ledger()) == 2
    world.reacts("bo", missed[0], on=False)
    assert len(world.ledger()) == 1


def test_f27_whoever_left_meanwhile_is_known_to_have_left(world: World) -> None:
    world.person("ada")

    def meanwhile() -> None:
        world.slack.control("person", id="U_ADA", deleted=True)

    down_for_ten_minutes(world, meanwhile)
    person = world.look(lambda work: work.people.get(UserId("U_ADA")))
    assert person
    assert not person.takes_part


def test_f27_without_the_right_to_read_it_is_said_that_something_may_be_missing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    bo_learns_from_ada(world)
    world.slack.control("scopes", revoke=["channels:history"])
    with caplog.at_level(logging.WARNING):
        down_for_ten_minutes(world, lambda: None)
    said = [record.getMessage() for record in caplog.records]
    assert any("not all could be caught up" in line and "missing_scope" in line for line in said)
    assert len(world.ledger()) == 1


def test_f27_a_restart_is_a_gap_too(world: World) -> None:
    ts = bo_learns_from_ada(world)
    world.person("cy")
    world.stop()
    world.slack.control("reaction", user="cy", channel="#general", ts=ts, name="bulb", present=True)
    world.slack.control("clock", jump="2026-03-02T10:00:00Z")
    world.revive()
    world.bot.catch_up.look()
    world.settle()
    assert {e.learner for e in world.ledger()} == {"U_BO", "U_CY"}


def test_f27_a_short_break_and_a_first_start_look_nowhere(world: World) -> None:
    world.bot.catch_up.look()
    bo_learns_from_ada(world)
    world.bot.catch_up.look()
    world.later(hours=5)
    world.bot.catch_up.look()
    assert Wire(world).tries(HISTORY) == []
