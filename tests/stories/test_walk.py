"""The walk in docs/sandbox.md, line by line as a newcomer would type it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
SHELL = re.compile(r"```sh\n(S=.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """`peerloop sandbox` as a process of its own, from `ready` to Ctrl-C."""
    free = _free_port()
    command = [sys.executable, "-m", "bot", "sandbox", "--empty", "--port", str(free)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().decode() == f"ready: http://127.0.0.1:{free}\n"
        yield free
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert b"Traceback" not in process.stderr.read()


def test_the_walk_goes_through_all_flows(port: int) -> None:
    answers = _run(SHELL.findall(DOC)[0], port)

    for words in (
        "<@U_ADA> lists postgres among their topics",
        "Why you: you list postgres among your topics",
        "I am opening a conversation for you and <@U_CY>.",
        "<@U_ADA>, thank you: <@U_CY> has what they needed.",
        "&gt; That saved my week.",
        "and took away, in <#C_DATA>:",
        "&gt; ANALYZE after a bulk load.",
        "I have noted that you learned something from <@U_CY>",
        "You learned something from <@U_ADA>.",
        "learned from colleagues not yet, they learned from you twice",
        "The learning leads: <@U_EVE>",
        "Please give a whole number from 0 to 50",
        "1 of at most 5",
        "<@U_ADA> for <@U_CY>: postgres;",
        "To be introduced now: one pair.",
        "<@U_ADA> is the mentor, <@U_CY> the mentee.",
        "<#C_PEOPLE>, every Monday at 09:30 (Europe/London).",
        "Your answer appears in this thread without your name",
        "&gt; How much the new ones know.",
        "Paused.",
        "<@U_ADA> is your mentor since",
    ):
        assert words in answers, words
    assert '"ok":false' not in answers.replace(" ", "")


def test_a_prompt_keeps_its_time_on_the_wall_when_the_clocks_change(port: int) -> None:
    answers = _run(SHELL.findall(DOC)[1], port)

    posted = [
        datetime.fromtimestamp(float(message["ts"]), ZoneInfo("America/New_York"))
        for message in _said_last(answers)
        if "Half past two?" in message["text"]
    ]
    skipped = [at for at in posted if at.hour == 3]
    assert [(at.hour, at.minute) for at in posted if at not in skipped] == [(2, 30), (2, 30)]
    assert [(at.month, at.isoweekday(), at.minute) for at in skipped] == [(3, 7, 30)]


def test_beyond_it_a_silent_peer_and_a_broken_call_lose_nothing(port: int) -> None:
    answers = _run(SHELL.findall(DOC)[2], port)

    assert "has not had a moment to answer" in answers
    assert '"method":"conversations.history"' in answers.replace(" ", "")
    assert '"ok":false,"error"' not in answers.replace(" ", "").split('"entries"')[0]


def _said_last(answers: str) -> list[dict[str, Any]]:
    """The messages that the last of the answers shows."""
    documents, decoder, rest = [], json.JSONDecoder(), answers.strip()
    while rest:
        document, end = decoder.raw_decode(rest)
        documents.append(document)
        rest = rest[end:].strip()
    return list(documents[-1]["messages"])


def _run(lines: str, port: int) -> str:
    if not _has_curl():
        assert "CI" not in os.environ, "CI needs curl: the walk is made of it"
        pytest.skip("curl is not installed, and the walk is made of it")
    script = lines.replace("127.0.0.1:8765", f"127.0.0.1:{port}")
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["bash", "-euc", script], capture_output=True, check=True, env=environment, timeout=120
    )
    return done.stdout.decode()


def _has_curl() -> bool:
    return subprocess.run(["which", "curl"], capture_output=True, check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
