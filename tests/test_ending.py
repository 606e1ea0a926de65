"""A process that is asked to end does so in time, whatever holds it up."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from sqlalchemy import make_url

from bot.config import Settings
from sandbox.server import LocalSlack
from storage.schema import MIGRATION_LOCK
from tests.localslack import SlackView
from tests.programs import against, process, wait_for

HELD_UP = """
import threading
from time import sleep
from bot import ending, logs

logs.configure("INFO", "json")
ending.end_within(0.1)
threading.Thread(target=sleep, args=(60,), name="stubborn").start()
"""
READY = "from bot import ending; ending.end_within(60)"
OUT_OF_REACH = """
import hashlib, os, signal, threading
from bot import ending, logs

logs.configure("INFO", "json")
ending.SECONDS = 0.1
with ending.asked_to_end():
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2**30)
"""
UNREAD = """
import os
from bot import ending, logs

logs.configure("INFO", "json")
reads, writes = os.pipe()
os.set_blocking(writes, False)
try:
    while os.write(writes, b"x" * 4096):
        pass
except BlockingIOError:
    os.set_blocking(writes, True)
os.dup2(writes, 2)
ending.end_within(0.1)
__import__("time").sleep(60)
"""
HURRIED = "from bot import ending; ending.SECONDS = {seconds}"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def slack() -> Iterator[SlackView]:
    with LocalSlack(held=False) as slack:
        yield SlackView(slack.url)


def ended(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    give_up = monotonic() + seconds
    while not holds():
        assert monotonic() < give_up, "it did not come to that"
        sleep(0.02)


def last_line(running: "subprocess.Popen[str]") -> dict[str, object]:
    assert running.stderr
    return dict(json.loads(running.stderr.read().splitlines()[-1]))


@pytest.mark.parametrize(("script", "busy"), [(HELD_UP, "stubborn"), (OUT_OF_REACH, "ear")])
def test_what_takes_too_long_is_cut_off_and_named(script: str, busy: str) -> None:
    told = ended(script)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    said = json.loads(line)
    assert said["level"] == "error"
    assert busy in said["busy"]


def test_a_log_that_nobody_reads_does_not_hold_it_up() -> None:
    assert ended(UNREAD).returncode == 1


def test_who_is_ready_does_not_wait() -> None:
    told = ended(READY)
    assert (told.returncode, told.stderr) == (0, "")


def test_who_is_asked_while_it_starts_does_not_start(slack: SlackView) -> None:
    slack.control("fault", method="auth.test", kind="slow", delay=2)
    with process(against(slack)) as running:
        until(lambda: slack.calls("auth.test"))
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        assert running.stderr
        assert running.stderr.read() == ""
    assert not slack.calls("apps.connections.open")


@pytest.mark.postgres
def test_a_start_that_waits_for_another_migration_ends_in_time(
    slack: SlackView, postgres_url: str
) -> None:
    address = make_url(postgres_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        environment = against(slack, DATABASE_URL=postgres_url)
        with process(environment, first=HURRIED.format(seconds=1)) as running:
            until(lambda: other.execute(waiting).fetchall())
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 1
            assert last_line(running)["level"] == "error"


def test_a_call_that_hangs_is_cut_off_and_its_thread_named(slack: SlackView) -> None:
    """The command as operators run it, in the time that it really has."""
    slack.control("fault", method="views.publish", kind="slow", delay=60)
    with process(against(slack, SEND_DEADLINE_SECONDS="60")) as running:
        wait_for(running, '"started"')
        slack.control("home", user="cy")
        until(lambda: slack.calls("views.publish"))
        begun = monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 1
        assert monotonic() - begun < 25
        said = last_line(running)
    assert said["event"] == "ended with work in hand; it is found again at the next start"
    assert "delivery-" in str(said["busy"])


def test_a_story_that_is_being_played_can_be_left(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with process({"SANDBOX_PORT": "0", "TMPDIR": str(tmp_path)}, "sandbox") as running:
        until(lambda: list(tmp_path.glob("peerloop-*/peerloop.db")))
        sleep(1)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        assert running.stderr
        assert running.stderr.read() == ""
    assert capfd.readouterr().out == "", "it had come to its end"
    assert list(tmp_path.iterdir()) == []
