"""The files of a SQLite database: one lock for each, closed to others, and nothing in the way."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, DatabaseUnusable
from storage.files import BESIDE, obstacle
from storage.lockfile import AnotherProcess, LockFile
from storage.schema import current_revision, migrate
from tests.nobody import a_folder_of_nobodys, as_nobody

URL = "sqlite:///peerloop.db"


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    with a_folder_of_nobodys() as folder:
        yield folder


def made() -> None:
    """By whoever we are now."""
    database = Database(URL)
    migrate(database)
    database.dispose()


@pytest.mark.parametrize("over", ["a file", "a folder"])
def test_by_whatever_name_it_is_opened_a_database_has_one_lock(folder: Path, over: str) -> None:
    made()
    (folder / "link.db").symlink_to("peerloop.db")
    (folder / "elsewhere").symlink_to(folder)
    other = Path("link.db" if over == "a file" else "elsewhere/peerloop.db")
    with LockFile(Path("peerloop.db")), pytest.raises(AnotherProcess):
        LockFile(other).take()
    with LockFile(other):
        assert LockFile(Path("peerloop.db")).holder() == os.getpid()


def test_a_link_to_itself_is_no_file(folder: Path) -> None:
    (folder / "peerloop.db").symlink_to("peerloop.db")
    with pytest.raises(DatabaseUnusable):
        made()


def test_nobody_else_can_read_it_whatever_the_umask_says(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        database = Database(URL)
        with LockFile(Path("peerloop.db")):
            migrate(database)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        database.dispose()
    finally:
        os.umask(before)
    assert modes == {f"peerloop.db{name}": 0o600 for name in BESIDE}


def test_only_a_migration_makes_a_file(folder: Path) -> None:
    """Or a database that was moved away while in use would be an empty one before long."""
    database = Database(URL)
    with pytest.raises(DatabaseUnusable, match="unable to open"):
        current_revision(database)
    database.dispose()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", BESIDE)
def test_a_file_that_belongs_to_somebody_else_is_named(folder: Path, name: str) -> None:
    with as_nobody():
        made()
        each = folder / f"peerloop.db{name}"
        each.touch()
        each.chmod(0o444)
        with pytest.raises(DatabaseUnusable, match=f"may not read and write {each}") as told:
            made()
    assert "user " in str(told.value)
    assert str(told.value).endswith(".")


def test_a_folder_that_belongs_to_somebody_else_is_named(folder: Path) -> None:
    with as_nobody():
        made()
        folder.chmod(0o555)
        with pytest.raises(DatabaseUnusable, match=f"may not make files in its folder, {folder}"):
            made()


@pytest.mark.parametrize(
    ("database", "words"),
    [("no/such/peerloop.db", "there is no folder"), ("folder", "is a folder")],
)
def test_a_place_that_cannot_be_one_is_told(folder: Path, database: str, words: str) -> None:
    (folder / "folder").mkdir()
    assert words in str(obstacle(Path(database)))


def test_nothing_is_in_the_way_of_a_new_database() -> None:
    assert obstacle(Path("peerloop.db")) is None
