"""The end comes in time: whoever asks a process to end kills it after a while."""

import os
import threading

import structlog

log = structlog.get_logger()

SECONDS = 23
"""A container engine that follows our compose files waits for 30; others for 25."""


def end_within(seconds: float = SECONDS) -> None:
    """From now on this process has so long to end by itself; then it is cut off, with code 1.

    That loses nothing, as no death does. It is said, because it should not be needed.
    """
    timer = threading.Timer(seconds, _cut_off)
    timer.daemon = True
    timer.start()


def _cut_off() -> None:
    ours = threading.current_thread(), threading.main_thread()
    busy = sorted(each.name for each in threading.enumerate() if each not in ours)
    log.error("ended with work in hand; it is found again at the next start", busy=busy)
    os._exit(1)
