"""Bring the database to the schema this version needs, whoever else starts at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database, DatabaseUnusable
from storage.files import make, obstacle
from storage.trouble import usable

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"
"""The newest revision; known here so that a start on a current schema need not load Alembic."""

MIGRATION_LOCK = 7_350_000

MOVED = "moved away"
"""The revision of a database whose contents live in another one now: it never serves again."""

ARRIVING = "arriving"
"""The revision of a database that is being moved to: it does not serve yet."""

NOT_TO_SERVE = {
    MOVED: "The contents of this database were moved to another one (peerloop migrate --to). "
    "Set DATABASE_URL to where they live now.",
    ARRIVING: "A move to this database was not finished. Run peerloop migrate --to again, with "
    "DATABASE_URL set to the database that is moved.",
}


OURS = "tenant"
"""A table that every version has made; whoever has no such table is another program."""


class UnknownSchema(Exception):
    """The database was last used by a version we know nothing of, or by another program."""


def migrate(database: Database, to: str = "head") -> bool:
    """Upgrade to revision `to`; whether there was anything to do.

    Raises UnknownSchema where the database is newer than this version or not ours. Safe when
    several processes start at once: one upgrades, the others wait and find it done.
    """
    _make_room(database)
    with _one_at_a_time(database) as connection:
        if database.is_sqlite:
            _check_pages(connection)
        now = _revision(connection)
        if now == (HEAD if to == "head" else to):
            return False
        refusal = _refusal(connection, now)
        if refusal:
            raise UnknownSchema(refusal)
        _upgrade(connection, to)
        return True


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None if it is empty. Raises DatabaseUnusable.

    It only reads, so that it never waits for those who write.
    """
    with _usable(database) as connection:
        return _revision(connection.execution_options(writes=False))


def set_revision(connection: Connection, revision: str) -> None:
    """Say who may serve this database, in the transaction of whoever moves it."""
    connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def is_known(revision: str) -> bool:
    """Whether this version can bring a database at that revision up to date."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - a tenth of a second, see below
    from alembic.util import CommandError  # noqa: PLC0415 - see above

    try:
        return bool(ScriptDirectory.from_config(_config()).get_revision(revision))
    except CommandError:
        return False


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings for our migrations, on a connection of ours."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - a tenth of a second that few starts need

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def why_not_ours(database: Database) -> str | None:
    """Why `migrate` would refuse, in its own words; None if it would not."""
    with _usable(database) as connection:
        reading = connection.execution_options(writes=False)
        return _refusal(reading, _revision(reading))


def _refusal(connection: Connection, now: str | None) -> str | None:
    if now in NOT_TO_SERVE:
        return NOT_TO_SERVE[now]
    tables = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
    if tables and (now is None or OURS not in tables):
        named = ", ".join(tables[:3]) + (", …" if len(tables) > 3 else "")
        return (
            f"This database holds tables that are not Peerloop's ({named}). Nothing was changed. "
            "Give Peerloop a database of its own in DATABASE_URL."
        )
    if now is None or is_known(now):
        return None
    return (
        f"The database is at revision {now}, which this version of Peerloop does not know. "
        "It was used by a newer version: upgrade Peerloop, or restore an older backup."
    )


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(alembic_config(connection), to)


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[Connection]:
    """A transaction that no other migration shares: the schema changes whole or not at all."""
    with _usable(database) as connection, connection.begin():
        if not database.is_sqlite:  # on SQLite, BEGIN IMMEDIATE has locked everybody else out
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
        yield connection


@contextmanager
def _usable(database: Database) -> Iterator[Connection]:
    with usable(), database.engine.connect() as connection:
        yield connection


def _make_room(database: Database) -> None:
    """The file, where it is not there yet; that it cannot be written to would show only later."""
    if database.file is None:
        return
    in_the_way = obstacle(database.file)
    if in_the_way:
        raise DatabaseUnusable(in_the_way)
    try:
        make(database.file)
    except OSError as error:
        raise DatabaseUnusable(
            f"The database {database.file} cannot be made ({error.strerror}). Check DATABASE_URL."
        ) from error


def _check_pages(connection: Connection) -> None:
    """Before anybody writes to a file that a broken disk or a careless copy has left."""
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        where = " ".join(str(found).split())
        raise DatabaseUnusable(
            f"The database cannot be used: it is damaged ({where}). Nothing was changed. "
            "Put back a copy of the file: peerloop restore FILE keeps the damaged one beside it."
        )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
