"""Of when somebody was around, hours of the day are kept, and they fade."""

from array import array
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.presence import HALF_LIFE_DAYS, USUAL, Presence, kernel

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
INSTANTS = st.integers(0, 500 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


def hours_of(*moments: datetime) -> list[float]:
    presence = Presence(moments[0])
    for moment in moments:
        presence = presence.seen(moment)
    return array("f", presence.hours).tolist()


@pytest.mark.parametrize(
    ("moments", "hour", "times"),
    [
        ((NOON,), 12, 1),
        ((NOON, NOON), 12, 2),
        ((NOON, NOON + 59 * timedelta(minutes=1)), 12, 2),
        ((NOON, NOON + HOUR), 13, 1),
        ((NOON, NOON + HALF_LIFE_DAYS * DAY), 12, 1.5),
        ((NOON, NOON - HALF_LIFE_DAYS * DAY), 12, 1.5),
        ((NOON, NOON + 2 * HALF_LIFE_DAYS * DAY + HOUR), 12, 0.25),
    ],
    ids=[
        "once",
        "twice",
        "within the hour",
        "another hour",
        "faded by half",
        "an older one told later",
        "faded by three quarters",
    ],
)
def test_a_moment_counts_for_its_hour_and_fades(
    moments: tuple[datetime, ...], hour: int, times: float
) -> None:
    assert hours_of(*moments)[hour] == pytest.approx(times, rel=0.002)


@given(st.lists(INSTANTS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_it_makes_no_difference_in_which_order_moments_are_told(
    moments: list[datetime], chance: Random
) -> None:
    shuffled = chance.sample(moments, len(moments))
    assert hours_of(*shuffled) == pytest.approx(hours_of(*moments), rel=1e-4, abs=1e-5)


@given(st.lists(INSTANTS, min_size=1, max_size=8))
def test_the_last_time_is_the_latest_and_nothing_else_is_a_trace(moments: list[datetime]) -> None:
    presence = Presence(moments[0])
    for moment in moments:
        presence = presence.seen(moment)
    assert presence.last_at == max(moments)
    assert len(presence.hours) == 24 * 4
    assert 0 < sum(array("f", presence.hours)) <= len(moments)


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_hours_before_and_after_count_alike_across_midnight_too(hour: int) -> None:
    near = kernel(NOON.replace(hour=hour, minute=30))
    assert near[hour] == max(near) == 1
    assert near[(hour + 1) % 24] == pytest.approx(near[hour - 1])
    assert near[(hour + 12) % 24] == min(near)


@given(INSTANTS)
def test_it_is_as_wide_at_any_time_and_as_wide_as_is_usual(at: datetime) -> None:
    assert sum(kernel(at)) / 24 == pytest.approx(USUAL, rel=0.001)
