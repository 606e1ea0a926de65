"""Everything moves from one kind of database to the other, whole or not at all, and serves once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

import storage.moving
from storage.database import Database
from storage.moving import NotMoved, move
from storage.schema import HEAD, MOVED, UnknownSchema, current_revision, migrate, set_revision
from storage.tables import Row, SketchRow, TenantRow
from tests import databases
from tests.storage.everything import change, write
from tests.storage.scene import ADA, NOW, OURS, SQL
from tests.storage.test_tenants import THEIRS

ON_POSTGRES = pytest.mark.parametrize(
    "bare_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def file(sqlite_template: Path) -> Iterator[Database]:
    """A SQLite database with a line in every table."""
    with databases.sqlite_copy(sqlite_template) as url:
        yield from filled(Database(url))


def filled(database: Database) -> Iterator[Database]:
    with database.begin(OURS, NOW) as work:
        write(work)
    with database.begin(THEIRS, NOW) as work:
        change(work, write(work, "theirs"))
    yield database
    database.dispose()


def contents(database: Database) -> dict[str, list[Any]]:
    """Every value of every table, as the bot reads it."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Row.metadata.sorted_tables
        }


def test_everything_arrives_as_it_was(file: Database, bare: Database) -> None:
    before = contents(file)
    rows = move(file, bare)
    assert contents(bare) == before
    assert rows == {name: len(lines) for name, lines in before.items()}
    assert all(rows.values())
    assert current_revision(bare) == HEAD


def test_numbers_go_on_where_they_were(file: Database, bare: Database) -> None:
    with file.begin(OURS, NOW) as work:
        last = work.questions.add(asker=ADA, text="?", topics=frozenset({SQL}), due_at=NOW)
        work.questions.drop(last.id)
    move(file, bare)
    with bare.begin(OURS, NOW) as work:
        asked = work.questions.add(asker=ADA, text="?", topics=frozenset({SQL}), due_at=NOW)
    assert asked.id == last.id + 1


def test_a_row_may_refer_to_one_that_was_made_later(file: Database, bare: Database) -> None:
    about = {"tenant": OURS, "author": ADA, "words": b"x", "seq": 1, "at": NOW}
    with file.engine.begin() as connection:
        connection.execute(insert(SketchRow), [{**about, "id": 90, "thread": "late"}])
        connection.execute(
            insert(SketchRow), [{**about, "id": 80, "thread": "t", "question_id": 90}]
        )
    before = contents(file)
    move(file, bare)
    assert contents(bare) == before


def test_there_and_back_again(file: Database, bare: Database, tmp_path: Path) -> None:
    before = contents(file)
    back = Database(f"sqlite:///{tmp_path / 'back.db'}")
    move(file, bare)
    move(bare, back)
    assert contents(back) == before
    back.dispose()


def test_what_was_left_does_not_serve_any_more(file: Database, bare: Database) -> None:
    move(file, bare)
    assert current_revision(file) == MOVED
    with pytest.raises(UnknownSchema, match=r"moved to another one.*Set DATABASE_URL"):
        migrate(file)
    with pytest.raises(NotMoved, match="moved already"):
        move(file, bare)


def test_a_database_that_is_not_empty_is_left_alone(file: Database, bare: Database) -> None:
    migrate(bare)
    with bare.begin(OURS, NOW) as work:
        work.installation.record(name="theirs", bot_user=ADA)
    before = contents(bare)
    with pytest.raises(NotMoved, match=r"is not empty \(there are rows in tenant\)"):
        move(file, bare)
    assert contents(bare) == before
    assert current_revision(file) == HEAD


def test_a_database_is_not_moved_onto_itself(file: Database) -> None:
    with pytest.raises(NotMoved, match="Name another one"):
        move(file, file)


@ON_POSTGRES
def test_f68_while_somebody_is_connected_nothing_is_moved(file: Database, bare: Database) -> None:
    other = Database(bare.url.render_as_string(hide_password=False))
    with (
        other.engine.connect(),
        pytest.raises(NotMoved, match=r"Others are connected to .* \(1\)"),
    ):
        move(file, bare)
    other.dispose()
    assert current_revision(file) == HEAD


class Killed(BaseException):
    """What cannot be caught by accident."""


@pytest.mark.parametrize("passage", [1, 2, 3])
@ON_POSTGRES
def test_f68_a_move_that_is_killed_can_be_made_again(
    file: Database, bare: Database, monkeypatch: pytest.MonkeyPatch, passage: int
) -> None:
    """Before each of its three commits; both never serve, and nothing is ever lost."""
    before = contents(file)
    monkeypatch.setattr(storage.moving, "set_revision", dying(set_revision, passage))
    with pytest.raises(Killed):
        move(file, bare)
    monkeypatch.undo()
    assert [serves(file), serves(bare)].count(True) <= 1
    move(file, bare)
    assert [serves(file), serves(bare)] == [False, True]
    assert contents(bare) == before


def dying(call: Any, passage: int) -> Any:
    left = passage

    def dies(*args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return call(*args)

    return dies


def serves(database: Database) -> bool:
    """Whether a bot would work with it as it is; on an empty one it would begin anew."""
    return current_revision(database) == HEAD and any(contents(database).values())


@ON_POSTGRES
def test_what_the_other_kind_refuses_is_named_and_not_shown(file: Database, bare: Database) -> None:
    """SQLite takes letters that PostgreSQL does not; what somebody wrote is not told."""
    secret = {"id": "T_X", "name": "hunter2\0", "bot_user": "U", "delivery_secret": "x"}
    with file.engine.begin() as connection:
        connection.execute(insert(TenantRow).values(installed_at=NOW, **secret))
    with pytest.raises(NotMoved, match="A row of tenant was refused") as told:
        move(file, bare)
    assert "hunter2" not in str(told.value)
