"""Copies of a SQLite database: made while it is in use, looked through, and put back."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from storage.database import Database, DatabaseUnusable
from storage.put_back import put_back
from storage.schema import is_known, migrate

WAIT_SECONDS = 10
BESIDE = ("", "-wal", "-shm")
"""What belongs to a database that is in use."""


class BackupUnusable(Exception):
    """A backup cannot be made, read or put back; the message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: the revision of its schema, and how many rows by table."""

    revision: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, how many deliveries are looked for first, and where the old file is."""

    contents: Contents
    in_doubt: int
    kept: Path | None


def back_up(source: Path, target: Path, now: datetime) -> Contents:
    """Copy the database as it stands, whoever writes to it meanwhile. Raises BackupUnusable."""
    if not source.exists():
        raise BackupUnusable(f"There is no database {source} to copy. Check DATABASE_URL.")
    if target.exists():
        raise BackupUnusable(f"{target} is there already, and is left as it is. Name another file.")
    with _in_its_place(target) as part:
        _copy(source, part)
        _stamp(part, now)
        return look_through(part, name=target)


def look_through(file: Path, *, name: Path | None = None) -> Contents:
    """Whether every page can be read and the schema is known. Raises BackupUnusable."""
    name = name or file
    if not file.is_file():
        raise BackupUnusable(f"There is no file {name}.")
    try:
        with closing(_reading(file)) as connection:
            _check(connection, name)
            return Contents(_revision(connection, name), _rows(connection))
    except sqlite3.Error as error:
        raise BackupUnusable(f"{name} cannot be read as a SQLite database: {error}.") from error


def restore(source: Path, database: Path, now: datetime) -> Restored:
    """Put a backup into the place of `database`, whose lock is held. Raises BackupUnusable.

    What is there stays beside it under another name; nothing is touched before all has gone well.
    """
    if source.exists() and database.exists() and source.samefile(database):
        raise BackupUnusable(f"{source} is the database itself. Name a backup of it.")
    contents = look_through(source)
    with _in_its_place(database) as part:
        _copy(source, part)
        in_doubt = _made_ready(part, now)
        kept = _keep(database, f"{now:%Y%m%dT%H%M%SZ}")
    return Restored(contents, in_doubt, kept)


@contextmanager
def _in_its_place(target: Path) -> Iterator[Path]:
    """A file to write to, for nobody else's eyes; at the end it is the target, or it is gone."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        raise BackupUnusable(f"{target} cannot be written ({error.strerror}).") from error
    except sqlite3.Error as error:
        raise BackupUnusable(f"{target} cannot be made: {error}.") from error
    finally:
        for end in BESIDE:
            part.with_name(part.name + end).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """By SQLite's own means: what still lies in the log beside the file is part of it."""
    with closing(_reading(source)) as old, closing(_writing(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _stamp(file: Path, now: datetime) -> None:
    """So that it is known for a backup even where it is only copied back."""
    with closing(_writing(file)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(tenant)")}
        if "lost_from" in columns:
            instant = f"{now:%Y-%m-%d %H:%M:%S.%f}"
            connection.execute("UPDATE tenant SET lost_from = ?, lost_until = NULL", (instant,))
            connection.commit()


def _made_ready(file: Path, now: datetime) -> int:
    database = Database(make_url("sqlite://").set(database=str(file)).render_as_string())
    try:
        migrate(database)
        in_doubt = put_back(database, now)
    except DatabaseUnusable as error:
        raise BackupUnusable(f"The backup cannot be brought up to date: {error}") from error
    finally:
        database.dispose()
    with closing(_writing(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return in_doubt


def _keep(database: Path, stamp: str) -> Path | None:
    """What was there until now, with all that belongs to it; nothing of it stays in the way."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.name}.before-{stamp}")
    for end in BESIDE:
        if (old := database.with_name(database.name + end)).exists():
            shutil.copy2(old, kept.with_name(kept.name + end))
    with suppress(sqlite3.Error), closing(_writing(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # dying below this line loses nothing
    for end in BESIDE[1:]:
        database.with_name(database.name + end).unlink(missing_ok=True)
    return kept


def _check(connection: sqlite3.Connection, name: Path) -> None:
    [(found,), *_] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != "ok":
        where = " ".join(str(found).split())
        raise BackupUnusable(f"{name} is damaged ({where}). Nothing was changed.")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupUnusable(f"{name} has rows that belong to none. Nothing was changed.")


def _revision(connection: sqlite3.Connection, name: Path) -> str:
    known = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.execute(known).fetchone():
        raise BackupUnusable(f"{name} is no database of Peerloop's. Nothing was changed.")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = str(found[0]) if found else "none"
    if not is_known(revision):
        raise BackupUnusable(
            f"{name} is at revision {revision}, which this version of Peerloop does not know. "
            "Upgrade Peerloop, or take another backup. Nothing was changed."
        )
    return revision


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(name for (name,) in connection.execute(listed) if name != "alembic_version")
    counts = {name: f'SELECT count(*) FROM "{name}"' for name in names}
    return {name: connection.execute(count).fetchone()[0] for name, count in counts.items()}


def _reading(file: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(file.absolute()))}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)


def _writing(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=WAIT_SECONDS)
