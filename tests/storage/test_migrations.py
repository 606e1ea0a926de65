"""From any released schema to the present one: whole, once, or not at all."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, text

from storage.database import Database, DatabaseUnusable
from storage.files import make
from storage.schema import (
    HEAD,
    UnknownSchema,
    alembic_config,
    current_revision,
    migrate,
    why_not_ours,
)
from storage.tables import Row
from tests.faults.child import FORKS

TABLES = set(Row.metadata.tables) | {"alembic_version"}


def revisions() -> list[str]:
    """Every revision there has ever been, the oldest first."""
    database = Database("sqlite://")
    with database.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        found = [script.revision for script in scripts.walk_revisions()]
    database.dispose()
    return found[::-1]


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def test_the_models_are_what_the_migrations_make(bare: Database) -> None:
    migrate(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_the_newest_revision_is_the_one_we_start_without_looking() -> None:
    assert revisions()[-1] == HEAD


@pytest.mark.parametrize("old", revisions())
def test_every_released_schema_can_be_brought_up_to_date(bare: Database, old: str) -> None:
    assert migrate(bare, to=old)
    assert migrate(bare) is (old != HEAD)
    assert current_revision(bare) == HEAD
    assert tables(bare) == TABLES


def test_an_empty_database_is_at_no_revision(bare: Database) -> None:
    if bare.file:
        make(bare.file)
    assert current_revision(bare) is None
    assert tables(bare) == set()


def test_a_second_migration_finds_nothing_to_do(bare: Database) -> None:
    assert [migrate(bare), migrate(bare)] == [True, False]


def test_several_processes_may_start_on_an_empty_database_at_once(bare_url: str) -> None:
    databases = [Database(bare_url) for _ in range(4)]
    with ThreadPoolExecutor(len(databases)) as threads:
        changed = list(threads.map(migrate, databases))
    assert sorted(changed) == [False, False, False, True]
    assert tables(databases[0]) == TABLES
    for database in databases:
        database.dispose()


@pytest.fixture
def newer(bare: Database) -> Database:
    migrate(bare)
    with bare.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("CREATE TABLE from_the_future (id INTEGER)"))
    return bare


def test_a_newer_schema_is_refused_and_left_alone(newer: Database) -> None:
    before = tables(newer)
    with pytest.raises(UnknownSchema, match=r"at revision 9999.*upgrade Peerloop, or restore"):
        migrate(newer)
    assert tables(newer) == before
    assert current_revision(newer) == "9999"


@pytest.mark.parametrize(
    "made",
    [
        ["CREATE TABLE users (id INTEGER)", "CREATE TABLE orders (id INTEGER)"],
        ["CREATE TABLE orders (id INTEGER)", "CREATE TABLE person (id INTEGER)"],
        [
            "CREATE TABLE orders (id INTEGER)",
            "CREATE TABLE alembic_version (version_num VARCHAR(32))",
            "INSERT INTO alembic_version VALUES ('a1b2c3')",
        ],
    ],
)
def test_a_database_of_another_program_is_refused_and_left_alone(
    bare: Database, made: list[str]
) -> None:
    if bare.file:
        make(bare.file)
    with bare.engine.begin() as connection:
        for statement in made:
            connection.execute(text(statement))
    before = tables(bare)
    words = r"tables that are not Peerloop's \(.*orders.*\)"
    with pytest.raises(UnknownSchema, match=words) as told:
        migrate(bare)
    assert str(told.value) == why_not_ours(bare)
    assert tables(bare) == before


def test_what_others_keep_beside_our_tables_is_no_matter(bare: Database) -> None:
    migrate(bare, to=revisions()[0])
    with bare.engine.begin() as connection:
        connection.execute(text("CREATE TABLE orders (id INTEGER)"))
    assert why_not_ours(bare) is None
    assert migrate(bare)


def test_of_a_newer_schema_it_is_said_beforehand_why_it_will_be_refused(newer: Database) -> None:
    told = why_not_ours(newer)
    with pytest.raises(UnknownSchema) as refused:
        migrate(newer)
    assert told == str(refused.value)


class Killed(BaseException):
    """What cannot be caught by accident."""


@pytest.mark.parametrize("after", [1, 5, 12])
def test_f17_a_migration_that_is_killed_leaves_nothing_half_done(
    bare: Database, after: int
) -> None:
    created = 0

    def die(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal created
        created += statement.lstrip().upper().startswith("CREATE")
        if created > after:
            raise Killed

    event.listen(bare.engine, "before_cursor_execute", die)
    with pytest.raises(Killed):
        migrate(bare)
    event.remove(bare.engine, "before_cursor_execute", die)
    assert tables(bare) == set()
    assert migrate(bare)
    assert tables(bare) == TABLES


def dies_migrating(url: str, after: int) -> None:
    """In a process of its own, by a signal that nobody can catch."""
    database = Database(url)

    def die(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal after
        after -= statement.lstrip().upper().startswith(("CREATE", "ALTER"))
        if after < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "after_cursor_execute", die)
    migrate(database)


def test_f17_a_process_that_dies_while_it_migrates_is_followed_by_another(bare: Database) -> None:
    """What was there before is there afterwards, and the next start finishes the work."""
    migrate(bare, to="0001")
    with bare.engine.begin() as connection:
        connection.execute(text(A_TENANT))
    url = bare.url.render_as_string(hide_password=False)
    for after in (0, 8):
        child = FORKS.Process(target=dies_migrating, args=(url, after))
        child.start()
        child.join(30)
        assert child.exitcode == -signal.SIGKILL
        assert current_revision(bare) == "0001"
    assert migrate(bare)
    with bare.engine.connect() as connection:
        assert connection.execute(text("SELECT id, lost_from FROM tenant")).all() == [("T_1", None)]


A_TENANT = """
INSERT INTO tenant (id, name, bot_user, delivery_secret, installed_at)
VALUES ('T_1', 'Acme', 'U_BOT', 'x', '2026-03-02 09:00:00')
"""


def ruined(file: Path, how: str) -> bytes:
    """A database file as a broken disk or a careless copy leaves it."""
    database = Database(f"sqlite:///{file}")
    migrate(database)
    database.dispose()
    whole = file.read_bytes()
    ruins = {
        "not a database": b"Dear diary, " * 500,
        "no header": b"\0" * 100 + whole[100:],
        "cut short": whole[: len(whole) // 2],
        "cut within a page": whole[:5_000],
        "a page of rubbish": whole[:8_192] + b"\xff" * 4_096 + whole[12_288:],
    }
    file.write_bytes(ruins[how])
    return ruins[how]


@pytest.mark.parametrize(
    "how", ["not a database", "no header", "cut short", "cut within a page", "a page of rubbish"]
)
def test_f66_a_broken_file_is_refused_and_left_alone(tmp_path: Path, how: str) -> None:
    file = tmp_path / "peerloop.db"
    content = ruined(file, how)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(
        DatabaseUnusable,
        match=r"The database cannot be used:.*\. Nothing was changed\. Put back a copy of the file",
    ):
        migrate(database)
    database.dispose()
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://somebody:hunter2@127.0.0.1:1/peerloop",
        "postgresql://somebody:hunter2@127.0.0.1:5432/no_such_database_at_all",
        "sqlite:////no/such/folder/peerloop.db",
    ],
)
def test_an_address_where_there_is_nothing_is_told_without_the_password(url: str) -> None:
    database = Database(url)
    with pytest.raises(DatabaseUnusable, match=r"cannot be used.*Check DATABASE_URL\.") as told:
        migrate(database)
    assert "hunter2" not in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert "?." not in str(told.value)
    database.dispose()


@pytest.mark.parametrize("url", ["postgresql://u:hunter2@host:port/db", "hunter2", "://hunter2@"])
def test_what_is_no_address_is_told_without_the_password(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="cannot be read as an address") as told:
        Database(url)
    assert "hunter2" not in str(told.value)


def test_postgresql_without_its_driver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.find_spec", lambda _name: None)
    with pytest.raises(DatabaseUnusable, match=r"pip install 'peerloop\[postgres\]'"):
        Database("postgresql://host/db")
