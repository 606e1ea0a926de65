"""Runs a use case: one call, one instant, one transaction."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import sleep
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import Clock
from bot.domain.ids import Tenant
from bot.domain.refusals import Refused
from storage.database import Conflict, Database, Mode
from storage.work import Work

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 8
"""PostgreSQL may refuse a transaction that ran beside another; it is run again, at its instant."""

PAUSE_SECONDS = 0.01
"""Before the second try, at most; then twice as long each time. By chance, or they meet again."""


@dataclass(frozen=True, slots=True)
class Run:
    """The way into storage for one tenant; `seen` is the key of what Slack delivered, if it did."""

    database: Database
    clock: Clock
    nudge: Callable[[], None]
    tenant: Tenant
    seen: str | None = None

    def __call__(
        self, use_case: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do `use_case` and commit; then let the delivery workers know if there is news."""
        return self._retried(Mode.WRITE, use_case, *args, **kwargs)

    def look(
        self, use_case: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same, for reading only."""
        return self._retried(Mode.READ, use_case, *args, **kwargs)

    def beside(
        self, use_case: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same at READ COMMITTED, for delivery workers: they hold a lock on what they touch."""
        return self._retried(Mode.SEND, use_case, *args, **kwargs)

    def once(self, seen: str) -> "Run":
        """This run, for something Slack delivered under that key: the second time it raises."""
        return replace(self, seen=seen)

    def apart(self) -> "Run":
        """This run, for something that may happen again although it was delivered only once."""
        return replace(self, seen=None)

    def only(self, tenant: Tenant) -> "Run":
        """This run, for its own tenant: with one token there is one workspace, and what comes
        from another is not ours to act on. Raises Refused."""
        if tenant != self.tenant:
            raise Refused("Peerloop is not installed in your workspace.")
        return self

    def _retried(
        self,
        mode: Mode,
        use_case: Callable[Concatenate[Work, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        now = self.clock()
        for failed in range(TRIES):
            try:
                with self.database.begin(self.tenant, now, mode, again=failed > 0) as work:
                    if self.seen and mode is Mode.WRITE:
                        work.seen.mark(self.seen)
                    result = use_case(work, *args, **kwargs)
                break
            except Conflict as conflict:
                if failed == TRIES - 1:
                    raise conflict.in_the_end from None
                sleep(random.uniform(0, PAUSE_SECONDS * 2**failed))
        if work.deliveries.changed:
            self.nudge()
        return result
