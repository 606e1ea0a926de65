"""A process that is asked to end does so in time, whatever holds it up."""

import json
import subprocess
import sys

HELD_UP = """
import threading
from time import sleep
from bot import ending, logs

logs.configure("INFO", "json")
ending.end_within(0.1)
threading.Thread(target=sleep, args=(60,), name="stubborn").start()
"""
READY = "from bot import ending; ending.end_within(60)"


def ended(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )


def test_what_takes_too_long_is_cut_off_and_named() -> None:
    told = ended(HELD_UP)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    said = json.loads(line)
    assert said["level"] == "error"
    assert "stubborn" in said["busy"]


def test_who_is_ready_does_not_wait() -> None:
    told = ended(READY)
    assert (told.returncode, told.stderr) == (0, "")
