"""Pairs are made in a child: the same pairs, no secrets, and a plain sentence when it fails."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from bot.domain.ids import Topic, UserId
from bot.domain.matching import Member, Pool, Role, propose
from bot.jobs.matchmaker import INHERITED, MatchmakerFailed, Stopping, propose_in_child

SQL = Topic("sql")
ADA = Member(UserId("U_ADA"), Role.MENTOR, "Europe/Berlin", offers=(SQL,))
CY = Member(UserId("U_CY"), Role.MENTEE, "Europe/Berlin", wants=(SQL,))
DI = Member(UserId("U_DI"), Role.MENTEE, "Asia/Tokyo", wants=(SQL,))


def pool(*members: Member) -> Pool:
    return Pool(members, date(2026, 3, 2), "spring")


def let_the_child_be(script: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(file))


def test_the_child_proposes_the_same() -> None:
    assert propose_in_child(pool(ADA, CY, DI)) == propose(pool(ADA, CY, DI))


def test_it_is_found_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(propose_in_child(pool(ADA, CY)).pairs) == 1


def test_a_child_that_fails_tells_where_but_nothing_of_anybody() -> None:
    with pytest.raises(MatchmakerFailed) as failed:
        propose_in_child(pool(replace(ADA, role=cast("Role", "U_ADA")), CY))
    assert str(failed.value) == "The matchmaker ended with code 1."
    (note,) = failed.value.__notes__
    assert "matchmaker.py" in note
    assert "ValueError" in note
    assert "U_ADA" not in note


def test_a_child_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    let_the_child_be("exec sleep 60", monkeypatch, tmp_path)
    with pytest.raises(MatchmakerFailed, match=r"stopped after 0\.1 seconds") as failed:
        propose_in_child(pool(ADA, CY), seconds=0.1)
    assert failed.value.__context__ is None, "it could carry what was said to the child"


def test_a_bot_that_ends_stops_its_child_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    let_the_child_be(f"echo $$ > '{tmp_path}/pid'; exec sleep 60", monkeypatch, tmp_path)
    stopping = threading.Event()
    threading.Timer(0.2, stopping.set).start()
    with pytest.raises(Stopping):
        propose_in_child(pool(ADA, CY), stopping=stopping)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize(
    ("script", "end"),
    [
        ("exit 3", "with code 3"),
        ("kill -9 $$", "with code -9"),
        ("exit 0", "without an answer"),
        ("echo no JSON", "without an answer"),
        ("echo '{}'", "without an answer"),
        ("echo 5", "without an answer"),
        ('echo \'{"pairs": [1], "left_over": []}\'', "without an answer"),
    ],
    ids=["a code", "killed", "silence", "noise", "nothing", "a number", "something else"],
)
def test_however_a_child_ends_it_is_one_sentence(
    script: str, end: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    let_the_child_be(script, monkeypatch, tmp_path)
    with pytest.raises(MatchmakerFailed) as failed:
        propose_in_child(pool(ADA, CY))
    assert str(failed.value) == f"The matchmaker ended {end}."


def test_a_child_that_cannot_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(MatchmakerFailed, match="did not start: No such file or directory"):
        propose_in_child(pool(ADA, CY))


def test_the_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PEERLOOP_SECRET", "SLACK_BOT_TOKEN", "DATABASE_URL"):
        monkeypatch.setenv(name, "hush")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    let_the_child_be(f"env > '{tmp_path}/seen'; exit 1", monkeypatch, tmp_path)
    with pytest.raises(MatchmakerFailed):
        propose_in_child(pool(ADA, CY))
    seen = (tmp_path / "seen").read_text()
    names = {line.partition("=")[0] for line in seen.splitlines()}
    # a shell adds two or three of its own
    assert names <= {*INHERITED, "PYTHONPATH", "OPENBLAS_NUM_THREADS", "PWD", "SHLVL", "_"}
    assert "LD_LIBRARY_PATH=/somewhere" in seen
    assert "hush" not in seen


def test_the_bot_itself_never_loads_scipy() -> None:
    """In a fresh process: here, it is loaded already."""
    script = """if True:
        import sys, bot.program, bot.jobs.matchmaker
        print({"scipy"} & set(sys.modules))
    """
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert told.stdout == b"set()\n"
