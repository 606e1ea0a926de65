"""Moves everything from one database to another, such as from SQLite to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.numbers import begin_numbers, last_numbers
from storage.schema import ARRIVING, HEAD, MOVED, current_revision, migrate, set_revision
from storage.tables import Row

BATCH = 500


class NotMoved(Exception):
    """Nothing was moved; the message says why."""


def move(source: Database, target: Database) -> dict[str, int]:
    """Move everything; how many rows of each table. Whoever may use either holds their locks.

    The target serves only when the source does not any more, and dying at any moment loses
    nothing: the same move can be made again. Raises NotMoved, UnknownSchema, DatabaseUnusable.
    """
    if source.url == target.url:
        raise NotMoved("This is the database that is to be moved. Name another one.")
    is_marked = current_revision(source) == MOVED
    if not is_marked:
        migrate(source)
    if _revision_of(target) != ARRIVING:
        if is_marked:
            raise NotMoved("This database was moved already. Nothing was done.")
        migrate(target)
    if not is_marked:
        _move(source, target)
    with _alone(target) as arrived:
        set_revision(arrived, HEAD)
        return {table.name: _count(arrived, table) for table in _tables()}


def _revision_of(target: Database) -> str | None:
    """None if there is nothing yet, not even a file."""
    is_there = target.file is None or target.file.exists()
    return current_revision(target) if is_there else None


def _move(source: Database, target: Database) -> None:
    """At every moment at most one of the two serves."""
    with _alone(source) as old:
        with _alone(target) as new:
            _make_room(new, target)
            for table in _tables():
                _copy(old, new, table)
            for name, last in last_numbers(old).items():
                begin_numbers(new, name, last + 1)
            set_revision(new, ARRIVING)
        set_revision(old, MOVED)


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """One transaction, while nobody else is there."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:  # SQLite's one writer keeps all others out
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            others = connection.scalar(text(OTHERS))
            if others:
                raise NotMoved(
                    f"Others are connected to {database.url.database} ({others}). Stop every "
                    "Peerloop process that works with it, and whoever else looks into it."
                )
            tables = ", ".join(f'"{table.name}"' for table in _tables())
            connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        yield connection


OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def _make_room(new: Connection, target: Database) -> None:
    """What a move that was not finished left is of no use; anything else is left alone."""
    revision = new.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == ARRIVING:
        for table in reversed(_tables()):
            new.execute(delete(table))
        return
    used = [table.name for table in _tables() if _count(new, table)]
    if used:
        raise NotMoved(
            f"{target.url.database} is not empty (there are rows in {', '.join(used)}). "
            "Name a new, empty database. Nothing was changed."
        )


def _copy(old: Connection, new: Connection, table: Table) -> None:
    rows = old.execute(_in_order(table).execution_options(yield_per=BATCH))
    try:
        for batch in rows.mappings().partitions():
            new.execute(insert(table), [dict(row) for row in batch])
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise NotMoved(f"A row of {table.name} was refused: {reason}. Nothing was moved.") from None
    before, after = _count(old, table), _count(new, table)
    if before != after:
        raise NotMoved(f"Of {before} rows in {table.name}, {after} arrived. Nothing was moved.")


def _in_order(table: Table) -> Select[Any]:
    """Those last that refer to others of the same table."""
    to_others = [key.parent for key in table.foreign_keys if key.column.table is table]
    last = [column.is_not(None) for column in to_others]
    return select(table).order_by(*last, *table.primary_key.columns)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _tables() -> list[Table]:
    """Those first to which others refer."""
    return Row.metadata.sorted_tables
