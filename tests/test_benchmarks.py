"""The benchmarks run; how fast anything is, no test says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_answers_are_measured_beside_an_empty_app() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.ack", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in told.stdout.splitlines()]
    assert len(rows) == 2 + 8
    assert {len(row) for row in rows} == {10}
    assert {row[2] for row in rows[2:]} == {"empty Bolt app", "Peerloop, SQLite"}
    assert [row[-1] for row in rows[2:]] == ["0"] * 8, "every answer is as it should be"
