"""The files of a SQLite database: closed to others, and looked at before they are used."""

import os
import pwd
from pathlib import Path

BESIDE = ("", "-wal", "-shm", ".lock")
"""SQLite's own and our lock lie beside the database, under its name."""


def real(database: Path) -> Path:
    """Where the file is itself: by whatever name it is opened, it is one database."""
    return Path(os.path.realpath(database))


def make(database: Path) -> None:
    """An empty file where there is none: SQLite would let everybody read one it makes itself.

    What SQLite keeps beside it gets the same mode.
    """
    os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))


def obstacle(database: Path) -> str | None:
    """Why this user cannot work with the database, in a sentence; None if nothing is in the way."""
    file = real(database)
    if not file.parent.is_dir():
        return f"{_cannot(database)}: there is no folder {file.parent}. Check DATABASE_URL."
    for name in BESIDE:
        each = file.with_name(file.name + name)
        if each.is_dir():
            return f"{_cannot(database)}: {each} is a folder. Check DATABASE_URL."
        if each.exists() and not _may(each, os.R_OK | os.W_OK):
            return f"{_cannot(database)}: {user()} may not read and write {each}."
    if not _may(file.parent, os.R_OK | os.W_OK | os.X_OK):
        return f"{_cannot(database)}: {user()} may not make files in its folder, {file.parent}."
    return None


def user() -> str:
    """As whom we run, by number and name: that is whom a file must be readable for."""
    number = os.geteuid()
    try:
        return f"user {number} ({pwd.getpwuid(number).pw_name})"
    except KeyError:
        return f"user {number}"


def _may(path: Path, how: int) -> bool:
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)


def _cannot(database: Path) -> str:
    return f"The database {database.name} cannot be used"
