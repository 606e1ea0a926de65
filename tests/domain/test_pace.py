"""The pace never lets more through than its burst and its interval allow."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Rate, after_call, wait_until

START = datetime(2026, 3, 2, 9, tzinfo=UTC)

rates = st.builds(
    Rate,
    interval=st.integers(1, 5_000).map(lambda ms: timedelta(milliseconds=ms)),
    burst=st.integers(1, 20),
)
pauses = st.lists(
    st.integers(0, 20_000).map(lambda ms: timedelta(milliseconds=ms)), min_size=1, max_size=60
)


def calls_let_through(rate: Rate, gaps: list[timedelta]) -> list[datetime]:
    """Somebody asks after each gap; the instants at which they may call."""
    now, next_at, made = START, START, []
    for gap in gaps:
        now += gap
        if wait_until(next_at, now, rate) is None:
            made.append(now)
            next_at = after_call(next_at, now, rate)
    return made


@given(rates, pauses)
def test_no_window_holds_more_than_burst_and_interval_allow(
    rate: Rate, gaps: list[timedelta]
) -> None:
    made = calls_let_through(rate, gaps)
    for first, begins in enumerate(made):
        for count, ends in enumerate(made[first:], start=1):
            assert count <= rate.burst + (ends - begins) / rate.interval


@given(rates, pauses)
def test_waiting_exactly_until_the_given_instant_conforms(
    rate: Rate, gaps: list[timedelta]
) -> None:
    now, next_at = START, START
    for gap in gaps:
        now += gap
        until = wait_until(next_at, now, rate)
        if until:
            assert until > now
            assert wait_until(next_at, until - timedelta(microseconds=1), rate) == until
            now = until
        assert wait_until(next_at, now, rate) is None
        next_at = after_call(next_at, now, rate)


@given(rates)
def test_after_a_rest_the_whole_burst_may_come_at_once(rate: Rate) -> None:
    made = calls_let_through(rate, [timedelta(0)] * (rate.burst + 5))
    assert len(made) == rate.burst


@given(rates, st.integers(1, 30))
def test_who_always_waits_goes_as_fast_as_the_interval(rate: Rate, calls: int) -> None:
    now, next_at, made = START, START, []
    for _ in range(rate.burst + calls):
        now = wait_until(next_at, now, rate) or now
        made.append(now)
        next_at = after_call(next_at, now, rate)
    slow = made[rate.burst - 1 :]
    assert all(later - earlier == rate.interval for earlier, later in pairwise(slow))


@pytest.mark.parametrize(
    ("next_in", "burst", "wait"),
    [(0, 1, None), (1, 1, 1), (1, 2, None), (3, 2, 2), (-60, 1, None), (-60, 5, None)],
)
def test_when_to_come_back(next_in: int, burst: int, wait: int | None) -> None:
    rate = Rate(timedelta(seconds=1), burst)
    until = wait_until(START + timedelta(seconds=next_in), START, rate)
    assert until == (None if wait is None else START + timedelta(seconds=wait))
