"""What the containers run, run outside of one: only the data folder can be written to."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.slack.guard import SIGNATURE, STAMP
from sandbox.http_delivery import SIGNING_SECRET, sign
from sandbox.server import LocalSlack
from tests.read_only import HOOK
from tests.rules.containers import copied, image_environment, last, services
from tests.rules.source import ROOT
from tests.sandbox.hands import send
from tests.slack.hostile import now

BIN = Path(sys.executable).parent
READ_ONLY_HOME = "/nonexistent"


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(held=False) as slack:
        yield slack


class Container:
    """A service of a compose file, as near as a plain process comes to it."""

    def __init__(self, folder: Path, slack: LocalSlack, file: str, service: str) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self._service = services(file)[service]
        self._environment = {
            **image_environment(),
            "PATH": f"{BIN}:/usr/bin:/bin",
            "HOME": READ_ONLY_HOME,
            "SLACK_API_URL": f"{slack.url}/api/",
            "PORT": str(self.port),
            "PYTHONPATH": str(folder / "hook"),
            "WRITABLE": str(self.data),
        }
        self.data.mkdir(exist_ok=True)
        (folder / "hook").mkdir(exist_ok=True)
        (folder / "hook/sitecustomize.py").write_text(HOOK)
        self._folder = folder

    def secrets(self, **values: str) -> None:
        """The files of /run/secrets, and the settings that name them."""
        for name, value in values.items():
            file = self._folder / name
            file.write_text(f"{value}\n")
            assert self._service["environment"][f"{name.upper()}_FILE"] == f"/run/secrets/{name}"
            self._environment[f"{name.upper()}_FILE"] = str(file)

    def command(self) -> subprocess.CompletedProcess[str]:
        """Its command, until it ends."""
        return self._run([*last("ENTRYPOINT").words, *self._service["command"]])

    def health(self) -> subprocess.CompletedProcess[str]:
        return self._run(self._service["healthcheck"]["test"][1:])

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which(words[0], path=self._environment["PATH"]) or words[0], *words[1:]],
            cwd=self.data,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self) -> Iterator["Container"]:
        """Its command, from when it has started until it was asked to stop."""
        words = [str(BIN / last("ENTRYPOINT").words[0]), *self._service["command"]]
        with subprocess.Popen(
            words, cwd=self.data, env=self._environment, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stderr
                log = []
                for line in process.stderr:
                    log.append(line)
                    if '"started"' in line:
                        break
                assert process.poll() is None, log
                yield self
                process.send_signal(getattr(signal, last("STOPSIGNAL").text))
                assert process.wait(20) == 0
                assert "Traceback" not in "".join(log) + process.stderr.read()
            finally:
                process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_f70_one_process_with_sqlite_writes_to_its_volume_only(
    tmp_path: Path, slack: LocalSlack
) -> None:
    container = Container(tmp_path, slack, "compose.yml", "peerloop")
    container.secrets(slack_bot_token="xoxb-sandbox", slack_app_token="xapp-sandbox")
    assert container.health().returncode == 1
    with container.running():
        assert container.health().returncode == 0
    files = {path.name for path in container.data.iterdir()}
    assert "peerloop.db" in files
    assert all(name.startswith("peerloop.db") for name in files)


def test_f70_replicas_on_postgres_write_nothing_at_all(
    tmp_path: Path, slack: LocalSlack, postgres_url: str
) -> None:
    migration = Container(tmp_path, slack, "compose.postgres.yml", "migrate")
    migration.secrets(database_url=postgres_url)
    migrated = migration.command()
    assert migrated.returncode == 0, migrated.stderr

    replica = Container(tmp_path, slack, "compose.postgres.yml", "peerloop")
    replica.secrets(
        database_url=postgres_url,
        slack_bot_token="xoxb-sandbox",
        slack_signing_secret=SIGNING_SECRET,
    )
    with replica.running():
        assert replica.health().returncode == 0
        body, stamp = b'{"type": "url_verification", "challenge": "abc"}', now()
        headers = {STAMP: stamp, SIGNATURE: sign(body, stamp), "content-type": "application/json"}
        answer = send(f"http://127.0.0.1:{replica.port}/slack/events", body, headers)
        assert answer.json == {"challenge": "abc"}
    assert list(replica.data.iterdir()) == []


def test_a_file_system_that_is_read_only_is_noticed(tmp_path: Path, slack: LocalSlack) -> None:
    container = Container(tmp_path, slack, "compose.yml", "peerloop")
    container.secrets(slack_bot_token="xoxb-sandbox", slack_app_token="xapp-sandbox")
    container._environment["WRITABLE"] = READ_ONLY_HOME
    told = container.command()
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


def test_what_is_copied_is_enough_to_build_and_to_run(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    for name in copied():
        path = ROOT / name
        if path.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(path, source / name, ignore=ignored)
        else:
            shutil.copy(path, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "."]
    subprocess.run([*wheel, "-w", str(tmp_path)], cwd=source, check=True, timeout=60)
    (built,) = tmp_path.glob("peerloop-*.whl")
    names = zipfile.ZipFile(built).namelist()
    assert {"bot/manifest.yml", "bot/healthy.py", "sandbox/company.yml"} <= set(names)
    for package in ("bot", "storage", "sandbox"):
        files = [p for p in (ROOT / package).rglob("*") if p.is_file() and p.suffix != ".pyc"]
        assert {p.relative_to(ROOT).as_posix() for p in files} <= set(names)


def test_the_lock_can_be_installed_by_hash() -> None:
    """Nothing is fetched: what is asked for is there already, at the same versions."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    install = ["install", "--dry-run", "--no-index", "--no-deps", "--require-hashes"]
    told = subprocess.run(
        [*pip, *install, "-r", "requirements.lock"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr.decode()
    assert b"Would install" not in told.stdout
