"""What is the matter with a database: whether it is at fault at all, and in which words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoneFree

from bot.domain.refusals import Busy
from storage.database import DatabaseUnusable

OUR_OWN_FAULT = "SQLITE_ERROR"
"""A statement that cannot be; whatever else SQLite complains of, the statement is not to blame."""

SERVER_STATES = ("08", "28", "3D", "53", "55", "57", "58", "25006")
"""Beginnings of PostgreSQL's codes: of the connection, the server, what it is short of, and of a
server that lets nobody write. Other codes are about the statement."""

ADVICE = {
    "SQLITE_CORRUPT": "Put back a copy of the file, or name another one in DATABASE_URL.",
    "SQLITE_NOTADB": "Put back a copy of the file, or name another one in DATABASE_URL.",
    "SQLITE_READONLY": "Check that the file and its folder may be written to.",
    "SQLITE_FULL": "Make room on its disk.",
    "SQLITE_IOERR": "Check its disk.",
}


def is_away(error: BaseException) -> bool:
    """Whether the database is at fault: then the same may well work later."""
    if isinstance(error, Busy | NoneFree | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    name = getattr(error.orig, "sqlite_errorname", None)
    if name:
        return str(name) != OUR_OWN_FAULT and not str(name).startswith("SQLITE_CONSTRAINT")
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state).startswith(SERVER_STATES)
    return error.connection_invalidated or type(error).__name__ == "OperationalError"


def reason(error: BaseException) -> str:
    """What the driver says of it, in one line and without the statement."""
    if isinstance(error, Busy):
        return "it is busy"
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
    return said[0].strip(" .:?") if said else type(error).__name__


@contextmanager
def usable() -> Iterator[None]:
    """A wrong address, a server that is away, a broken file inside is told as DatabaseUnusable."""
    try:
        yield
    except DBAPIError as error:
        raise DatabaseUnusable(
            f"The database cannot be used: {reason(error)}. Nothing was changed. {_advice(error)}"
        ) from error


def _advice(error: DBAPIError) -> str:
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    given = (words for kind, words in ADVICE.items() if name.startswith(kind))
    return next(given, "Check DATABASE_URL.")
