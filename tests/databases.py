"""Databases for tests: SQLite files in memory, and a PostgreSQL database of the run's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import make_url, text

from storage.database import Database
from storage.schema import migrate
from storage.tables import Row

SERVER = os.environ.get(
    "PEERLOOP_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)


def fast_folder() -> str | None:
    """A file system in memory, where there is one: the tests commit thousands of times."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def sqlite_template() -> Iterator[Path]:
    """A migrated SQLite file to copy."""
    with TemporaryDirectory(prefix="peerloop-tests-", dir=fast_folder()) as folder:
        file = Path(folder) / "template.db"
        database = Database(f"sqlite:///{file}")
        migrate(database)
        database.dispose()
        yield file


@contextmanager
def sqlite_copy(template: Path) -> Iterator[str]:
    """The URL of a fresh database."""
    with TemporaryDirectory(prefix="story-", dir=template.parent) as folder:
        file = Path(folder) / "peerloop.db"
        shutil.copy(template, file)
        yield f"sqlite:///{file}"


@contextmanager
def postgres_database() -> Iterator[str]:
    """The URL of a migrated database that is dropped at the end."""
    with bare_postgres("") as url:
        database = Database(url)
        migrate(database)
        database.dispose()
        yield url


@contextmanager
def bare_postgres(suffix: str) -> Iterator[str]:
    """The URL of a database without a single table, which is dropped at the end."""
    url = make_url(SERVER)
    name = f"peerloop_test_{os.getpid()}{suffix}"
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True, connect_timeout=3) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # a name of our own making
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def empty(url: str) -> None:
    """Every row of every table is gone."""
    database = Database(url)
    tables = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    database.dispose()


def require_postgres() -> None:
    """Skip where there is no PostgreSQL, but never in CI: there it has to be."""
    try:
        server = make_url(SERVER).set(drivername="postgresql")
        psycopg.connect(server.render_as_string(hide_password=False), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        reason = f"no PostgreSQL answers ({str(error).strip().splitlines()[0]})"
        if os.environ.get("CI"):
            pytest.fail(reason + "; CI has to start one")
        pytest.skip(reason)
