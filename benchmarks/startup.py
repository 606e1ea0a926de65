"""How long Peerloop takes to start and what it holds in memory, beside an empty Bolt app."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30
COMMAND = "/learning"

EMPTY_BOLT = f"""
import os
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client)

@app.command("{COMMAND}")
def answer(ack):
    ack("Hello")

SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
"""

BASELINE = "empty Bolt app"
PEERLOOP = [sys.executable, "-m", "bot", "run"]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first acknowledged command, then megabytes at rest."""

    seconds: float
    rss: float
    pss: float | None


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    is_fresh: bool = False
    """Each start finds an empty folder instead of what the last one left."""


class Slack:
    """A local Slack in a process of its own."""

    def __init__(self, url: str) -> None:
        self.url = url

    def control(self, path: str, **body: Any) -> dict[str, Any]:
        data = json.dumps(body).encode() if body else None
        with urlopen(Request(f"{self.url}/control/{path}", data), timeout=10) as answer:
            return dict(json.load(answer))

    def is_connected(self) -> bool:
        return bool(self.control("state")["sockets"])

    def is_answered(self) -> bool:
        gesture = {"user": "cy", "channel": "#general", "command": COMMAND, "text": "help"}
        return bool(self.control("command", **gesture)["ack"] == "acked")


@contextmanager
def local_slack(folder: Path) -> Iterator[Slack]:
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    with running(command, folder, {}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = process.stdout.readline().decode()
        yield Slack(first.split()[-1])


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], **streams: Any
) -> Iterator[subprocess.Popen[bytes]]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **streams}
    process = subprocess.Popen(command, cwd=folder, env=surroundings, **streams)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def start(slack: Slack, program: Program, folder: Path, rest: float) -> Start:
    """Start it, wait for its first answer, let it rest, look at its memory, stop it."""
    begun = perf_counter()
    with running(program.command, folder, program.environment) as process:
        while not (slack.is_connected() and slack.is_answered()):
            if process.poll() is not None or perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{program.name} did not start")
            sleep(0.005)
        seconds = perf_counter() - begun
        sleep(rest)
        measured = Start(seconds, memory(process.pid, "VmRSS", "status") or 0, pss(process.pid))
    while slack.is_connected():
        sleep(0.01)
    return measured


def memory(pid: int, name: str, file: str) -> float | None:
    """Megabytes, as the kernel counts them; None where it does not tell."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return None
    found = next((line for line in lines if line.startswith(f"{name}:")), None)
    return int(found.split()[1]) / 1024 if found else None


def pss(pid: int) -> float | None:
    """The memory with what is shared between processes counted in part."""
    return memory(pid, "Pss", "smaps_rollup")


def programs(slack: Slack, postgres: str | None) -> list[Program]:
    tokens = {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": f"{slack.url}/api/",
        "PORT": "0",
    }
    found = [
        Program(BASELINE, [sys.executable, "-c", EMPTY_BOLT], tokens),
        Program("Peerloop, SQLite, first start", PEERLOOP, tokens, is_fresh=True),
        Program("Peerloop, SQLite", PEERLOOP, tokens),
    ]
    if postgres:
        found.append(
            Program("Peerloop, PostgreSQL", PEERLOOP, {**tokens, "DATABASE_URL": postgres})
        )
    return found


@contextmanager
def postgres_if_there_is_one() -> Iterator[str | None]:
    """A migrated database that is dropped at the end."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    from tests.databases import postgres_database  # noqa: PLC0415 - needs the tools of the tests

    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres_database())
        except psycopg.OperationalError:
            yield None
        else:
            yield url


def measure(repetitions: int, rest: float) -> dict[str, list[Start]]:
    """Every program once in each round, so that a busy moment hits all alike."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="startup-")))
        slack = stack.enter_context(local_slack(folder))
        await_slack(slack)
        candidates = programs(slack, stack.enter_context(postgres_if_there_is_one()))
        measured: dict[str, list[Start]] = {program.name: [] for program in candidates}
        for number in range(repetitions + 1):
            for place, program in enumerate(candidates):
                own = folder / (f"{place}-{number}" if program.is_fresh else str(place))
                own.mkdir(exist_ok=True)
                found = start(slack, program, own, rest if number else 0)
                if number:  # the first round warms the caches and leaves databases behind
                    measured[program.name].append(found)
        return measured


def await_slack(slack: Slack) -> None:
    for _ in range(500):
        try:
            slack.is_connected()
        except URLError:
            sleep(0.01)
        else:
            return
    raise SystemExit("the local Slack did not start")


def table(measured: Mapping[str, Sequence[Start]]) -> str:
    lines = [
        "| program | start, s | times | RSS, MB | times | PSS, MB |",
        "|---|---|---|---|---|---|",
    ]
    base = measured[BASELINE]
    for name, starts in measured.items():
        seconds, rss = median(s.seconds for s in starts), median(s.rss for s in starts)
        shares = [s.pss for s in starts if s.pss is not None]
        times = seconds / median(s.seconds for s in base)
        more = rss / median(s.rss for s in base)
        share = f"{median(shares):.0f}" if shares else "-"
        lines.append(f"| {name} | {seconds:.2f} | {times:.1f} | {rss:.0f} | {more:.1f} | {share} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--rest", type=float, default=3, help="idle seconds before memory is read")
    given = parser.parse_args()
    print(table(measure(given.repetitions, given.rest)))


if __name__ == "__main__":
    main()
