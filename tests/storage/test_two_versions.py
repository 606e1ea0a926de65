"""While replicas are replaced one by one, two versions work on one schema: the newer one's."""

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, inspect, literal, select

import storage.migrations.versions
from storage.database import Database
from storage.schema import HEAD, migrate
from storage.tables import Row
from tests.storage.everything import READS, write
from tests.storage.scene import NOW, OURS
from tests.storage.test_migrations import revisions

OLDER = revisions()[:-1]
MIGRATIONS = sorted(Path(str(storage.migrations.versions.__file__)).parent.glob("[0-9]*.py"))
MAY_CALL = {"add_column", "create_table", "create_index", "create_foreign_key", "batch_alter_table"}
"""What leaves everything as it is for whoever does not know of it; `execute` may delete."""


@cache
def columns_at(revision: str) -> dict[str, frozenset[str]]:
    """What a version wrote for which `revision` was the newest."""
    database = Database("sqlite://")
    migrate(database, to=revision)
    looked = inspect(database.engine)
    found = {
        table: frozenset(column["name"] for column in looked.get_columns(table))
        for table in looked.get_table_names()
    }
    database.dispose()
    return found


def write_as_at(revision: str, connection: Connection) -> None:
    """Whatever is there is written once more, by statements that know of no newer column."""
    known = columns_at(revision)
    rows = {
        table: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in Row.metadata.sorted_tables
        if table.name in known
    }
    for table in reversed(rows):
        connection.execute(delete(table))
    for table, lines in rows.items():
        for line in lines:
            old = {name: value for name, value in line.items() if name in known[table.name]}
            # without the model's own defaults: an older version does not have those
            names = [table.c[name] for name in old]
            values = select(*_as_typed(table.name, old))
            connection.execute(insert(table).from_select(names, values, include_defaults=False))


def _as_typed(table: str, line: dict[str, object]) -> list[Any]:
    columns = Row.metadata.tables[table].c
    return [literal(value, columns[name].type) for name, value in line.items()]


@pytest.mark.parametrize("older", OLDER)
def test_f69_what_an_older_version_writes_can_be_read(database: Database, older: str) -> None:
    with database.begin(OURS, NOW) as work:
        written = write(work)
    with database.engine.begin() as connection:
        write_as_at(older, connection)
    with database.begin(OURS, NOW) as work:
        for read in READS.values():
            read(work, written)


def test_f69_no_migration_takes_away_what_an_older_version_needs() -> None:
    called = {
        (path.name, node.func.attr)
        for path in MIGRATIONS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id in {"op", "batch_op"}
    }
    assert MIGRATIONS
    assert {each for each in called if each[1] not in {*MAY_CALL, "f"}} == set()


@pytest.mark.parametrize("older", OLDER)
def test_f69_every_column_of_old_is_still_there(older: str) -> None:
    now = columns_at(HEAD)
    assert all(columns <= now[table] for table, columns in columns_at(older).items())
