"""When somebody is at work, and what they may type to say so."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.availability import Availability, days_in_words, read_days, read_span
from bot.domain.working_time import OFFICE, WorkingHours, after_working

BERLIN = ZoneInfo("Europe/Berlin")
EARLY = WorkingHours(time(6), time(14), frozenset({0, 1, 2, 3}))


def after(start: str, hours: float, at_work: Availability) -> str:
    begin = datetime.fromisoformat(start).replace(tzinfo=at_work.zone)
    return f"{at_work.local(at_work.after(begin, timedelta(hours=hours))):%a %Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("place", "start", "end"),
    [
        ("", "2026-12-23T15:00", "Thu 2026-12-24T11:00"),
        # the 25th is a Friday, and the 26th a Saturday
        ("DE", "2026-12-24T15:00", "Mon 2026-12-28T11:00"),
        ("", "2026-12-24T15:00", "Fri 2026-12-25T11:00"),
        # England makes up for the Saturday on Monday
        ("GB-ENG", "2026-12-24T15:00", "Tue 2026-12-29T11:00"),
        # Epiphany, in Bavaria but not in the whole of Germany
        ("DE", "2026-01-05T15:00", "Tue 2026-01-06T11:00"),
        ("DE-BY", "2026-01-05T15:00", "Wed 2026-01-07T11:00"),
        # from one year into the next
        ("DE", "2026-12-31T15:00", "Mon 2027-01-04T11:00"),
        # whoever asks on a holiday waits for its end
        ("DE", "2026-05-01T11:00", "Mon 2026-05-04T13:00"),
    ],
)
def test_nobody_works_on_the_public_holidays_they_keep(place: str, start: str, end: str) -> None:
    assert after(start, 4, Availability(BERLIN, OFFICE, place)) == end


def test_hours_and_days_are_their_own() -> None:
    at_work = Availability(ZoneInfo("Asia/Kolkata"), EARLY)
    assert after("2026-03-05T12:00", 4, at_work) == "Mon 2026-03-09T08:00"


@pytest.mark.parametrize(
    ("at", "is_at_work"),
    [
        ("2026-03-02T07:59", False),
        ("2026-03-02T08:00", True),
        ("2026-03-02T15:59", True),
        ("2026-03-02T16:00", False),
        ("2026-03-07T10:00", False),
        ("2026-04-06T10:00", False),
        ("2026-04-07T07:00", True),
    ],
)
def test_at_work_by_the_clocks_where_they_are(at: str, is_at_work: bool) -> None:
    """In UTC: Berlin is an hour ahead, from the end of March on two; Easter Monday is the 6th."""
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert Availability(BERLIN, OFFICE, "DE").is_at_work(now) is is_at_work


def test_the_time_where_they_are() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert f"{Availability(BERLIN).local(noon):%H:%M}" == "14:00"


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (time(9), time(9), {0}),
        (time(17), time(9), {0}),
        (time(9), time(17), set()),
        (time(9), time(17), {7}),
    ],
)
def test_a_week_without_working_time_does_not_exist(
    starts: time, ends: time, days: set[int]
) -> None:
    with pytest.raises(ValueError, match="need a day"):
        WorkingHours(starts, ends, frozenset(days))


STARTS = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
CALENDARS = st.sampled_from(["", "DE", "DE-BY", "CN", "NP", "IN", "US"])


@given(STARTS, WEEKDAYS, CALENDARS)
def test_a_wait_ends_at_work_and_on_no_holiday(
    start: datetime, weekdays: frozenset[int], place: str
) -> None:
    at_work = Availability(BERLIN, WorkingHours(time(9), time(17), weekdays), place)
    end = at_work.after(start, timedelta(hours=4))
    assert start < end < start + timedelta(days=50)
    just_before = end - timedelta(seconds=1)
    is_long_off = end - start > timedelta(days=21)
    assert at_work.is_at_work(just_before) or is_long_off


@given(STARTS)
def test_endless_holidays_end(start: datetime) -> None:
    """A calendar that says so of every day does not keep a question for ever."""
    end = after_working(start, timedelta(hours=4), BERLIN, OFFICE, lambda _: True)
    assert end - start < timedelta(days=26)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("8:30-16:30", (time(8, 30), time(16, 30))),
        (" 9 - 17 ", (time(9), time(17))),
        ("9 to 17:15", (time(9), time(17, 15))),
        ("08.00\u201312.45", (time(8), time(12, 45))),
        ("17-9", (time(17), time(9))),
        ("0-24", None),
        ("9-17:60", None),
        ("9", None),
        ("", None),
        ("nine to five", None),
        ("٣-٤", None),
        ("9-17, 18-20", None),
    ],
)
def test_hours_as_people_type_them(typed: str, span: tuple[time, time] | None) -> None:
    assert read_span(typed) == span


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("monday - thursday", {0, 1, 2, 3}),
        ("Mo to We", {0, 1, 2}),
        ("mon, wed; FRI", {0, 2, 4}),
        ("tues thurs", {1, 3}),
        ("mon-tue, sat", {0, 1, 5}),
        ("fri-mon", {4, 5, 6, 0}),
        ("sun", {6}),
        ("mon-sun", {0, 1, 2, 3, 4, 5, 6}),
        ("", None),
        ("t", None),
        ("mon-", None),
        ("-fri", None),
        ("someday", None),
        ("mon, someday", None),
        ("mon-wed-fri", None),
    ],
)
def test_days_as_people_type_them(typed: str, days: set[int] | None) -> None:
    assert (read_days(typed) or None) == days


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0, 1, 2, 3, 4}, "Mon to Fri"),
        ({0}, "Mon"),
        ({0, 1}, "Mon, Tue"),
        ({5, 6, 4}, "Fri to Sun"),
        ({0, 2, 3, 4}, "Mon, Wed, Thu, Fri"),
        (set(range(7)), "Mon to Sun"),
    ],
)
def test_days_in_words(days: set[int], words: str) -> None:
    assert days_in_words(frozenset(days)) == words


@given(WEEKDAYS)
def test_days_are_read_as_they_are_said(days: frozenset[int]) -> None:
    assert read_days(days_in_words(days)) == days
