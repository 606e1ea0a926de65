"""Databases in which there is nothing yet."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import make_url

from storage.database import Database
from tests import databases
from tests.conftest import BOTH


@pytest.fixture(scope="session")
def bare_postgres() -> Iterator[str]:
    databases.require_postgres()
    with databases.bare_postgres("_bare") as url:
        yield url


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a single table: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        with TemporaryDirectory(prefix="bare-", dir=databases.fast_folder()) as folder:
            yield f"sqlite:///{Path(folder) / 'peerloop.db'}"
        return
    url = request.getfixturevalue("bare_postgres")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield url


@pytest.fixture
def bare(bare_url: str) -> Iterator[Database]:
    database = Database(bare_url)
    yield database
    database.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Migrated, and without a row."""
    database = Database(database_url)
    yield database
    database.dispose()
