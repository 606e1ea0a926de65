"""A PostgreSQL server of a test's own, to be shut down without notice; never the shared one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory

import pytest

from storage.database import Database
from storage.schema import migrate
from tests import databases
from tests.nobody import NOBODY

SETTINGS = "-c fsync=off -c listen_addresses=127.0.0.1"


class OwnServer:
    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"
        self._run(
            "initdb", "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"
        )

    def start(self) -> None:
        self._control("start")

    def crash_and_restart(self) -> None:
        """Nobody is waited for, and what was not committed is gone."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def _control(self, what: str, *how: str) -> None:
        log, options = self._folder / "log", f"{SETTINGS} -p {self._port} -k {self._folder}"
        self._run("pg_ctl", what, *how, "-w", "-l", str(log), "-o", options)

    def _run(self, program: str, *arguments: str) -> None:
        """As an ordinary user: PostgreSQL refuses to run as root."""
        user = NOBODY if os.geteuid() == 0 else None
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        subprocess.run(
            command, user=user, cwd=self._folder, check=True, stdout=subprocess.DEVNULL, timeout=120
        )


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Running, and migrated. Skips where PostgreSQL's programs are not installed."""
    programs = _programs()
    with TemporaryDirectory(prefix="own-server-", dir=databases.fast_folder()) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        server = OwnServer(programs, folder)
        server.start()
        try:
            database = Database(server.url)
            migrate(database)
            database.dispose()
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.skip("PostgreSQL's own programs (initdb, pg_ctl) are not installed")
