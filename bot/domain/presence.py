"""When somebody tends to be around: one instant and twenty-four numbers, never a trace."""

from array import array
from dataclasses import dataclass
from datetime import datetime
from math import exp, pi, sqrt

HALF_LIFE_DAYS = 30.0
"""Of what is remembered of somebody's hours: people move, and so do their days."""
HOURS_WIDE = 1.5
EXPECTED = 5.0
"""So many moments spread evenly over the day are assumed of everybody, before any are seen."""
NO_HOURS = bytes(24 * 4)


@dataclass(frozen=True, slots=True)
class Presence:
    """The last time, and how often at which hour of the day in UTC, fading: four bytes each."""

    last_at: datetime
    hours: bytes = NO_HOURS

    def seen(self, at: datetime) -> "Presence":
        """With one more moment; an older one still counts for its hour."""
        days = (at - self.last_at).total_seconds() / 86_400
        kept, new = 2 ** (-max(days, 0) / HALF_LIFE_DAYS), 2 ** (min(days, 0) / HALF_LIFE_DAYS)
        hours = array("f", (times * kept for times in array("f", self.hours)))
        hours[at.hour] += new
        return Presence(max(at, self.last_at), hours.tobytes())


def kernel(at: datetime) -> tuple[float, ...]:
    """How much each hour of the day counts for the hour of `at`; a bell an hour and a half wide."""
    now = at.hour + at.minute / 60
    away = [abs((hour + 0.5) - now) for hour in range(24)]
    return tuple(exp(-0.5 * (min(each, 24 - each) / HOURS_WIDE) ** 2) for each in away)


USUAL = HOURS_WIDE * sqrt(2 * pi) / 24
"""The share of somebody who is around at all hours alike."""
