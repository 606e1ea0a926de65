"""The only reader of the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the place where it is read


class MovableClock:
    """The clock of the local Slack, as the bot follows it: set from outside, held or running."""

    def __init__(self, now: datetime | None = None, *, held: bool = False) -> None:
        self._lock = Lock()
        self._held_at: datetime | None = None
        self._ahead = timedelta(0)
        if now:
            self.set(now, held=held)

    def __call__(self) -> datetime:
        with self._lock:
            return self._held_at or wall_clock() + self._ahead

    def set(self, now: datetime, *, held: bool) -> None:
        """From now on it is `now`: for good when held, else as a start to run from."""
        with self._lock:
            self._held_at = now if held else None
            self._ahead = now - wall_clock()
