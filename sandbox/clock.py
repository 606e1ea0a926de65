"""The local Slack's clock, held or running, and the agenda of what falls due on it."""

import asyncio
import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sandbox.errors import ControlError

HELD_START = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday morning


def wall_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one reader of the wall clock in the sandbox


def parse_instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ControlError(f"{text!r} is not an ISO 8601 instant.") from None
    if instant.tzinfo is None:
        raise ControlError(f"{text!r} has no time zone; write 2026-03-02T09:00:00Z.")
    return instant.astimezone(UTC)


def format_instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


class Clock:
    """Held, it moves only when moved; running, it keeps the wall's pace from where it was put."""

    def __init__(self, at: datetime | None, held: bool) -> None:
        self.restart(at, held)

    def restart(self, at: datetime | None, held: bool) -> None:
        """The only way back in time: a new beginning."""
        self.held = held
        self._base = at or (HELD_START if held else wall_now())
        self._since = time.monotonic()

    def now(self) -> datetime:
        if self.held:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def epoch(self) -> float:
        return self.now().timestamp()

    def hold(self, held: bool) -> None:
        """Stands from now on where it is, or runs from there."""
        self._base, self._since, self.held = self.now(), time.monotonic(), held

    def move(self, to: datetime) -> None:
        """Never backwards: to an instant already passed it does not move at all."""
        if to > self.now():
            self._base, self._since = to, time.monotonic()


@dataclass(order=True)
class Due:
    """One thing that happens at an instant of the local Slack's clock."""

    at: datetime
    number: int
    run: Callable[[], None] = field(compare=False)


class Agenda:
    """What the local Slack itself will do later: deliver again, accept late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._dues: list[Due] = []
        self._count = 0
        self._alarm: asyncio.TimerHandle | None = None

    def after(self, seconds: float, run: Callable[[], None]) -> None:
        self._count += 1
        at = self._clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self._dues, Due(at, self._count, run))
        self._wind()

    def next_at(self) -> datetime | None:
        return self._dues[0].at if self._dues else None

    def run_due(self) -> None:
        while self._dues and self._dues[0].at <= self._clock.now():
            heapq.heappop(self._dues).run()
        self._wind()

    def clear(self) -> None:
        self._dues.clear()
        self._wind()

    def _wind(self) -> None:
        """A held clock needs no alarm: whoever moves it calls `run_due`."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._dues and not self._clock.held:
            wait = (self._dues[0].at - self._clock.now()).total_seconds()
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(max(0.0, wait) + 0.001, self.run_due)
