"""Locks: one process to a SQLite file, one sender to a delivery, and none outlives its holder."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from storage.database import Database, DatabaseUnusable
from storage.lockfile import AnotherProcess, LockFile
from storage.locks import DELIVERIES, LocalLocks, LockMaker, SessionLocks

HOLD = """
import sys, time
from pathlib import Path
from storage.lockfile import LockFile
LockFile(Path(sys.argv[1])).take()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has taken the lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "peerloop.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_whom_to_stop(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    with pytest.raises(AnotherProcess, match=r"peerloop\.db\.lock is locked.*use PostgreSQL"):
        LockFile(tmp_path / "peerloop.db").take()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_lock_is_free_once_its_holder_is_dead(
    holder: subprocess.Popen[str], tmp_path: Path, how: signal.Signals
) -> None:
    holder.send_signal(how)
    holder.wait(10)
    with LockFile(tmp_path / "peerloop.db") as lock:
        assert lock.path.exists()


def test_a_lock_that_was_given_back_can_be_taken_again(tmp_path: Path) -> None:
    first, second = (LockFile(tmp_path / "peerloop.db") for _ in range(2))
    with first, pytest.raises(AnotherProcess):
        second.take()
    with second, pytest.raises(AnotherProcess):
        first.take()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match=r"No such file or directory.*Check DATABASE_URL"):
        LockFile(tmp_path / "nowhere" / "peerloop.db").take()


def test_two_databases_in_one_folder_do_not_lock_each_other(tmp_path: Path) -> None:
    with LockFile(tmp_path / "one.db"), LockFile(tmp_path / "two.db"):
        assert len(list(tmp_path.glob("*.lock"))) == 2


def test_giving_back_what_is_not_held_does_no_harm(tmp_path: Path) -> None:
    lock = LockFile(tmp_path / "peerloop.db")
    lock.release()
    with lock:
        assert lock.path.stat().st_mode & 0o077 == 0


def test_of_many_threads_one_holds_a_delivery() -> None:
    locks, barrier, held = LocalLocks(), Barrier(8), list[bool]()

    def work() -> None:
        barrier.wait()
        with locks.hold(7) as is_ours:
            held.append(is_ours)
            barrier.wait()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(held) == [False] * 7 + [True]
    with locks.hold(7) as is_ours:
        assert is_ours


def test_whoever_did_not_get_it_does_not_free_it() -> None:
    locks = LocalLocks()
    with locks.hold(7), locks.hold(7) as second:
        assert not second
        with locks.hold(7) as third, locks.hold(8) as another:
            assert (third, another) == (False, True)


def test_an_error_while_holding_gives_it_back() -> None:
    locks = LocalLocks()
    with pytest.raises(ZeroDivisionError), locks.hold(7):
        _ = 1 / 0
    with locks.hold(7) as is_ours:
        assert is_ours


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


@pytest.fixture
def two(postgres: Database) -> Iterator[tuple[SessionLocks, SessionLocks]]:
    """The locks of two workers, as two replicas would have them."""
    with ExitStack() as closing:
        makers = [LockMaker(postgres), LockMaker(postgres)]
        locks = [maker() for maker in makers]
        for lock in locks:
            closing.callback(lock.close)
        first, second = locks
        assert isinstance(first, SessionLocks)
        assert isinstance(second, SessionLocks)
        yield first, second


def holders(database: Database, delivery: int) -> list[int]:
    """The server processes that hold this delivery's lock."""
    query = text(
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = :kind"
        " AND objid = :id AND granted"
    )
    with database.engine.connect() as connection:
        return list(connection.scalars(query, {"kind": DELIVERIES, "id": delivery}))


@pytest.mark.postgres
def test_a_second_session_cannot_hold_what_the_first_holds(
    two: tuple[SessionLocks, SessionLocks],
) -> None:
    first, second = two
    with first.hold(7) as is_ours:
        assert is_ours
        with second.hold(7) as too, second.hold(8) as another:
            assert (too, another) == (False, True)
    with second.hold(7) as is_ours:
        assert is_ours


@pytest.mark.postgres
def test_a_lock_is_given_back_although_its_session_stays_open(
    postgres: Database, two: tuple[SessionLocks, SessionLocks]
) -> None:
    with two[0].hold(7):
        assert len(holders(postgres, 7)) == 1
    assert holders(postgres, 7) == []


@pytest.mark.postgres
def test_a_lock_dies_with_the_connection_that_holds_it(
    postgres: Database, two: tuple[SessionLocks, SessionLocks]
) -> None:
    first, second = two
    with first.hold(7) as is_ours:
        assert is_ours
        [pid] = holders(postgres, 7)
        with postgres.engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        with second.hold(7) as taken_over:
            assert taken_over
    with first.hold(7) as once_more:
        assert once_more


@pytest.mark.postgres
def test_a_session_is_thrown_away_after_any_doubt(
    postgres: Database, two: tuple[SessionLocks, SessionLocks]
) -> None:
    with pytest.raises(ZeroDivisionError), two[0].hold(7):
        _ = 1 / 0
    with two[1].hold(7) as is_ours:
        assert is_ours


@pytest.mark.postgres
def test_numbers_beyond_32_bits_can_be_locked(two: tuple[SessionLocks, SessionLocks]) -> None:
    with two[0].hold(2**31 + 5) as is_ours, two[1].hold(2**31 + 5) as too:
        assert (is_ours, too) == (True, False)


def test_the_workers_of_one_process_share_their_locks(database: Database) -> None:
    maker = LockMaker(database)
    first, second = maker(), maker()
    with first.hold(7) as is_ours, second.hold(7) as too:
        assert (is_ours, too) == (True, False)
    first.close()
    second.close()
