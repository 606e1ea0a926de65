"""How fast Slack gets its answer in HTTP mode, beside an empty Bolt app in the same run."""

import argparse
import json
import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.load import Load, Measured, measure, send
from benchmarks.startup import (
    PATIENCE,
    PEERLOOP,
    Slack,
    await_slack,
    local_slack,
    postgres_if_there_is_one,
    running,
)
from sandbox.clock import wall_now
from sandbox.http_delivery import SIGNING_SECRET
from tests import databases

TEAM = "T_BENCH"
EXPERTS = 20
EMPTY = "empty Bolt app"
OURS = b"topic"
"""Every preview names the topic for which somebody is asked."""

EMPTY_BOLT = [sys.executable, "-m", "benchmarks.empty_bolt"]
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    command: Sequence[str]
    expected: bytes
    """What stands in its answer to /ask-peer; so that no refusal is taken for a quick answer."""
    database_url: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    warm_up: Load
    loads: Sequence[Load]
    people: int = 200


Key = tuple[str, str, Load]
"""Which gesture, to which program, how often."""

FULL = Plan(3, Load(2, rate=25), (Load(10, rate=10), Load(10, rate=50), Load(5, connections=8)))
QUICK = Plan(
    rounds=1,
    warm_up=Load(0.1, rate=20),
    loads=(Load(0.3, rate=20), Load(0.2, connections=2)),
    people=20,
)


def command(user: int, name: str, text: str) -> tuple[bytes, str]:
    number = next(NUMBERS)
    fields = {
        "command": name,
        "text": text,
        "team_id": TEAM,
        "user_id": f"U_{user}",
        "channel_id": "C_GENERAL",
        "trigger_id": f"trigger.{number}",
        "response_url": "https://hooks.slack.invalid/commands",
    }
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def ask_peer(people: int) -> tuple[bytes, str]:
    """Everybody asks in turn, and never the same."""
    number = next(NUMBERS)
    text = f"how do I tune topic{number % EXPERTS} for case {number}?"
    return command(number % people, "/ask-peer", text)


def reaction(people: int) -> tuple[bytes, str]:
    number = next(NUMBERS)
    ts = f"{int(wall_now().timestamp())}.{number:06}"
    event = {
        "type": "reaction_added",
        "user": f"U_{number % people}",
        "item_user": f"U_{(number + 7) % people}",
        "reaction": "bulb",
        "item": {"type": "message", "channel": "C_GENERAL", "ts": ts},
        "event_ts": ts,
    }
    envelope = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}"}
    return json.dumps({**envelope, "event": event}).encode(), "application/json"


GESTURES: Mapping[str, Callable[[int], tuple[bytes, str]]] = {
    "/ask-peer": ask_peer,
    "reaction": reaction,
}


def company(size: int) -> dict[str, object]:
    people = [{"id": "U_BOT", "name": "peerloop", "real_name": "Peerloop", "is_bot": True}]
    people += [{"id": f"U_{n}", "name": f"p{n}", "real_name": f"P {n}"} for n in range(size)]
    members = [person["id"] for person in people]
    channels = [{"id": "C_GENERAL", "name": "general", "members": members}]
    return {"people": people, "channels": channels, "history": []}


def take_round(
    slack: Slack, programs: Sequence[Program], folder: Path, plan: Plan
) -> Iterator[tuple[Key, Measured]]:
    """Each program in turn, freshly started on an empty database."""
    for program in programs:
        slack.control("reset", team=TEAM, data=company(plan.people), held=False)
        with (
            tempfile.TemporaryDirectory(dir=folder) as own,
            serving(slack, program, own, plan.people) as port,
        ):
            for gesture, made in GESTURES.items():
                make = partial(made, plan.people)
                expected = program.expected if gesture == "/ask-peer" else b""
                measure(port, make, expected, plan.warm_up)
                for load in plan.loads:
                    yield (gesture, program.name, load), measure(port, make, expected, load)


@contextmanager
def serving(slack: Slack, program: Program, folder: str, people: int) -> Iterator[int]:
    """The port on which it answers; it knows what colleagues can be asked about."""
    port = free_port()
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": program.database_url,
        "PORT": str(port),
    }
    if program.database_url:
        databases.empty(program.database_url)
    with running(program.command, Path(folder), environment) as process:
        begun = perf_counter()
        while not is_healthy(port):
            if process.poll() is not None or perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{program.name} did not start")
            sleep(0.02)
        if program.name != EMPTY:
            topics = [command(n, "/learning", f"topics topic{n}") for n in range(EXPERTS)]
            everybody = [command(n, "/learning", "help") for n in range(people)]
            send(port, topics + everybody)
        yield port


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
            return True
    except URLError:
        return False


def measure_all(plan: Plan, *, with_postgres: bool) -> dict[Key, list[Measured]]:
    """Every program in each round, so that a busy moment hits all alike."""
    measured: dict[Key, list[Measured]] = defaultdict(list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ack-")))
        slack = stack.enter_context(local_slack(folder))
        await_slack(slack)
        programs = [
            Program(EMPTY, EMPTY_BOLT, b"Hello"),
            Program("Peerloop, SQLite", PEERLOOP, OURS),
        ]
        url = stack.enter_context(postgres_if_there_is_one()) if with_postgres else None
        if url:
            programs.append(Program("Peerloop, PostgreSQL", PEERLOOP, OURS, url))
        for _ in range(plan.rounds):
            for key, found in take_round(slack, programs, folder, plan):
                measured[key].append(found)
    return measured


def table(measured: Mapping[Key, Sequence[Measured]]) -> str:
    """Medians of the rounds; a ratio is the median of the ratios within each round."""
    lines = [
        "| gesture | load | program "
        "| p50, ms | p99, ms | times | max, ms | a second | times | wrong |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (gesture, program, load), rounds in sorted(measured.items(), key=_place):
        empty = measured[gesture, EMPTY, load]
        pairs = list(zip(rounds, empty, strict=True))
        slower = median(r.quantile(0.99) / e.quantile(0.99) for r, e in pairs)
        faster = median(r.per_second / e.per_second for r, e in pairs)
        times = [[r.quantile(share) * 1000 for r in rounds] for share in (0.5, 0.99, 1)]
        p50, p99, longest = map(median, times)
        speed = median(r.per_second for r in rounds)
        wrong = sum(r.wrong for r in rounds)
        lines.append(
            f"| {gesture} | {load} | {program} | {p50:.1f} | {p99:.1f} | {slower:.1f} "
            f"| {longest:.0f} | {speed:.0f} | {faster:.2f} | {wrong} |"
        )
    return "\n".join(lines)


def _place(entry: tuple[Key, object]) -> tuple[str, float, int]:
    (gesture, _, load), _ = entry
    return gesture, load.rate or 1e9, load.connections


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ack", description=__doc__)
    parser.add_argument("--rounds", type=int, default=FULL.rounds)
    parser.add_argument("--quick", action="store_true", help="only show that it runs")
    given = parser.parse_args()
    plan = QUICK if given.quick else replace(FULL, rounds=given.rounds)
    print(table(measure_all(plan, with_postgres=not given.quick)))


if __name__ == "__main__":
    main()
