"""How long people really have, wherever they are and whatever their clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working_time import (
    OFFICE,
    WorkingHours,
    after_working,
    shared_hours,
    zone_named,
)

PLACES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "UTC",
)
NIGHTS = WorkingHours(time(0), time(6), frozenset(range(7)))


def after(zone: str, start: str, hours: float, working: WorkingHours = OFFICE) -> str:
    """From wall time to wall time, to the minute."""
    place = ZoneInfo(zone)
    begin = datetime.fromisoformat(start).replace(tzinfo=place).astimezone(UTC)
    end = after_working(begin, timedelta(hours=hours), place, working)
    return end.astimezone(place).strftime("%a %Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T09:00", 4, "Mon 2026-03-02T13:00"),
        ("2026-03-02T07:10", 4, "Mon 2026-03-02T13:00"),
        ("2026-03-02T13:00", 4, "Mon 2026-03-02T17:00"),
        ("2026-03-02T13:01", 4, "Tue 2026-03-03T09:01"),
        ("2026-03-02T17:00", 4, "Tue 2026-03-03T13:00"),
        ("2026-03-02T23:59", 4, "Tue 2026-03-03T13:00"),
        ("2026-03-06T16:00", 4, "Mon 2026-03-09T12:00"),
        ("2026-03-07T11:00", 4, "Mon 2026-03-09T13:00"),
        ("2026-03-08T23:00", 4, "Mon 2026-03-09T13:00"),
        ("2026-03-02T09:00", 8, "Mon 2026-03-02T17:00"),
        ("2026-03-02T09:00", 40, "Fri 2026-03-06T17:00"),
        ("2026-03-02T09:00", 44, "Mon 2026-03-09T13:00"),
        ("2026-12-31T16:00", 2, "Fri 2027-01-01T10:00"),
        ("2028-02-28T16:00", 2, "Tue 2028-02-29T10:00"),
    ],
)
@pytest.mark.parametrize("zone", PLACES)
def test_only_office_hours_count(zone: str, start: str, hours: float, end: str) -> None:
    assert after(zone, start, hours) == end


@pytest.mark.parametrize(
    ("zone", "start", "hours", "end"),
    [
        # offices do not notice a change that happens at night
        ("Europe/Berlin", "2026-03-27T16:00", 4, "Mon 2026-03-30T12:00"),
        ("America/New_York", "2026-10-30T16:00", 4, "Mon 2026-11-02T12:00"),
        ("Africa/Cairo", "2026-04-23T16:00", 4, "Fri 2026-04-24T12:00"),
    ],
)
def test_a_clock_change_over_night_takes_nothing_from_anybody(
    zone: str, start: str, hours: float, end: str
) -> None:
    assert after(zone, start, hours) == end


@pytest.mark.parametrize(
    ("zone", "day", "worked"),
    [
        ("Europe/Berlin", "2026-03-29", 5),
        ("Europe/Berlin", "2026-10-25", 7),
        ("America/New_York", "2026-03-08", 5),
        ("America/New_York", "2026-11-01", 7),
        ("Australia/Lord_Howe", "2026-10-04", 5.5),
        ("Australia/Lord_Howe", "2026-04-05", 6.5),
        ("Pacific/Auckland", "2026-09-27", 5),
        ("Pacific/Auckland", "2026-04-05", 7),
        ("Africa/Cairo", "2026-04-24", 5),
        ("Asia/Kolkata", "2026-03-29", 6),
    ],
)
def test_a_night_shift_is_as_long_as_the_clocks_make_it(zone: str, day: str, worked: float) -> None:
    assert after(zone, f"{day}T00:00", worked, NIGHTS)[4:] == f"{day}T06:00"
    later = after(zone, f"{day}T00:00", worked + 1, NIGHTS)
    assert later[4:] == f"{date.fromisoformat(day) + timedelta(days=1)}T01:00"


def test_a_day_that_begins_in_a_gap_begins_when_the_gap_ends() -> None:
    early = WorkingHours(time(2, 30), time(8), frozenset(range(7)))
    assert after("Europe/Berlin", "2026-03-29T00:00", 1, early) == "Sun 2026-03-29T04:30"


def test_the_instant_is_in_utc_wherever_the_start_was_read() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 29, 1, tzinfo=berlin)
    end = after_working(start, timedelta(hours=2), berlin, NIGHTS)
    assert end == datetime(2026, 3, 29, 2, tzinfo=UTC)
    assert end.tzinfo is UTC


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Europe/Berlin\x00"])
def test_an_unknown_zone_counts_as_utc(name: str) -> None:
    assert zone_named(name) == ZoneInfo("UTC")


ZONES = st.sampled_from([*PLACES, "America/Santiago", "Asia/Beirut"]).map(ZoneInfo)
STARTS = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.integers(1, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
HOURS = st.sampled_from([OFFICE, NIGHTS, WorkingHours(time(8, 30), time(12), frozenset({2, 6}))])


def worked_between(start: datetime, end: datetime, zone: ZoneInfo, hours: WorkingHours) -> int:
    """The working minutes from `start` to `end`, counted one by one on the wall clock."""
    minutes = 0
    at = start
    while at < end:
        wall = at.astimezone(zone)
        is_open = hours.starts <= wall.time() < hours.ends and wall.weekday() in hours.weekdays
        minutes += is_open
        at += timedelta(minutes=1)
    return minutes


@given(STARTS, st.integers(1, 9 * 60).map(lambda m: timedelta(minutes=m)), ZONES, HOURS)
def test_the_working_time_until_the_end_is_the_span(
    start: datetime, span: timedelta, zone: ZoneInfo, hours: WorkingHours
) -> None:
    end = after_working(start, span, zone, hours)
    assert timedelta(minutes=worked_between(start, end, zone, hours)) == span


@given(STARTS, SPANS, ZONES, HOURS)
def test_it_never_ends_outside_working_hours(
    start: datetime, span: timedelta, zone: ZoneInfo, hours: WorkingHours
) -> None:
    end = after_working(start, span, zone, hours).astimezone(zone)
    assert hours.starts < end.time() <= hours.ends
    assert end.weekday() in hours.weekdays


@given(STARTS, SPANS, SPANS, ZONES)
def test_two_spans_one_after_the_other_are_one(
    start: datetime, first: timedelta, second: timedelta, zone: ZoneInfo
) -> None:
    halfway = after_working(start, first, zone)
    assert after_working(halfway, second, zone) == after_working(start, first + second, zone)


@given(STARTS, SPANS, ZONES)
def test_more_time_never_ends_earlier(start: datetime, span: timedelta, zone: ZoneInfo) -> None:
    longer = after_working(start, span + timedelta(minutes=1), zone)
    assert start < after_working(start, span, zone) < longer


@pytest.mark.parametrize(
    ("one", "other", "on", "hours"),
    [
        ("Europe/Berlin", "Europe/Berlin", "2026-03-02", 8),
        ("Europe/Berlin", "UTC", "2026-03-02", 7),
        ("Europe/Berlin", "America/New_York", "2026-03-02", 2),
        ("Europe/Berlin", "Asia/Kolkata", "2026-03-02", 3.5),
        ("Europe/Berlin", "Pacific/Auckland", "2026-03-02", 0),
        # Tuesday morning in Auckland is Monday afternoon in Los Angeles
        ("Pacific/Auckland", "America/Los_Angeles", "2026-03-03", 5),
        # the farthest apart on a calendar are close on the globe
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", "2026-03-02", 7),
        # New York changes its clocks three weeks before Berlin, and one week after it
        ("Europe/Berlin", "America/New_York", "2026-03-09", 3),
        ("Europe/Berlin", "America/New_York", "2026-03-30", 2),
        ("Europe/Berlin", "America/New_York", "2026-10-26", 3),
        # at a weekend the next working day counts, with the clocks it will have
        ("Europe/Berlin", "America/New_York", "2026-03-07", 3),
        ("Europe/Berlin", "America/New_York", "2026-03-28", 2),
    ],
)
def test_hours_shared_by_two_zones(one: str, other: str, on: str, hours: float) -> None:
    assert shared_hours(ZoneInfo(one), ZoneInfo(other), date.fromisoformat(on)) == hours


# Far from any change of clocks, whatever the half of the year.
QUIET_DAYS = st.sampled_from([date(2026, 1, 14), date(2026, 7, 15), date(2027, 2, 3)])


@given(ZONES, ZONES, QUIET_DAYS)
def test_shared_hours_are_those_in_which_both_look_at_office_hours(
    one: ZoneInfo, other: ZoneInfo, on: date
) -> None:
    quarter = timedelta(minutes=15)
    opens = datetime.combine(on, time(9), one).astimezone(UTC)
    walls = ((opens + n * quarter).astimezone(other).time() for n in range(8 * 4))
    shared = sum(time(9) <= wall < time(17) for wall in walls)
    assert shared_hours(one, other, on) == shared / 4


@given(ZONES, ZONES, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_both_share_the_same_hours(one: ZoneInfo, other: ZoneInfo, on: date) -> None:
    assert shared_hours(one, other, on) == shared_hours(other, one, on)
    assert 0 <= shared_hours(one, other, on) <= shared_hours(one, one, on) == 8
