"""The threads that deliver, and how to wake, drain and stop them."""

import threading
from collections.abc import Callable, Sequence

import structlog

from bot.jobs.delivery import Deliverer
from bot.jobs.outage import Outage

POLL_SECONDS = 1.0
"""How often a worker looks without having been nudged: another replica may have left work."""

log = structlog.get_logger()


class Bell:
    """Rung when there may be something to send."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.rings = 0

    def ring(self) -> None:
        with self.changed:
            self.rings += 1
            self.changed.notify_all()


class Workers:
    """As many workers as there are deliverers, each with locks of its own."""

    def __init__(
        self, deliverers: Sequence[Deliverer], bell: Bell, outage: Outage | None = None
    ) -> None:
        self._deliverers = deliverers
        self._bell = bell
        self._outage = outage or Outage()
        self._busy = 0
        self._begun = 0
        self._heard = [0] * len(deliverers)
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, args=(n, deliverer), name=f"delivery-{n}")
            for n, deliverer in enumerate(deliverers)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def drain(self, is_idle: Callable[[], bool], seconds: float = 20) -> bool:
        """Wait until all have looked, nothing is due and nobody is at work; whether that came."""
        with self._bell.changed:
            self._bell.ring()
            ring = self._bell.rings
            self._bell.changed.wait_for(
                lambda: self._stopping or self._have_rested(ring, is_idle), seconds
            )
            return self._have_rested(ring, is_idle)

    def _have_rested(self, ring: int, is_idle: Callable[[], bool]) -> bool:
        return min(self._heard) >= ring and self._busy == 0 and is_idle()

    def pulse(self) -> int | None:
        """How often anybody has set to work; None while somebody is at it.

        The same number twice says that nothing was in hand in between either.
        """
        with self._bell.changed:
            return None if self._busy else self._begun

    def stop(self) -> None:
        """Finish what is in hand and end."""
        self._stopping = True
        self._bell.ring()
        for thread in self._threads:
            thread.join()
        for deliverer in self._deliverers:
            deliverer.locks.close()

    def _work(self, number: int, deliverer: Deliverer) -> None:
        while not self._stopping:
            rings = self._bell.rings
            if not self._one(deliverer):
                self._rest(number, rings)

    def _one(self, deliverer: Deliverer) -> bool:
        with self._bell.changed:
            self._busy += 1
            self._begun += 1
        try:
            has_worked = deliverer.work_one()
            self._outage.over()
            return has_worked
        except Exception as error:  # the worker must outlive whatever it is
            if not self._outage.explains(error):
                log.exception("delivery worker failed")
            return False
        finally:
            with self._bell.changed:
                self._busy -= 1
                self._bell.changed.notify_all()

    def _rest(self, number: int, rings: int) -> None:
        """Until the bell rings again after `rings`, which had been heard before the last look."""
        bell = self._bell
        with bell.changed:
            self._heard[number] = rings
            bell.changed.notify_all()
            bell.changed.wait_for(lambda: self._stopping or bell.rings > rings, POLL_SECONDS)
