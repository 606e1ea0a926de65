"""When somebody is at work: their hours, days and holidays, by the clocks where they are."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.public_holidays import is_public_holiday
from bot.domain.working_time import OFFICE, WorkingHours, after_working

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\u2013|to)\s*(\d{1,2})(?:[:.](\d{2}))?", re.A)
FROM_TO = re.compile(r"\s*(?:-|\u2013|\bto\b)\s*")


@dataclass(frozen=True, slots=True)
class Availability:
    """`place` names whose public holidays somebody keeps; empty for none."""

    zone: ZoneInfo
    hours: WorkingHours = OFFICE
    place: str = ""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which they have worked for `span` since `start`."""
        return after_working(start, span, self.zone, self.hours, self._is_holiday)

    def is_at_work(self, now: datetime) -> bool:
        there = self.local(now)
        is_open = self.hours.starts <= there.time() < self.hours.ends
        is_workday = there.weekday() in self.hours.weekdays and not self._is_holiday(there.date())
        return is_open and is_workday

    def local(self, now: datetime) -> datetime:
        """What the clocks say where they are."""
        return now.astimezone(self.zone)

    def _is_holiday(self, day: date) -> bool:
        return is_public_holiday(self.place, day)


def read_span(typed: str) -> tuple[time, time] | None:
    """`8:30-16:30` or `9 to 17`; None for anything else. The end may lie before the beginning."""
    found = SPAN.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute, last_hour, last_minute = (int(group or 0) for group in found.groups())
    try:
        return time(hour, minute), time(last_hour, last_minute)
    except ValueError:
        return None


def read_days(typed: str) -> frozenset[int] | None:
    """`Mon-Fri`, `monday, wed` or `tue thu`, Monday being 0; None for anything else."""
    words = re.split(r"[,;\s]+", FROM_TO.sub("-", typed.strip().lower()))
    found = [_days_in(word) for word in words]
    return frozenset().union(*found) if all(found) else None


def days_in_words(days: frozenset[int]) -> str:
    """`Mon to Fri` where three or more follow one another, and each by its name where not."""
    first, last = min(days), max(days)
    if last - first > 1 and len(days) == last - first + 1:
        return f"{DAYS[first][:3]} to {DAYS[last][:3]}"
    return ", ".join(DAYS[day][:3] for day in sorted(days))


def _days_in(word: str) -> frozenset[int]:
    """Of `fri-mon` four days; none of what is no day."""
    first, dash, last = word.partition("-")
    begin, end = _weekday(first), _weekday(last if dash else first)
    if begin is None or end is None:
        return frozenset()
    return frozenset((begin + n) % 7 for n in range((end - begin) % 7 + 1))


def _weekday(word: str) -> int | None:
    """By the first letters of its name, two at least."""
    days = (number for number, name in enumerate(DAYS) if name.lower().startswith(word))
    return next(days, None) if len(word) > 1 else None
