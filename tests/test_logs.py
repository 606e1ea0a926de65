"""What becomes of an error in the log: where it was and of what kind, never its words."""

import json
import sqlite3
import subprocess
import sys

import pytest

from bot.logs import without_values

THREADS = """
import threading, logging
from bot import logs

logs.configure("INFO", "json")
logs.tell_of_threads()

def fail(): raise ValueError("canary")

thread = threading.Thread(target=fail, name="reader")
thread.start()
thread.join()
try:
    fail()
except ValueError:
    logging.getLogger("apscheduler").exception("a library")
thread = threading.Thread(target=exit)
thread.start()
thread.join()
"""


def told(error: BaseException) -> str:
    return without_values((type(error), error, error.__traceback__))


def test_a_thread_that_dies_and_a_library_are_logged_like_ourselves() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", THREADS], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [(line["event"], line.get("thread")) for line in lines] == [
        ("a thread died", "reader"),
        ("a library", None),
    ]
    assert all(line["exception"].endswith("builtins.ValueError") for line in lines)
    assert "canary" not in ran.stderr


def test_a_code_of_the_system_or_the_database_is_told() -> None:
    assert told(FileNotFoundError(2, "canary")) == "builtins.FileNotFoundError (ENOENT)"
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect("/nowhere/at/all.db")
    assert told(raised.value).endswith("sqlite3.OperationalError (SQLITE_CANTOPEN)")


def test_errors_that_caused_each_other_in_a_circle_come_to_an_end() -> None:
    one, other = ValueError("canary"), LookupError("canary")
    one.__cause__, other.__cause__ = other, one
    assert told(one) == "builtins.LookupError\nwhich led to\nbuiltins.ValueError"


def test_what_was_to_be_hidden_stays_hidden() -> None:
    one = ValueError("canary")
    one.__context__ = LookupError("canary")
    one.__suppress_context__ = True
    assert told(one) == "builtins.ValueError"
