"""Who may work on a delivery: one sender at a time, over all replicas."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from storage.database import Database

DELIVERIES = 7_350_001
"""Our class of PostgreSQL's advisory locks; the second number is the delivery."""


class Locks(Protocol):
    """Locks on numbered deliveries; each worker has its own, and holds one at a time."""

    def hold(self, delivery: int) -> AbstractContextManager[bool]:
        """Try to lock it; the value says whether it is ours until the end of the block."""

    def close(self) -> None:
        """Give back whatever is kept open."""


class LocalLocks:
    """For one process: SQLite. What one of its workers holds, no other may."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._held: set[int] = set()

    @contextmanager
    def hold(self, delivery: int) -> Iterator[bool]:
        with self._mutex:
            is_free = delivery not in self._held
            self._held.add(delivery)
        try:
            yield is_free
        finally:
            if is_free:
                with self._mutex:
                    self._held.discard(delivery)

    def close(self) -> None:
        """Nothing is kept open."""


class SessionLocks:
    """For many processes: PostgreSQL's session locks, on a connection of our own.

    The lock lives and dies with the connection. It is never pooled, and after any doubt it is
    thrown away: a connection that returned to a pool would keep the lock.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    @contextmanager
    def hold(self, delivery: int) -> Iterator[bool]:
        is_ours = self._call("SELECT pg_try_advisory_lock(:kind, :id)", delivery)
        try:
            yield is_ours
        except BaseException:
            self.close()
            raise
        if is_ours:
            self._release(delivery)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _release(self, delivery: int) -> None:
        try:
            released = self._call("SELECT pg_advisory_unlock(:kind, :id)", delivery)
        except SQLAlchemyError:
            released = False  # the connection is gone, and with it the lock
        if not released:
            self.close()

    def _call(self, statement: str, delivery: int) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect()
        number = delivery % 2**31  # the second key is a 32-bit integer
        values = {"kind": DELIVERIES, "id": number}
        try:
            return bool(self._connection.execute(text(statement), values).scalar_one())
        except SQLAlchemyError:
            self.close()
            raise


class LockMaker:
    """Gives every worker its locks."""

    def __init__(self, database: Database) -> None:
        self._local = LocalLocks()
        self._engine = None if database.is_sqlite else _own_engine(database)

    def __call__(self) -> Locks:
        return SessionLocks(self._engine) if self._engine else self._local


def _own_engine(database: Database) -> Engine:
    return create_engine(
        database.engine.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 5, "keepalives_idle": 20, "keepalives_interval": 5},
    )
