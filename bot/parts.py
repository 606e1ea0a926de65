"""The parts of a program run beside each other, and end together."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Protocol

import structlog

log = structlog.get_logger()

SECOND = 1.0
"""Whoever takes longer to end is named."""

WAITS_FOR = {
    "Workers": "deliveries under way",
    "Server": "answers over HTTP",
    "Sockets": "answers by Socket Mode",
    "Metronome": "what has fallen due",
}


class Part(Protocol):
    """Something that runs beside the others until it is stopped."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def stop_together(parts: Sequence[Part]) -> None:
    """All at the same time, so that they wait for Slack together and not in turn."""
    if not parts:
        return
    with ThreadPoolExecutor(len(parts)) as pool:
        ending = {pool.submit(_stop, part): type(part).__name__ for part in parts}
        late = wait(ending, SECOND).not_done
        if late:
            names = (ending[each] for each in late)
            log.info("still stopping", waits_for=sorted(WAITS_FOR.get(n, n) for n in names))
        for each in ending:
            each.result()


def _stop(part: Part) -> None:
    part.stop()
