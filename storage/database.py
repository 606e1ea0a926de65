"""The engine for SQLite and PostgreSQL, and the ways to open a transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session

from bot.domain.ids import Tenant
from bot.domain.refusals import Busy
from storage.work import Work

BUSY_MS = 2_000
"""How long SQLite waits for another process, in milliseconds: Slack waits for us three seconds."""

LOCK_SECONDS = 2.5

FREE_SECONDS = 2.0
"""How long to wait for a free connection: SQLAlchemy's own thirty are ten times too many."""

TURN_SECONDS = 0.5
"""How long those of one process wait for each other on PostgreSQL, where they need not."""

IDLE_MS = 10_000
"""How long a transaction of ours may do nothing: whoever stands still in one keeps others waiting,
so PostgreSQL ends it, in milliseconds."""

CONFLICTS = frozenset({"40001", "40P01", "55P03", "25P03"})
"""Serialization failure, deadlock, a lock that did not come in time, and having stood still."""

TAKEN = "23505"
"""A unique key that is there already: where another transaction has just made it, PostgreSQL does
not always call that a serialization failure."""

LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")
"""Another process writes to the file, a backup by another tool for one."""

TURN = "SET LOCAL lock_timeout = '1s'; LOCK TABLE tenant IN SHARE ROW EXCLUSIVE MODE"
"""Held by one at a time; readers, and whoever tries for the first time, do not notice."""


class Conflict(Exception):
    """Another transaction was in the way; the same work may be done again.

    `in_the_end` is to be raised where it is in the way every time.
    """

    def __init__(self, in_the_end: Exception | None = None) -> None:
        super().__init__()
        self.in_the_end = in_the_end or Busy()


class DatabaseUnusable(Exception):
    """The database cannot be reached or read; the message says why and what to check."""


class Mode(Enum):
    """What a transaction is for; the value is PostgreSQL's isolation level."""

    WRITE = "SERIALIZABLE"
    READ = "REPEATABLE READ"
    SEND = "READ COMMITTED"


class Database:
    """One database; every transaction belongs to a tenant and an instant."""

    def __init__(self, url: str) -> None:
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgres(self.url)
        self._writer = threading.Lock()

    @property
    def file(self) -> Path | None:
        """The database file, if it is one."""
        is_file = self.is_sqlite and self.url.database not in {None, "", ":memory:"}
        return Path(str(self.url.database)) if is_file else None

    @contextmanager
    def begin(
        self, tenant: Tenant, now: datetime, mode: Mode = Mode.WRITE, *, again: bool = False
    ) -> Iterator[Work]:
        """Open a transaction; commit it at the end, or roll it back on any exception.

        Raises Conflict where a retry is worth while, Busy where SQLite's one writer or a free
        connection kept us waiting for too long. What is done `again` after a conflict waits for
        its turn.
        """
        with self._turn_to_write(mode), self._connect(mode) as connection:
            try:
                with connection.begin(), Session(connection, expire_on_commit=False) as session:
                    if again and not self.is_sqlite:
                        # what a transaction sees is fixed by its first query; this is none
                        connection.exec_driver_sql(TURN)
                    work = Work(session, tenant, now)
                    yield work
                    work.freshen_homes()
                    session.flush()
            except DBAPIError as error:
                if getattr(error.orig, "sqlite_errorname", "").startswith(LOCKED):
                    raise Busy from error
                state = getattr(error.orig, "sqlstate", None)
                if state in CONFLICTS:
                    raise Conflict from error
                if state == TAKEN and mode is Mode.WRITE:
                    raise Conflict(in_the_end=error) from error
                raise

    def dispose(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _connect(self, mode: Mode) -> Iterator[Connection]:
        options: dict[str, Any] = {"writes": mode is not Mode.READ}
        if not self.is_sqlite:
            options["isolation_level"] = mode.value
        with self._free().execution_options(**options) as connection:
            yield connection

    def _free(self) -> Connection:
        try:
            return self.engine.connect()
        except NoneFree as error:
            raise Busy from error

    def _turn_to_write(self, mode: Mode) -> Any:
        if mode is Mode.READ:
            return nullcontext()
        if self.is_sqlite:
            return self._only_writer()
        return self._one_by_one() if mode is Mode.WRITE else nullcontext()

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """SQLite has one writer: waiting here is fair and short, waiting in SQLite is not."""
        if not self._writer.acquire(timeout=LOCK_SECONDS):
            raise Busy
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _one_by_one(self) -> Iterator[None]:
        """PostgreSQL lets many write and refuses those that met; within a process none need meet.

        Who has waited for long goes on beside the others: it is a courtesy and no lock.
        """
        has_turn = self._writer.acquire(timeout=TURN_SECONDS)
        try:
            yield
        finally:
            if has_turn:
                self._writer.release()


@contextmanager
def answering() -> Iterator[None]:
    """Whatever is the matter with the database inside is told as DatabaseUnusable."""
    try:
        yield
    except (SQLAlchemyError, Conflict, Busy) as error:
        raise DatabaseUnusable("The database does not answer.") from error


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # neither may show its password
        raise DatabaseUnusable(
            "DATABASE_URL cannot be read as an address. It looks like sqlite:///peerloop.db or "
            "postgresql://user:password@host/name."
        ) from None


def _postgres(url: URL) -> Engine:
    if not find_spec("psycopg"):
        raise DatabaseUnusable("PostgreSQL needs its driver: pip install 'peerloop[postgres]'.")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,  # an error must not carry what people wrote into the log
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=FREE_SECONDS,
        connect_args={"connect_timeout": 5},
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_MS}")
    connection.commit()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_MS / 1000},
        poolclass=QueuePool,
        pool_size=20,
        pool_timeout=FREE_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", _open_sqlite)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(_dialect: object, _record: object, places: list[str], more: Any) -> None:
    """Only what is there: one that was moved away would be an empty one before anybody noticed."""
    if places[0] != ":memory:" and not more.get("uri"):
        places[0], more["uri"] = f"file:{quote(places[0])}?mode=rw", True


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
