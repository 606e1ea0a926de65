"""Requests that were refused unread: counted, and told of once in a while."""

import time
from collections import Counter
from collections.abc import Callable

import structlog

from bot.watch.meters import Meters

log = structlog.get_logger()

REST_SECONDS = 60
"""Anybody on the network can have us refuse something, as often as they like."""

WORDS = {
    401: "a signature does not match; check SLACK_SIGNING_SECRET and the clock",
    408: "a request did not arrive in time",
    413: "a request was too long",
}


class Refusals:
    """Called with each status, from the one thread that serves."""

    def __init__(self, meters: Meters, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._meters = meters
        self._monotonic = monotonic
        self._untold: Counter[int] = Counter()
        self._told_at: dict[int, float] = {}

    def __call__(self, status: int) -> None:
        self._meters.refused(status)
        self._untold[status] += 1
        now = self._monotonic()
        if now - self._told_at.get(status, -REST_SECONDS) < REST_SECONDS:
            return
        self._told_at[status] = now
        log.warning(WORDS[status], status=status, times=self._untold.pop(status))
