"""Bring the database to the schema this version needs, whoever else starts at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from storage.database import Database, DatabaseUnusable

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest revision; known here so that a start on a current schema need not load Alembic."""

MIGRATION_LOCK = 7_350_000


class UnknownSchema(Exception):
    """The database was last used by a version we know nothing of."""


def migrate(database: Database, to: str = "head") -> bool:
    """Upgrade to revision `to`; whether there was anything to do.

    Raises UnknownSchema where the database is newer than this version. Safe when several
    processes start at once: one upgrades, the others wait and find it done.
    """
    with _one_at_a_time(database) as connection:
        now = _revision(connection)
        if now == (HEAD if to == "head" else to):
            return False
        _upgrade(connection, now, to)
        return True


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None if it is empty. Raises DatabaseUnusable.

    It only reads, so that it never waits for those who write.
    """
    with _usable(database) as connection:
        return _revision(connection.execution_options(writes=False))


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings for our migrations, on a connection of ours."""
    from alembic.config import Config  # noqa: PLC0415 - a tenth of a second that few starts need

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, now: str | None, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.util import CommandError  # noqa: PLC0415 - see above

    try:
        command.upgrade(alembic_config(connection), to)
    except CommandError as error:
        raise UnknownSchema(
            f"The database is at revision {now}, which this version of Peerloop does not know. "
            "It was used by a newer version: upgrade Peerloop, or restore an older backup."
        ) from error


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[Connection]:
    """A transaction that no other migration shares: the schema changes whole or not at all."""
    with _usable(database) as connection, connection.begin():
        if not database.is_sqlite:  # on SQLite, BEGIN IMMEDIATE has locked everybody else out
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
        yield connection


@contextmanager
def _usable(database: Database) -> Iterator[Connection]:
    try:
        with database.engine.connect() as connection:
            yield connection
    except DatabaseError as error:  # a wrong address, a server that is away, a broken file
        raise DatabaseUnusable(
            f"The database cannot be used: {error.orig}. Nothing was changed. Check DATABASE_URL."
        ) from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
