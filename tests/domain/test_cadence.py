"""When the weekly moment comes, wherever it is and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WEEK, Occurrence, Weekly
from bot.domain.zones import zone_names

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TICK = timedelta(microseconds=1)


def weekly(when: str, zone: str) -> Weekly:
    """From words such as "Mon 09:00"."""
    day, at = when.split()
    return Weekly(DAYS.index(day), time.fromisoformat(at), ZoneInfo(zone))


def dues(when: str, zone: str, since: str, weeks: int) -> list[str]:
    """Each key with its instant in UTC, to the minute, from the first one after midnight UTC."""
    at, found = datetime.fromisoformat(f"{since}T00:00Z"), []
    for _ in range(weeks):
        occurrence = weekly(when, zone).next_after(at)
        found.append(f"{occurrence.on} {occurrence.at:%m-%dT%H:%M}")
        at = occurrence.at
    return found


@pytest.mark.parametrize(
    ("zone", "when", "since", "expected"),
    [
        (
            "America/New_York",
            "Mon 09:00",
            "2026-03-01",
            ["2026-03-02 03-02T14:00", "2026-03-09 03-09T13:00", "2026-03-16 03-16T13:00"],
        ),
        (
            "America/New_York",
            "Mon 09:00",
            "2026-10-26",
            ["2026-10-26 10-26T13:00", "2026-11-02 11-02T14:00", "2026-11-09 11-09T14:00"],
        ),
        (
            "Australia/Sydney",
            "Mon 09:00",
            "2026-03-29",
            ["2026-03-30 03-29T22:00", "2026-04-06 04-05T23:00", "2026-04-13 04-12T23:00"],
        ),
        (
            "Australia/Sydney",
            "Mon 09:00",
            "2026-09-27",
            ["2026-09-28 09-27T23:00", "2026-10-05 10-04T22:00", "2026-10-12 10-11T22:00"],
        ),
        (
            "Pacific/Kiritimati",
            "Mon 09:00",
            "2026-03-01",
            ["2026-03-02 03-01T19:00", "2026-03-09 03-08T19:00", "2026-03-16 03-15T19:00"],
        ),
        (
            "Asia/Kolkata",
            "Fri 16:45",
            "2026-12-20",
            ["2026-12-25 12-25T11:15", "2027-01-01 01-01T11:15", "2027-01-08 01-08T11:15"],
        ),
    ],
    ids=["New York spring", "New York autumn", "Sydney autumn", "Sydney spring", "Line", "Kolkata"],
)
def test_the_time_on_the_wall_stays_the_same(
    zone: str, when: str, since: str, expected: list[str]
) -> None:
    assert dues(when, zone, since, 3) == expected


@pytest.mark.parametrize(
    ("zone", "when", "since", "expected"),
    [
        ("America/New_York", "Sun 02:30", "2026-03-08", "2026-03-08 03-08T07:30"),  # 03:30
        ("Europe/London", "Sun 01:30", "2026-03-29", "2026-03-29 03-29T01:30"),  # 02:30
        ("Africa/Cairo", "Fri 00:00", "2026-04-22", "2026-04-24 04-23T22:00"),  # 01:00
        ("Africa/Cairo", "Fri 00:59", "2026-04-22", "2026-04-24 04-23T22:59"),  # 01:59
        ("America/Santiago", "Sun 00:00", "2026-09-05", "2026-09-06 09-06T04:00"),  # 01:00
        ("America/Santiago", "Sun 00:30", "2026-09-05", "2026-09-06 09-06T04:30"),  # 01:30
        ("Australia/Lord_Howe", "Sun 02:15", "2026-10-03", "2026-10-04 10-03T15:45"),  # 02:45
        ("Australia/Sydney", "Sun 02:30", "2026-10-03", "2026-10-04 10-03T16:30"),  # 03:30
        ("Pacific/Apia", "Fri 09:00", "2011-12-30", "2011-12-30 12-30T19:00"),  # Saturday
        ("Pacific/Kiritimati", "Sat 09:00", "1994-12-31", "1994-12-31 12-31T19:00"),  # Sunday
    ],
)
def test_a_time_that_is_skipped_moves_by_the_length_of_the_gap(
    zone: str, when: str, since: str, expected: str
) -> None:
    due, _, following = dues(when, zone, since, 3)
    assert due == expected
    assert date.fromisoformat(following[:10]) == date.fromisoformat(due[:10]) + 2 * WEEK


@pytest.mark.parametrize(
    ("zone", "when", "since", "expected"),
    [
        (
            "America/New_York",
            "Sun 01:30",
            "2026-11-01",
            ["2026-11-01 11-01T05:30", "2026-11-08 11-08T06:30"],
        ),
        (
            "Europe/London",
            "Sun 01:30",
            "2026-10-25",
            ["2026-10-25 10-25T00:30", "2026-11-01 11-01T01:30"],
        ),
        (
            "Africa/Cairo",
            "Thu 23:30",
            "2026-10-29",
            ["2026-10-29 10-29T20:30", "2026-11-05 11-05T21:30"],
        ),
        (
            "America/Santiago",
            "Sat 23:30",
            "2026-04-05",
            ["2026-04-04 04-05T02:30", "2026-04-11 04-12T03:30"],
        ),
        (
            "Australia/Lord_Howe",
            "Sun 01:45",
            "2026-04-04",
            ["2026-04-05 04-04T14:45", "2026-04-12 04-11T15:15"],
        ),
        (
            "Australia/Sydney",
            "Sun 02:30",
            "2026-04-04",
            ["2026-04-05 04-04T15:30", "2026-04-12 04-11T16:30"],
        ),
    ],
    ids=["New York", "London", "Cairo", "Santiago", "Lord Howe", "Sydney"],
)
def test_a_time_that_comes_twice_is_taken_once_and_the_first_time(
    zone: str, when: str, since: str, expected: list[str]
) -> None:
    assert dues(when, zone, since, 2) == expected


@pytest.mark.parametrize("place", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_it_does_not_matter_in_which_zone_one_asks(place: str) -> None:
    mondays = weekly("Mon 09:00", "Pacific/Apia")
    moment = datetime(2026, 3, 1, 19, 59, tzinfo=UTC).astimezone(ZoneInfo(place))
    expected = datetime(2026, 3, 1, 20, tzinfo=UTC)
    assert mondays.next_after(moment) == Occurrence(date(2026, 3, 2), expected)
    assert mondays.next_after(moment).at.tzinfo is UTC


def test_asked_during_the_second_pass_of_an_hour_it_does_not_come_again() -> None:
    sundays = weekly("Sun 01:30", "America/New_York")
    between = datetime(2026, 11, 1, 1, 15, tzinfo=ZoneInfo("America/New_York"), fold=1)
    assert sundays.next_after(between).on == date(2026, 11, 8)


def test_a_day_put_off_beyond_its_end_is_still_due() -> None:
    """On Saturday the 31st at 08:00 the Friday before, which never was, has yet to be said."""
    fridays = weekly("Fri 09:00", "Pacific/Apia")
    saturday = datetime(2011, 12, 31, 8, tzinfo=ZoneInfo("Pacific/Apia"))
    assert fridays.next_after(saturday).on == date(2011, 12, 30)


def test_a_fold_in_the_time_itself_means_nothing() -> None:
    zone = ZoneInfo("America/New_York")
    eve = datetime(2026, 10, 31, tzinfo=UTC)
    second = Weekly(6, time(1, 30, fold=1), zone)
    assert second.next_after(eve) == Weekly(6, time(1, 30), zone).next_after(eve)


@pytest.mark.parametrize(
    ("weekday", "at"), [(7, time(9)), (-1, time(9)), (0, time(9, tzinfo=UTC))], ids=str
)
def test_what_is_no_weekday_or_no_time_on_a_wall_is_refused(weekday: int, at: time) -> None:
    with pytest.raises(ValueError, match=r"weekday|wall"):
        Weekly(weekday, at, ZoneInfo("UTC"))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - the point of the test
    with pytest.raises(TypeError):
        weekly("Mon 09:00", "UTC").next_after(naive)


# Properties, over every zone there is, and above all around the changes of its clocks.

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


@cache
def changes(zone: ZoneInfo) -> list[datetime]:
    """The instants, to the minute, at which the clocks of a zone are changed."""
    found = []
    for week in range((UNTIL - SINCE) // WEEK):
        before, after = SINCE + week * WEEK, SINCE + (week + 1) * WEEK
        if offset(before, zone) != offset(after, zone):
            while after - before > timedelta(minutes=1):
                middle = before + (after - before) / 2
                is_earlier = offset(middle, zone) == offset(before, zone)
                before, after = (middle, after) if is_earlier else (before, middle)
            found.append(after)
    return found


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found


ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
ANY_TIME = st.integers(0, 60 * 366 * 24 * 60).map(
    lambda minutes: datetime(1975, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
WALLS = st.integers(0, 24 * 12 - 1).map(lambda n: time(n // 12, n % 12 * 5))
ORDINARY = st.tuples(st.builds(Weekly, st.integers(0, 6), WALLS, ZONES), ANY_TIME)


def around(change: datetime, zone: ZoneInfo, minutes: int) -> tuple[Weekly, datetime]:
    """Something due about when the clocks change, and a moment within the days before."""
    wall = change.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=minutes)
    due = Weekly(wall.weekday(), wall.time().replace(second=0, microsecond=0), zone)
    return due, change - timedelta(minutes=minutes * minutes)


AT_CHANGES = ZONES.filter(changes).flatmap(
    lambda zone: st.builds(
        around, st.sampled_from(changes(zone)), st.just(zone), st.integers(-90, 90)
    )
)
ASKED = ORDINARY | AT_CHANGES


@given(ASKED)
def test_the_key_is_a_date_of_that_weekday_and_the_next_is_a_week_later(
    asked: tuple[Weekly, datetime],
) -> None:
    due, moment = asked
    first = due.next_after(moment)
    second = due.next_after(first.at)
    assert first.on.weekday() == due.weekday
    assert second.on == first.on + WEEK
    assert moment < first.at < second.at


@given(ASKED, st.integers(0, 6 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)))
def test_every_moment_between_two_occurrences_leads_to_the_second(
    asked: tuple[Weekly, datetime], since: timedelta
) -> None:
    due, moment = asked
    first = due.next_after(moment)
    second = due.next_after(first.at)
    for between in (first.at, first.at + since, second.at - TICK):
        assert due.next_after(between) == second
    assert due.next_after(first.at - TICK) == first


@given(ASKED)
def test_it_is_what_the_wall_shows_for_the_first_time_or_later_by_the_gap(
    asked: tuple[Weekly, datetime],
) -> None:
    due, moment = asked
    occurrence = due.next_after(moment)
    meant = datetime.combine(occurrence.on, due.at)
    shown = occurrence.at.astimezone(due.zone)
    gap = shown.replace(tzinfo=None) - meant
    assert shown.fold == 0
    assert gap == offset(occurrence.at, due.zone) - offset(occurrence.at - gap, due.zone)
