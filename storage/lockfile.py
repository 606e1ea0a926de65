"""SQLite belongs to one process: a lock on a file beside the database says which."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from storage.database import DatabaseUnusable
from storage.files import real


class AnotherProcess(Exception):
    """Somebody else works with this database file."""


class LockFile:
    """Held from `take` until `release`, or until the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        file = real(database)  # by another name it would be another lock
        self.path = file.with_name(file.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises AnotherProcess if it is held, DatabaseUnusable where no file can be."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise AnotherProcess(
                f"Another Peerloop process works with this database ({self.path.name} is locked). "
                "Stop that one first; for several processes use PostgreSQL."
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, b"%d\n" % os.getpid())  # for `holder`; what counts is the lock
        self._descriptor = descriptor

    def holder(self) -> int | None:
        """The process that holds it, as far as can be told without trying to take it."""
        try:
            process = int(self.path.read_text(encoding="ascii"))
            if process <= 0:  # these would mean groups of processes
                return None
            os.kill(process, 0)
        except PermissionError:  # not ours to signal, but it is there
            return process
        except (OSError, ValueError, OverflowError):
            return None
        return process if self._is_open_in(process) else None

    def _is_open_in(self, process: int) -> bool:
        """After a crash its number may have become somebody else's; Linux lets us find out."""
        try:
            links = list(Path(f"/proc/{process}/fd").iterdir())
            return any(link.exists() and link.samefile(self.path) for link in links)
        except OSError:
            return True

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DatabaseUnusable(
                f"The database cannot be used: {self.path} cannot be opened ({error.strerror}). "
                "Check DATABASE_URL, and that its folder is there and may be written to."
            ) from error

    def release(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.ftruncate(descriptor, 0)
            os.close(descriptor)

    def __enter__(self) -> "LockFile":
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()
