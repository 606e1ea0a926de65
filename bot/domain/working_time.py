"""How long people really have: time counted only while they are at work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EVERY_DAY = frozenset(range(7))

LONGEST_HOLIDAYS = timedelta(days=21)
"""Whoever seems to have had holidays for so long is at work: a wait must end. The longest in any
calendar take twelve days."""

IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The same hours on each working day, in wall time. Monday is weekday 0."""

    starts: time = time(9)
    ends: time = time(17)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})

    def __post_init__(self) -> None:
        """A wait must end, so there is a day, and time in it."""
        if not self.weekdays or not self.weekdays <= EVERY_DAY or self.starts >= self.ends:
            raise ValueError("Working hours need a day, and an end after their beginning.")


OFFICE = WorkingHours()


def zone_named(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC where the name is unknown, because a wait must end."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def no_holidays(_: date) -> bool:
    return False


def after_working(
    start: datetime,
    span: timedelta,
    zone: ZoneInfo,
    hours: WorkingHours = OFFICE,
    is_holiday: IsHoliday = no_holidays,
) -> datetime:
    """The instant at which `span` of working time has passed since `start`, in UTC.

    Clock changes are honoured: a working day that loses an hour gives an hour less. Nobody works
    on holidays. Ends at the end of a working day rather than at the beginning of the next.
    """
    start, left = start.astimezone(UTC), span
    for opens, closes in _days(start, zone, hours, is_holiday):
        begins = max(opens, start)
        if begins >= closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("working days never run out")


def shared_hours(one: ZoneInfo, other: ZoneInfo, on: date) -> float:
    """Office hours that fall together in two zones, by their clocks on the first working day.

    The distance is taken around the globe: where one is at work on Tuesday morning, the other may
    be on Monday afternoon.
    """
    while on.weekday() not in OFFICE.weekdays:
        on += timedelta(days=1)
    noon = datetime.combine(on, time(12), UTC)
    apart = (_offset(one, noon) - _offset(other, noon)) % timedelta(days=1)
    office = datetime.combine(on, OFFICE.ends) - datetime.combine(on, OFFICE.starts)
    shared = office - min(apart, timedelta(days=1) - apart)
    return max(shared, timedelta(0)) / timedelta(hours=1)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _days(
    start: datetime, zone: ZoneInfo, hours: WorkingHours, is_holiday: IsHoliday
) -> Iterator[tuple[datetime, datetime]]:
    day = worked = start.astimezone(zone).date()
    while True:
        if day.weekday() in hours.weekdays and not (
            day - worked < LONGEST_HOLIDAYS and is_holiday(day)
        ):
            worked = day
            yield _instant(day, hours.starts, zone), _instant(day, hours.ends, zone)
        day += timedelta(days=1)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which that day begins there, in UTC."""
    return _instant(day, time(0), zone)
