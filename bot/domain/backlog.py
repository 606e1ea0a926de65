"""What has not been delivered yet, and from when on that means that something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.deliveries import State

UNTOUCHED = timedelta(minutes=2)
"""Workers look every second, and put off what may not be sent yet: nothing stays due for long."""

FAILING = timedelta(minutes=15)
"""What has been tried and is not said by then is unlikely to arrive without help."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Deliveries that a worker has still to look at, of one workspace."""

    counts: Mapping[State, int] = field(default_factory=dict)
    """By state; those sent already have a newer text to show."""
    oldest_at: datetime | None = None
    """Since when the oldest waits: from when it was recorded, or its page became stale."""
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def oldest_for(self, now: datetime) -> timedelta:
        """How long the oldest has been waiting."""
        return max(now - self.oldest_at, timedelta(0)) if self.oldest_at else timedelta(0)
