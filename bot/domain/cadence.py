"""When something that happens every week is next due, by the clock on the wall."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that something is due: its local date, which is its key, and the instant in UTC.

    The key is the date on the calendar even where clocks moved the instant into the next day.
    """

    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same weekday and the same time on the wall every week. Monday is weekday 0."""

    weekday: int
    at: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError("A weekday is a number from 0, Monday, to 6, Sunday.")
        if self.at.tzinfo:
            raise ValueError("The time is what a clock on the wall shows; it has no zone itself.")

    def next_after(self, moment: datetime) -> Occurrence:
        """The first occurrence strictly after `moment`."""
        today = moment.astimezone(self.zone).date()
        # From the last such weekday on, because a missing midnight can put off what was due then.
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        while (occurrence := self._on(day)).at <= moment:
            day += WEEK
        return occurrence

    def _on(self, day: date) -> Occurrence:
        # Fold 0 takes the first of two equal times, and reads a time that does not exist by the
        # offset from before the gap, which moves it by the length of the gap.
        wall = datetime.combine(day, self.at.replace(fold=0), self.zone)
        return Occurrence(day, wall.astimezone(UTC))
