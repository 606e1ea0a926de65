"""A whole bot whose database goes away: what its log says, and that it goes on afterwards."""

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from sqlalchemy import make_url

from bot.config import Settings
from sandbox.server import LocalSlack
from tests import databases
from tests.localslack import Json
from tests.programs import against, process

OUTAGE_SECONDS = 5


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(held=False) as local:
        yield local


class Log:
    """Reads along with what a process writes."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self.lines: list[str] = []
        self._running = running
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._running.stderr
        self.lines.extend(self._running.stderr)

    def wait_for(self, words: str, seconds: float = 30) -> Json:
        until = monotonic() + seconds
        while not (found := [line for line in list(self.lines) if words in line]):
            assert monotonic() < until, self.lines
            sleep(0.02)
        return dict(json.loads(found[0]))

    def end(self) -> list[Json]:
        self._running.send_signal(signal.SIGTERM)
        assert self._running.wait(25) == 0
        self._reader.join()
        return [json.loads(line) for line in self.lines]


@contextmanager
def closed(url: str) -> Iterator[None]:
    """Meanwhile the server lets nobody in, and whoever was in is put out."""
    name = make_url(url).database
    server = make_url(databases.SERVER).set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:

        def let_in(yes: bool) -> None:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {yes}".encode())

        let_in(False)
        try:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            yield
        finally:
            let_in(True)


@pytest.mark.postgres
def test_an_outage_is_two_lines_and_no_traceback(slack: LocalSlack, postgres_url: str) -> None:
    environment = against(slack, DATABASE_URL=postgres_url, TICK_SECONDS="0.1")
    with process(environment) as running:
        log = Log(running)
        log.wait_for('"started"')
        with closed(postgres_url):
            log.wait_for("the database does not answer")
            sleep(OUTAGE_SECONDS)
        log.wait_for("the database answers again")
        lines = log.end()
    loud = [line["event"] for line in lines if line["level"] in {"warning", "error"}]
    assert loud == ["the database does not answer", "the database answers again"]
    assert not [line for line in lines if "exception" in line]


def test_a_file_that_is_deleted_under_a_running_bot_is_told_once(slack: LocalSlack) -> None:
    with process(against(slack, TICK_SECONDS="0.1")) as running:
        log = Log(running)
        log.wait_for('"started"')
        for file in Path.cwd().glob("peerloop.db*"):
            file.unlink()
        log.wait_for("the database file is gone")
        sleep(2)
        lines = log.end()
    loud = [line["event"] for line in lines if line["level"] in {"warning", "error"}]
    gone, *more = sorted(loud, reverse=True)
    assert gone.startswith("the database file is gone")
    assert more in ([], ["the database does not answer"]), "new connections find no file"
    assert list(Path.cwd().iterdir()) == [], "an empty one would look as if nothing had happened"
