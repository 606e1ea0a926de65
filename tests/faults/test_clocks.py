"""The host's clock is wrong, or put right, while something is being said: it is said once."""

from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from tests.faults.wire import POST, Wire
from tests.world import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SKEWS = [HOUR, -HOUR, 2 * MINUTE, -2 * MINUTE]
IN_DOUBT = ["drop_after", "drop_before"]


class Skew:
    """How far the bot's clock is ahead of Slack's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta(0)
        right = MovableClock.__call__

        def wrong(clock: MovableClock) -> datetime:
            return right(clock) + self.ahead

        monkeypatch.setattr(MovableClock, "__call__", wrong)


@pytest.fixture
def skew(monkeypatch: pytest.MonkeyPatch) -> Skew:
    return Skew(monkeypatch)


def says_in_doubt(world: World, skew: Skew, *, ahead: timedelta, then: timedelta) -> Wire:
    """The answers of two calls are lost: one arrived, one did not. Then the clock is set anew."""
    world.person("ada")
    world.person("bo")
    world.settle()
    wire = Wire(world)
    skew.ahead = ahead
    for reader, kind in zip(("ada", "bo"), IN_DOUBT, strict=True):
        wire.breaks(POST, kind)
        wire.says(reader, kind)
    skew.ahead = then
    world.later(hours=3)
    return wire


@pytest.mark.parametrize("ahead", SKEWS, ids=str)
def test_f55_a_clock_that_is_not_slacks(world: World, skew: Skew, ahead: timedelta) -> None:
    wire = says_in_doubt(world, skew, ahead=ahead, then=ahead)
    assert wire.taken_in() == dict.fromkeys(IN_DOUBT, 1)


@pytest.mark.parametrize(("before", "after"), [(HOUR, 0 * HOUR), (0 * HOUR, HOUR), (-HOUR, HOUR)])
def test_f55_a_clock_that_is_put_right_in_the_middle(
    world: World, skew: Skew, before: timedelta, after: timedelta
) -> None:
    wire = says_in_doubt(world, skew, ahead=before, then=after)
    assert wire.taken_in() == dict.fromkeys(IN_DOUBT, 1)


def test_without_room_for_wrong_clocks_it_is_said_twice(
    world: World, skew: Skew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the tests above could not fail."""
    monkeypatch.setattr("bot.slack.sender.LOOK_BACK", timedelta(0))
    wire = says_in_doubt(world, skew, ahead=HOUR, then=HOUR)
    assert wire.taken_in()["drop_after"] == 2


def test_f55_a_weekly_question_whose_moment_comes_twice(world: World, skew: Skew) -> None:
    """It is asked an hour early by a fast clock, which is then put right, before its moment."""
    world.lead("lee")
    world.channel("team", "lee")
    world.types("lee", "/reflect", channel="#team")
    world.fills("lee")
    asked = len(world.slack.messages("#team"))
    skew.ahead = HOUR
    world.until("2026-03-10T00:00:00Z")
    first = len(world.slack.messages("#team")) - asked
    skew.ahead = timedelta(0)
    world.until("2026-03-10T23:00:00Z")
    assert (first, len(world.slack.messages("#team")) - asked) == (1, 1)
