"""What an operator does to the database: bring it up to date, copy it, put it back, move it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.clock import wall_clock
from storage import backup
from storage.backup import BackupUnusable, Contents
from storage.database import Database
from storage.lockfile import LockFile
from storage.moving import move
from storage.put_back import put_back
from storage.schema import migrate


def bring_up(database: Database) -> str:
    """Bring it to the schema of this version."""
    with _ours(database):
        changed = migrate(database)
    state = "is up to date now" if changed else "was up to date already"
    return f"The database {_name(database)} {state}."


def move_to(source: Database, target: Database) -> str:
    """Move everything, rows that wait to be sent too."""
    with _ours(source, target):
        rows = move(source, target)
    return (
        f"Everything was moved from {_name(source)} to {_name(target)}: {_counted(rows)}. "
        f"Set DATABASE_URL to {_name(target)} now; {_name(source)} refuses to serve from now on."
    )


def back_up(database: Database, file: Path | None) -> str:
    """Copy it into one file, whoever works with it meanwhile. Raises BackupUnusable."""
    if database.file is None:
        raise BackupUnusable(
            "The database is PostgreSQL, which has a tool of its own for this: "
            f"{_dump(database)}. It asks for the password, or takes it from ~/.pgpass."
        )
    now = wall_clock()
    target = file or database.file.with_name(f"{database.file.stem}-{now:%Y%m%dT%H%M%SZ}.backup")
    contents = backup.back_up(database.file, target, now)
    return f"{target} holds {_described(contents)}."


def look_through(file: Path | None) -> str:
    """Whether a backup could be put back. Raises BackupUnusable."""
    if file is None:
        raise BackupUnusable("Name the backup to look through: peerloop restore FILE --verify.")
    return f"{file} is whole and can be put back: {_described(backup.look_through(file))}."


def restore(database: Database, file: Path | None) -> str:
    """Put a backup back; or, without one, only take note that somebody else did."""
    with _ours(database):
        if file is None:
            migrate(database)
            in_doubt = put_back(database, wall_clock())
            return f"Noted that {_name(database)} was put back. {_careful(in_doubt)}"
        if database.file is None:
            raise BackupUnusable(
                "The database is PostgreSQL: stop Peerloop, put its dump back by pg_restore, and "
                "run peerloop restore without a file, so that nothing is said again."
            )
        done = backup.restore(file, database.file, wall_clock())
    kept = f" What was there until now is {done.kept}." if done.kept else ""
    words = f"{file} was put back as {database.file}: {_described(done.contents)}."
    return f"{words}{kept} {_careful(done.in_doubt)}"


@contextmanager
def _ours(*databases: Database) -> Iterator[None]:
    """While no other process works with those that are files. Raises AnotherProcess."""
    with ExitStack() as held:
        for database in databases:
            held.callback(database.dispose)
            if database.file:
                held.enter_context(LockFile(database.file))
        yield


def _name(database: Database) -> str:
    return database.file.name if database.file else str(database.url.database)


def _dump(database: Database) -> str:
    url = database.url
    where = {"host": url.host, "port": url.port, "username": url.username, "dbname": url.database}
    named = " ".join(f"--{name}={value}" for name, value in where.items() if value)
    return f"pg_dump --format=custom --file=peerloop.dump {named}"


def _described(contents: Contents) -> str:
    return f"schema {contents.revision}, {_counted(contents.rows)}"


def _counted(rows: dict[str, int]) -> str:
    found = [f"{count} {table}" for table, count in rows.items() if count]
    return f"{sum(rows.values())} rows ({', '.join(found)})" if found else "no rows"


def _careful(in_doubt: int) -> str:
    return (
        f"Deliveries that may have been sent since it was made: {in_doubt}. Each is looked for in "
        "Slack before it is sent."
    )
