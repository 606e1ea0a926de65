"""An outage of the database is a few lines in the log, and a fault of ours still a traceback."""

import sqlite3
from pathlib import Path
from threading import Event
from typing import Any, cast

import psycopg
import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from structlog.testing import capture_logs

from bot.clock import wall_clock
from bot.domain.ids import Tenant
from bot.domain.refusals import Busy
from bot.jobs import pairing
from bot.jobs import tick as ticks
from bot.jobs.delivery import Deliverer
from bot.jobs.outage import Outage
from bot.jobs.scheduler import Metronome
from bot.jobs.workers import Bell, Workers
from bot.run import Run
from bot.slack.directory import Directory
from storage.database import Database
from storage.locks import LocalLocks
from storage.trouble import is_away

Line = tuple[str, str]


def sqlite_error(name: str, kind: type[sqlite3.Error] = sqlite3.OperationalError) -> Exception:
    error = kind("what it says.\nand more of it")
    error.sqlite_errorname = name
    return OperationalError("SELECT 1", {}, error)


def postgres_error(kind: type[psycopg.Error]) -> Exception:
    return OperationalError("SELECT 1", {}, kind("what it says?\n\tand more of it"))


GONE = postgres_error(psycopg.OperationalError)


@pytest.mark.parametrize(
    "error",
    [
        GONE,
        postgres_error(psycopg.errors.AdminShutdown),
        postgres_error(psycopg.errors.TooManyConnections),
        postgres_error(psycopg.errors.ReadOnlySqlTransaction),
        sqlite_error("SQLITE_FULL"),
        sqlite_error("SQLITE_CANTOPEN"),
        sqlite_error("SQLITE_IOERR_WRITE"),
        sqlite_error("SQLITE_CORRUPT", sqlite3.DatabaseError),
        NoneFree("no connection is free"),
        Busy(),
    ],
    ids=str,
)
def test_what_the_database_is_to_blame_for(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        sqlite_error("SQLITE_ERROR"),
        sqlite_error("SQLITE_CONSTRAINT_UNIQUE", sqlite3.IntegrityError),
        ProgrammingError("SELECT x", {}, psycopg.errors.UndefinedTable("no such table")),
        postgres_error(psycopg.errors.ProgramLimitExceeded),
        KeyError("x"),
    ],
    ids=str,
)
def test_what_it_is_not_to_blame_for(error: Exception) -> None:
    assert not is_away(error)
    with capture_logs() as lines:
        assert not Outage().explains(error)
    assert lines == []


def test_one_line_when_it_goes_one_a_minute_and_one_when_it_is_back() -> None:
    now = [100.0]
    outage = Outage(lambda: now[0])
    with capture_logs() as lines:
        outage.over()
        for _ in range(130):
            now[0] += 1
            assert outage.explains(GONE)
        outage.over()
        for _ in range(5):
            now[0] += 1
            outage.over()
    assert [(line["event"], line.get("seconds")) for line in lines] == [
        ("the database does not answer", None),
        ("the database still does not answer", 60),
        ("the database still does not answer", 120),
        ("the database answers again", 132),
    ]
    assert lines[0]["reason"] == "what it says"


def test_where_some_things_work_and_others_do_not_it_is_not_back() -> None:
    now = [100.0]
    outage = Outage(lambda: now[0])
    with capture_logs() as lines:
        for _ in range(50):
            now[0] += 0.5
            outage.explains(sqlite_error("SQLITE_FULL"))
            now[0] += 0.5
            outage.over()
    assert len(lines) == 1


def test_a_file_that_is_gone_is_told_once_and_again_when_it_is_back(tmp_path: Path) -> None:
    file = tmp_path / "peerloop.db"
    file.touch()
    outage = Outage()
    with capture_logs() as lines:
        for _ in range(2):
            outage.watch(file)
        away = file.rename(tmp_path / "away")
        for _ in range(3):
            outage.watch(file)
        away.rename(file)
        for _ in range(2):
            outage.watch(file)
        (tmp_path / "copy").write_text("")
        (tmp_path / "copy").rename(file)
        outage.watch(file)
        outage.watch(None)
    gone, back, other = [line["event"] for line in lines]
    assert "is gone" in gone
    assert "there again" in back
    assert "another one; start again" in other


