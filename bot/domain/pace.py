"""A rate with a little slack, as one instant: the generic cell rate algorithm."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rate:
    """One call each `interval`; after a rest, `burst` calls may come at once (at least one)."""

    interval: timedelta
    burst: int = 1

    @property
    def slack(self) -> timedelta:
        return self.interval * (self.burst - 1)


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast one method may be called: for one channel, and for the whole workspace."""

    channel: Rate
    workspace: Rate


def wait_until(next_at: datetime, now: datetime, rate: Rate) -> datetime | None:
    """When to come back; None: go ahead.

    GCRA as in ITU-T I.371: a call conforms when it comes at most `slack` before `next_at`.
    """
    earliest = next_at - rate.slack
    return earliest if now < earliest else None


def after_call(next_at: datetime, now: datetime, rate: Rate) -> datetime:
    """The theoretical arrival time of the next call, once one was made at `now`."""
    return max(next_at, now) + rate.interval
