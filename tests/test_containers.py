"""What the containers run, run outside of one: only the data folder can be written to."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.slack.guard import SIGNATURE, STAMP
from sandbox.http_delivery import SIGNING_SECRET, sign
from sandbox.server import LocalSlack
from tests.read_only import HOOK
from tests.rules.containers import Instruction, build, image, image_environment, last, services
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

    def set(self, **values: str) -> None:
        self._environment |= values

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
    container.set(WRITABLE=READ_ONLY_HOME)
    told = container.command()
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


def test_health_is_asked_without_a_detour_and_on_the_port_of_the_settings(
    tmp_path: Path, slack: LocalSlack
) -> None:
    container = Container(tmp_path, slack, "compose.yml", "peerloop")
    container.secrets(slack_bot_token="xoxb-sandbox", slack_app_token="xapp-sandbox")
    with container.running():
        container.set(HTTP_PROXY="http://127.0.0.1:1", http_proxy="http://127.0.0.1:1", PORT="")
        container.data.joinpath(".env").write_text(f"port={container.port}\n")
        assert container.health().returncode == 0
        container.data.joinpath(".env").write_text("PORT=no\n")
        told = container.health()
        assert (told.returncode, told.stderr.count("\n")) == (1, 1)
        assert "PORT" in told.stderr


class Build:
    """The commands of the Containerfile, below a folder; only what would be fetched is lent."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "src").mkdir()

    def follow(self, instruction: Instruction) -> None:
        if instruction.name == "COPY" and "--from=" not in instruction.text:
            for name in instruction.words[:-1]:
                self._copy(name)
        elif instruction.name == "RUN":
            self._run(instruction.words)

    def _copy(self, name: str) -> None:
        source, target = ROOT / name, self.root / "src" / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)

    def _run(self, words: list[str]) -> None:
        if "--require-hashes" in words:
            if "requirements-build.lock" in words:
                (packages,) = (self.root / "opt/build/lib").glob("python*/site-packages")
                packages.joinpath("lent.pth").write_text(sysconfig.get_path("purelib"))
            return
        here = [f"{self.root}{word}" if word.startswith("/") else word for word in words]
        if os.getuid():  # only root gives things away
            here = [str(os.getuid()) if word == "10001" else word for word in here]
        program = {"python": sys.executable}.get(here[0], here[0])
        subprocess.run([program, *here[1:]], cwd=self.root / "src", check=True, timeout=120)


def test_the_commands_of_the_build_make_what_is_needed_to_run(tmp_path: Path) -> None:
    made = Build(tmp_path)
    for instruction in (*build(), *image()):
        made.follow(instruction)
    (wheel,) = tmp_path.glob("src/dist/peerloop-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"bot/manifest.yml", "bot/healthy.py", "sandbox/company.yml"} <= set(names)
    for package in ("bot", "storage", "sandbox"):
        files = [p for p in (ROOT / package).rglob("*") if p.is_file() and p.suffix != ".pyc"]
        assert {p.relative_to(ROOT).as_posix() for p in files} <= set(names)
    told = subprocess.run(
        [tmp_path / "opt/peerloop/bin/peerloop", "doctor"],
        cwd=tmp_path / "data",
        env={"PYTHONPATH": sysconfig.get_path("purelib"), "SLACK_BOT_TOKEN": "xoxb-1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 2, told.stderr
    assert "SLACK_SIGNING_SECRET" in told.stderr
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    (packages,) = (tmp_path / "opt/peerloop/lib").glob("python*/site-packages")
    assert not list(packages.glob("hatchling*")), "what builds it stays behind"


def test_what_runs_these_tests_is_what_the_lock_names() -> None:
    """Pip would have to install nothing else; of the hashes this says nothing."""
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
