"""One run: a Slack, a database, processes, people, chaos, and the verdict."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import func, select

from bot.domain.deliveries import SETTLED
from sandbox.server import LocalSlack
from storage.database import Database
from storage.tables import DeliveryRow
from tests import databases
from tests.faults.child import FORKS, Child, Orders
from tests.faults.judge import Verdict, judge
from tests.localslack import SlackView
from tests.soak.chaos import Chaos
from tests.soak.people import People

SETTINGS: dict[str, Any] = {
    "send_deadline_seconds": 1,
    "settle_seconds": 1,
    "sends_per_minute": 60_000,
    "tick_seconds": 1,
}
PATIENCE = 1.0  # of the local Slack for an ack, in seconds
LONGEST_END = 120.0  # for everything to settle once nobody does harm any more


@dataclass(frozen=True)
class Plan:
    database: str
    replicas: int
    deliveries: int
    kills: int
    seed: int
    mutant: str | None = None


@dataclass(frozen=True)
class Result:
    plan: Plan
    deliveries: int
    kills: int
    stops: int
    verdict: Verdict
    states: Counter[str]
    tracebacks: int
    seconds: float

    @property
    def unsettled(self) -> int:
        return sum(number for state, number in self.states.items() if state not in SETTLED)


def run(plan: Plan, folder: Path) -> Result:
    """The whole story; only what happens between the first and the last question is timed."""
    with _slack() as slack, _database(plan.database) as url:
        people = People(slack, plan.deliveries)
        slack.control("reset", team="T_SOAK", held=False, data=people.company)
        slack.control("limits", enforce=False)
        log = folder / f"{plan.database}.txt"
        orders = Orders(slack.url, url, log, SETTINGS, mutant=plan.mutant, unpaced=True)
        chaos = Chaos(slack, lambda: Child(orders), plan.replicas, plan.kills, plan.seed)
        try:
            people.say_what_they_know()
            begun = monotonic()
            with chaos.at_work():
                people.ask()
            states = _settled(url)
            seconds = monotonic() - begun
        finally:
            chaos.end()
        verdict = judge(slack, people.expected)
        accepted = len(slack.accepted())
        tracebacks = log.read_text().count("Traceback")
        return Result(
            plan, accepted, chaos.kills, chaos.stops, verdict, states, tracebacks, seconds
        )


def _settled(url: str) -> Counter[str]:
    """Wait until every delivery has come to an end; how many there are in each state."""
    database = Database(url)
    give_up = monotonic() + LONGEST_END
    try:
        while True:
            states = _states(database)
            if set(states) <= SETTLED or monotonic() > give_up:
                return states
            sleep(0.25)
    finally:
        database.dispose()


def _states(database: Database) -> Counter[str]:
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    with database.engine.connect().execution_options(writes=False) as connection:
        return Counter(dict(connection.execute(query).tuples().all()))


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        with databases.sqlite_template() as template, databases.sqlite_copy(template) as url:
            yield url
    else:
        with databases.postgres_database() as url:
            yield url


@contextmanager
def _slack() -> Iterator[SlackView]:
    """In a process of its own, so that people and Slack do not wait for each other."""
    ready, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    with ready:
        url = ready.recv()
    try:
        yield SlackView(url)
    finally:
        process.kill()
        process.join()
        process.close()


def _serve(ready: Connection) -> None:
    def announce(url: str) -> None:
        ready.send(url)
        ready.close()

    LocalSlack(held=False, patience=PATIENCE).run(announce)