class Failing:
    """A deliverer that raises until it is mended."""

    def __init__(self, error: Exception, times: int) -> None:
        self.locks = LocalLocks()
        self._left, self._error = times, error
        self.done = Event()

    def work_one(self) -> bool:
        self._left -= 1
        if self._left < 0:
            self.done.set()
            return False
        raise self._error


def lines_of_workers(error: Exception) -> list[Line]:
    bell, failing = Bell(), Failing(error, 3)
    workers = Workers([cast(Deliverer, failing)], bell)
    with capture_logs() as lines:
        workers.start()
        while not failing.done.wait(0.01):
            bell.ring()
        workers.stop()
    return [(line["event"], line["log_level"]) for line in lines]


def test_a_worker_says_once_that_the_database_is_away() -> None:
    assert lines_of_workers(GONE) == [("the database does not answer", "error")]


def test_a_worker_shows_what_is_our_own_fault_each_time() -> None:
    assert lines_of_workers(KeyError("x")) == [("delivery worker failed", "error")] * 3


def lines_of_jobs(error: Exception) -> list[Line]:
    """Of a tick that is tried at least three times, the directory, and the clean-up."""
    tried, enough = [0], Event()

    class Away:
        file = None

    class Runs:
        database = Away()

        def __call__(self, *_: object) -> None:
            raise error

        def look(self, *_: object) -> None:
            tried[0] += 1
            if tried[0] > 6:
                enough.set()
            raise error

    class Reads:
        def sync(self, run: Run) -> None:
            run(lambda _work: None)

    run, directory = cast(Run, Runs()), cast(Directory, Reads())
    metronome = Metronome(run, directory, tick_seconds=0.1, stopping=Event(), catch_up=lambda: None)
    with capture_logs() as lines:
        metronome.start()
        assert enough.wait(20)
        metronome.stop()
    return [(line["event"], line["log_level"]) for line in lines]


def test_the_metronome_says_once_that_the_database_is_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert lines_of_jobs(GONE) == [("the database does not answer", "error")]
    assert caplog.text == "", "APScheduler has nothing to add"


def test_the_metronome_shows_what_is_our_own_fault() -> None:
    assert set(lines_of_jobs(KeyError("x"))) == {("a job failed", "error")}


@pytest.mark.parametrize("error", [GONE, KeyError("x"), Busy()], ids=["away", "ours", "busy"])
def test_one_thing_that_is_due_does_not_speak_for_the_database(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    done: list[int] = []

    def does(_use: object, number: int) -> None:
        if number == 1:
            raise error
        done.append(number)

    class Runs:
        def __call__(self, use: object, number: int) -> None:
            does(use, number)

        def look(self, _use: object) -> list[int]:
            return [1, 2]

    chore = ticks.Chore("thing", due=lambda _work: [], do=lambda _work, _number: None)
    monkeypatch.setattr(ticks, "CHORES", (chore,))
    with capture_logs() as lines:
        if error is GONE:
            with pytest.raises(OperationalError):
                ticks.tick(cast(Run, Runs()))
        else:
            assert ticks.tick(cast(Run, Runs())) == 2
    assert done == ([] if error is GONE else [2])
    levels = [line["log_level"] for line in lines]
    assert levels == {"x": ["error"]}.get(str(error).strip("'"), ["warning"] if done else [])


def test_a_round_waits_for_the_database_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise GONE

    class Runs:
        def look(self, _use: object) -> list[int]:
            return [1]

    monkeypatch.setattr(pairing, "_propose", away)
    with capture_logs() as lines, pytest.raises(OperationalError):
        pairing.propose_pairs(cast(Run, Runs()))
    assert lines == []


def test_a_delivery_is_left_where_it_is(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise GONE

    database = Database(database_url)
    run = Run(database, wall_clock, lambda: None, Tenant("T_AWAY"))
    deliverer = Deliverer(run, LocalLocks(), cast(Any, None), cast(Any, None), {})
    monkeypatch.setattr(Deliverer, "_follow", away)
    with capture_logs() as lines, pytest.raises(OperationalError):
        deliverer._carry(1)
    assert lines == []
    database.dispose()
