"""Looks at everything a running program depends on, whenever somebody asks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock

from bot.run import Run
from bot.scopes import lacking
from bot.watch.sight import DATABASE_AWAY, DATABASE_BUSY, FILE_GONE, MINUTE, SCHEMA_DIFFERS, Sight
from storage.database import DatabaseUnusable, answering
from storage.schema import HEAD, current_revision

TICKS = 3
"""So many may be missed, and a minute more: a tick with much to do takes its time."""

PATIENCE = 2.0
"""Seconds to wait for a look that is under way; probes must not pile up on a dead database."""


@dataclass(frozen=True, slots=True)
class Lookout:
    """What it asks for by name, it asks anew each time."""

    run: Run
    wanted_scopes: tuple[str, ...]
    granted_scopes: Callable[[], frozenset[str] | None]
    is_connected: Callable[[], bool] | None
    tick_age: Callable[[], float | None]
    tick_seconds: float
    _looking: Lock = field(default_factory=Lock)

    def look(self) -> Sight:
        seen = self._database()
        return replace(
            seen,
            is_connected=self.is_connected() if self.is_connected else None,
            tick_age=self.tick_age(),
            tick_limit=MINUTE + TICKS * self.tick_seconds,
            missing_scopes=tuple(lacking(self.wanted_scopes, self.granted_scopes())),
        )

    def _database(self) -> Sight:
        if not self._looking.acquire(timeout=PATIENCE):
            return Sight(database=DATABASE_BUSY)
        try:
            return self._inside()
        except DatabaseUnusable:  # its own words name hosts and users: they are for the log
            return Sight(database=DATABASE_AWAY)
        finally:
            self._looking.release()

    def _inside(self) -> Sight:
        file = self.run.database.file
        if file and not file.exists():  # connections that are open would not notice
            return Sight(database=FILE_GONE)
        with answering():
            if current_revision(self.run.database) != HEAD:
                return Sight(schema=SCHEMA_DIFFERS)
            backlog = self.run.look(lambda work: work.waiting.backlog())
        age = backlog.oldest_for(self.run.clock())
        return Sight(backlog=backlog, oldest_age=age.total_seconds())
