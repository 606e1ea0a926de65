"""Waking, draining and stopping the threads that deliver."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep
from typing import cast

from bot.jobs.delivery import Deliverer
from bot.jobs.workers import Bell, Workers
from storage.locks import LocalLocks


class Idler:
    """A deliverer that finds nothing, after `look` has been called."""

    def __init__(self, look: Callable[[], object]) -> None:
        self.looks = 0
        self.locks = LocalLocks()
        self._look = look

    def work_one(self) -> bool:
        self._look()
        self.looks += 1
        return False


@contextmanager
def working(*idlers: Idler) -> Iterator[Workers]:
    workers = Workers([cast(Deliverer, idler) for idler in idlers], Bell())
    workers.start()
    try:
        yield workers
    finally:
        workers.stop()


def test_drained_means_that_every_worker_has_looked_since() -> None:
    idlers = [Idler(lambda: None), Idler(lambda: sleep(0.02))]
    with working(*idlers) as workers:
        for _ in range(5):
            before = [idler.looks for idler in idlers]
            assert workers.drain(lambda: True, seconds=5)
            assert all(now.looks > then for now, then in zip(idlers, before, strict=True))


def test_nobody_sets_to_work_by_themselves_after_a_drain() -> None:
    with working(Idler(lambda: None), Idler(lambda: sleep(0.01))) as workers:
        assert workers.drain(lambda: True, seconds=5)
        pulse = workers.pulse()
        assert pulse is not None
        sleep(0.05)
        assert workers.pulse() == pulse


def test_a_drain_gives_up_on_what_does_not_end() -> None:
    release = Event()
    with working(Idler(release.wait)) as workers:
        begun = monotonic()
        assert not workers.drain(lambda: True, seconds=0.05)
        assert monotonic() - begun < 2
        assert workers.pulse() is None
        release.set()


def test_what_is_still_due_is_not_drained() -> None:
    with working(Idler(lambda: None)) as workers:
        assert not workers.drain(lambda: False, seconds=0.05)
