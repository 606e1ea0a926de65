"""The database goes and comes back: each is said once, and in between once a minute."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from storage.trouble import is_away, reason

log = structlog.get_logger()

MINUTE = 60

QUIET_SECONDS = 3
"""So long nothing may have failed before it counts as back: where nothing can be written, looking
for work still succeeds."""


class Outage:
    """One for everything in this process that works with the database, on whatever thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._mutex = threading.Lock()
        self._since: float | None = None
        self._told_at = self._failed_at = 0.0
        self._file: tuple[int, int] | None = None
        self._file_trouble: str | None = None

    def explains(self, error: Exception) -> bool:
        """Whether the database is at fault; then that is said, if it is time to."""
        if not is_away(error):
            return False
        with self._mutex:
            now = self._failed_at = self._monotonic()
            if self._since is None:
                self._since = self._told_at = now
                log.error("the database does not answer", reason=reason(error))
            elif now - self._told_at >= MINUTE:
                self._told_at = now
                away = round(now - self._since)
                log.error("the database still does not answer", reason=reason(error), seconds=away)
        return True

    def over(self) -> None:
        """Something has worked."""
        if self._since is not None:
            with self._mutex:
                self._end()

    def _end(self) -> None:
        now = self._monotonic()
        if self._since is None or now - self._failed_at < QUIET_SECONDS:
            return
        log.warning("the database answers again", seconds=round(now - self._since))
        self._since = None

    def watch(self, file: Path | None) -> None:
        """Notice that the file of an open database is gone: the open one goes on without it."""
        if file is None:
            return
        trouble = self._trouble_with(file)
        if trouble == self._file_trouble:
            return
        self._file_trouble = trouble
        if trouble:
            log.error(trouble, file=file.name)
        else:
            log.warning("the database file is there again", file=file.name)

    def _trouble_with(self, file: Path) -> str | None:
        try:
            found = file.stat()
        except OSError:
            return "the database file is gone; what is written now is lost at the next start"
        ours = (found.st_dev, found.st_ino)
        self._file = self._file or ours
        return None if ours == self._file else "the database file is another one; start again"
