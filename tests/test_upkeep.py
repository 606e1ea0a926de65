"""Backup, restore and move, as an operator types them and reads what comes of it."""

import re
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.config import Settings
from storage.database import Database
from storage.lockfile import LockFile
from storage.schema import MOVED, current_revision
from tests.storage.everything import write
from tests.storage.scene import NOW, OURS

FILE = Path("peerloop.db")


@pytest.fixture(autouse=True)
def _one_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_template: Path) -> None:
    """A folder with a database in it, and no settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    FILE.write_bytes(sqlite_template.read_bytes())
    database = Database("sqlite:///peerloop.db")
    with database.begin(OURS, NOW) as work:
        write(work)
    database.dispose()


def peerloop(*arguments: str, **environment: str) -> Any:
    return CliRunner().invoke(cli, arguments, env=environment)


def test_a_backup_is_for_nobody_elses_eyes_and_can_be_put_back() -> None:
    told = peerloop("backup", "kept.backup")
    assert told.exit_code == 0
    assert told.stdout.startswith("kept.backup holds schema 0")
    assert re.search(r" rows \(1 activity, .*[1-9] delivery, ", told.stdout)
    assert stat.S_IMODE(Path("kept.backup").stat().st_mode) == 0o600
    looked = peerloop("restore", "kept.backup", "--verify")
    assert (looked.exit_code, looked.stdout.split(":")[0]) == (
        0,
        "kept.backup is whole and can be put back",
    )
    done = peerloop("restore", "kept.backup")
    assert done.exit_code == 0
    assert "What was there until now is peerloop.db.before-" in done.stdout
    assert re.search("may have been sent since it was made: [1-9]", done.stdout)
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600
    assert [file.name for file in Path.cwd().glob("*.part*")] == []


def test_f65_a_backup_is_made_while_somebody_writes() -> None:
    """Neither waits for the other, and what is not committed is not in it."""
    database = Database("sqlite:///peerloop.db")
    with LockFile(FILE), database.begin(OURS, NOW) as work:
        work.seen.mark("event/not yet")
        work.seen.forget_old()
        assert peerloop("backup", "kept.backup").exit_code == 0
    database.dispose()
    assert "1 seen" in peerloop("restore", "kept.backup", "--verify").stdout


def test_what_is_there_is_never_written_over() -> None:
    Path("kept.backup").write_text("Dear diary")
    told = peerloop("backup", "kept.backup")
    assert (told.exit_code, told.stderr) == (
        1,
        "kept.backup is there already, and is left as it is. Name another file.\n",
    )
    assert Path("kept.backup").read_text() == "Dear diary"


def test_while_a_bot_is_running_nothing_is_put_back_or_moved() -> None:
    assert peerloop("backup", "kept.backup").exit_code == 0
    before = FILE.read_bytes()
    with LockFile(FILE):
        for arguments in (("restore", "kept.backup"), ("migrate", "--to", "sqlite:///new.db")):
            told = peerloop(*arguments)
            assert told.exit_code == 1
            assert "Another Peerloop process works with this database" in told.stderr
    assert FILE.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Dear diary, " * 500, "cannot be read as a SQLite database"),
        (None, "is damaged"),
        (b"", "is no database of Peerloop's"),
    ],
)
def test_f66_a_ruined_backup_is_refused_and_the_database_stays(
    content: bytes | None, words: str
) -> None:
    assert peerloop("backup", "kept.backup").exit_code == 0
    kept, before = Path("kept.backup"), FILE.read_bytes()
    whole = kept.read_bytes()
    ruined = whole[:8_192] + b"\xff" * 4_096 + whole[12_288:]
    kept.write_bytes(ruined if content is None else content)
    for arguments in (("--verify",), ()):
        told = peerloop("restore", "kept.backup", *arguments)
        assert told.exit_code == 1
        assert words in told.stderr
        assert "Traceback" not in told.output
    assert FILE.read_bytes() == before


def test_f66_a_ruined_database_is_refused_and_can_be_replaced() -> None:
    assert peerloop("backup", "kept.backup").exit_code == 0
    ruined = FILE.read_bytes()[:20_000]
    FILE.write_bytes(ruined)
    told = peerloop("run", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert told.exit_code == 1
    assert "The database cannot be used" in told.stderr
    assert FILE.read_bytes() == ruined
    assert peerloop("restore", "kept.backup").exit_code == 0
    [kept] = [file for file in Path.cwd().glob("*.before-*") if file.name[-1] == "Z"]
    assert kept.read_bytes() == ruined
    assert peerloop("migrate").stdout == "The database peerloop.db was up to date already.\n"


def test_a_backup_of_a_newer_version_is_refused() -> None:
    database = Database("sqlite:///peerloop.db")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.dispose()
    told = peerloop("backup", "kept.backup")
    assert told.exit_code == 1
    assert "kept.backup is at revision 9999" in told.stderr
    assert not Path("kept.backup").exists()


def test_postgresql_is_told_how_without_its_password() -> None:
    url = "postgresql://ada:hunter2@db.example.com:5433/peerloop"
    told = peerloop("backup", DATABASE_URL=url)
    assert told.exit_code == 1
    assert (
        "pg_dump --format=custom --file=peerloop.dump --host=db.example.com --port=5433 "
        "--username=ada --dbname=peerloop" in told.stderr
    )
    assert "hunter2" not in told.output
    told = peerloop("restore", "kept.backup", DATABASE_URL=url)
    assert "run peerloop restore without a file" in told.stderr


def test_a_database_that_was_put_back_by_other_means_is_made_careful() -> None:
    told = peerloop("restore")
    assert told.stdout.startswith("Noted that peerloop.db was put back. Deliveries that may have")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("restore", "none.backup"), "There is no file none.backup."),
        (("restore", "--verify"), "Name the backup to look through"),
        (("restore", "peerloop.db"), "is the database itself"),
        (("backup", "no/such/folder/x"), "cannot be written (No such file or directory)"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments: tuple[str, ...], words: str) -> None:
    told = peerloop(*arguments)
    assert told.exit_code == 1
    assert words in told.stderr
    assert "Traceback" not in told.output


def test_a_database_that_is_not_there_has_no_backup() -> None:
    told = peerloop("backup", DATABASE_URL="sqlite:///none.db")
    assert told.stderr == "There is no database none.db to copy. Check DATABASE_URL.\n"
    assert not Path("none.db").exists()


def test_all_is_moved_and_the_old_file_says_where_to_look() -> None:
    told = peerloop("migrate", MIGRATE_TO="sqlite:///new.db")
    assert told.exit_code == 0
    assert told.stdout.startswith("Everything was moved from peerloop.db to new.db: ")
    assert "Set DATABASE_URL to new.db now" in told.stdout
    database = Database("sqlite:///peerloop.db")
    assert current_revision(database) == MOVED
    database.dispose()
    again = peerloop("migrate")
    assert again.exit_code == 1
    assert "were moved to another one" in again.stderr
    assert (
        peerloop("migrate", DATABASE_URL="sqlite:///new.db").stdout
        == "The database new.db was up to date already.\n"
    )
