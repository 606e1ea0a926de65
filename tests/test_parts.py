"""Parts end together, and whoever keeps the others waiting is named."""

from threading import Event
from time import monotonic, sleep

import pytest
from structlog.testing import capture_logs

from bot import parts
from bot.parts import WAITS_FOR, stop_together


class Quick:
    def __init__(self) -> None:
        self.ended = Event()

    def start(self) -> None:
        """Nothing."""

    def stop(self) -> None:
        self.ended.set()


class Workers(Quick):
    """Named like the real ones, and slow."""

    def stop(self) -> None:
        sleep(0.2)
        super().stop()


class Broken(Quick):
    def stop(self) -> None:
        raise ValueError("no")


def test_who_takes_long_is_named_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SECOND", 0.05)
    every = [Workers(), Quick(), Workers()]
    begun = monotonic()
    with capture_logs() as lines:
        stop_together(every)
    assert all(part.ended.is_set() for part in every)
    assert monotonic() - begun < 0.39, "they end at the same time"
    (line,) = lines
    assert line["waits_for"] == ["deliveries under way"] * 2


def test_who_ends_at_once_is_not_spoken_of() -> None:
    with capture_logs() as lines:
        stop_together([Quick(), Quick()])
        stop_together([])
    assert lines == []


def test_a_part_that_cannot_end_does_not_keep_others_from_it() -> None:
    other = Quick()
    with pytest.raises(ValueError, match="no"):
        stop_together([Broken(), other])
    assert other.ended.is_set()


def test_every_part_of_a_program_has_words() -> None:
    from bot.jobs.scheduler import Metronome
    from bot.jobs.workers import Workers as Real
    from bot.slack.sockets import Sockets
    from bot.web import Server

    assert {kind.__name__ for kind in (Metronome, Real, Sockets, Server)} == set(WAITS_FOR)
