"""The benchmarks run; how fast anything is, no test says."""

import gzip
import json
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


def test_routing_is_measured_beside_simple_ways(tmp_path: Path) -> None:
    file = tmp_path / "slack-made-up.jsonl.gz"
    with gzip.open(file, "wt") as lines:
        for number in range(60):
            at = 1_700_000_000 + 7_200 * number
            about, who = ("kafka lag", "u1") if number % 3 else ("css grid", "u2")
            answer = [who, at + 60, f"the answer to {about} is this"]
            row = {"id": str(number), "ch": "help", "ts": at, "asker": f"a{number % 4}"}
            lines.write(json.dumps({**row, "q": f"why {about}?", "ans": [answer]}) + "\n")
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.routing", str(file), "--json", "--adapt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    rows = {row["method"]: row for row in json.loads(told.stdout)}
    assert list(rows) == [
        *("random", "most active 30 d", "BM25 60 d", "BM25", "peerloop", "peerloop with load")
    ]
    assert {row["file"] for row in rows.values()} == {"slack-made-up"}
    assert {row["questions"] for row in rows.values()} == {12}
    assert rows["peerloop"]["mrr"] == 1
    assert rows["peerloop"]["index_bytes"] > 0
    assert rows["peerloop"]["p95_ms"] >= rows["peerloop"]["p50_ms"] > 0
