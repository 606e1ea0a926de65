"""The end comes in time: whoever asks a process to end kills it after a while."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import structlog

log = structlog.get_logger()

SECONDS = 23
"""A container engine that follows our compose files waits for 30; others for 25."""

LAST_WORDS_SECONDS = 1
"""How long whoever reads the log may take for the last line."""

ASKING = (signal.SIGINT, signal.SIGTERM)


class AskedToEnd(Exception):
    """There is nothing to begin any more."""


@contextmanager
def asked_to_end() -> Iterator[threading.Event]:
    """Set by Ctrl-C, or by whoever asks the process to end; from then on it has SECONDS left.

    A thread hears of it, because the main one may be where Python handles no signals: looking up
    an address, waiting for a database.
    """
    asked, (hears, tells) = threading.Event(), os.pipe()
    os.set_blocking(tells, False)
    before = {number: signal.signal(number, _leave_to_the_thread) for number in ASKING}
    woke = signal.set_wakeup_fd(tells)
    ear = threading.Thread(target=_hear, args=(hears, asked), name="ear", daemon=True)
    ear.start()
    try:
        yield asked
    finally:
        signal.set_wakeup_fd(woke)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(tells)
        ear.join()


def end_within(seconds: float) -> None:
    """From now on this process has so long to end by itself; then it is cut off, with code 1.

    That loses nothing, as no death does. It is said, because it should not be needed.
    """
    timer = threading.Timer(seconds, _cut_off)
    timer.daemon = True
    timer.start()


def _leave_to_the_thread(_number: int, _frame: object) -> None:
    """Python writes to the pipe by itself, once a signal has a handler."""


def _hear(pipe: int, asked: threading.Event) -> None:
    """Until nobody can tell us anything any more."""
    while heard := os.read(pipe, 64):
        if not asked.is_set() and set(heard) & set(ASKING):
            end_within(SECONDS)
            asked.set()
    os.close(pipe)


def _cut_off() -> None:
    ours = threading.current_thread(), threading.main_thread()
    busy = sorted(each.name for each in threading.enumerate() if each not in ours)
    words = "ended with work in hand; it is found again at the next start"
    # in a thread: a log that nobody reads must not hold us up
    teller = threading.Thread(target=partial(log.error, words, busy=busy), daemon=True)
    teller.start()
    teller.join(LAST_WORDS_SECONDS)
    os._exit(1)
