"""A deliverer alone with the local Slack: no Bolt, one thread, one held clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.clock import MovableClock
from bot.domain.deliveries import Timing
from bot.domain.ids import Tenant, UserId
from bot.jobs.delivery import Deliverer
from bot.rates import rates_of
from bot.run import Run
from bot.services import directory
from bot.slack.identity import slack_client
from bot.slack.render import Renderer
from bot.slack.sender import Sender
from sandbox.server import LocalSlack
from storage.database import Database
from storage.locks import LockMaker
from storage.work import Work
from tests import databases
from tests.localslack import Json, SlackView
from tests.world import COMPANY, MONDAY, local_settings

ADA, BO = UserId("U_ADA"), UserId("U_BO")
MOST_STEPS = 500
TEAMS = count(1)


class Bench:
    """A deliverer on a database of its own, before the local Slack, on one held clock."""

    def __init__(self, slack: SlackView, url: str) -> None:
        self.slack = slack
        team = f"T_MACHINE{next(TEAMS)}"
        slack.control("reset", team=team, now=MONDAY, held=True, data=_company())
        config = local_settings(slack.url, url)
        self.clock = MovableClock(datetime.fromisoformat(MONDAY), held=True)
        self.database = Database(url)
        self.run = Run(self.database, self.clock, lambda: None, Tenant(team))
        self.run(directory.install, name="Acme", bot_user=UserId("U_BOT"))
        client = slack_client(token="xoxb-sandbox", api_url=config.slack_api_url, seconds=5)
        sender = Sender(client, Renderer({}))
        locks = LockMaker(self.database)()
        self.deliverer = Deliverer(self.run, locks, sender, Timing(), rates_of(config))

    def work(self) -> None:
        """Do all that is due at this instant."""
        for _ in range(MOST_STEPS):
            if not self.deliverer.work_one():
                return
        raise AssertionError("There is no end to what is due at this instant.")

    def move(self, to: datetime) -> None:
        """Stops wherever something falls due, as time does."""
        while (due := self.run.look(_next_due)) is not None and due <= to:
            self._set(max(due, self.clock()))
            self.work()
        self._set(to)

    def _set(self, at: datetime) -> None:
        self.slack.control("clock", to=at.astimezone(UTC).isoformat())
        self.clock.set(at, held=True)

    def taken_in(self, method: str) -> list[Json]:
        return [call for call in self.slack.calls(method) if call["ts"]]


@contextmanager
def bench_of(slack: LocalSlack, template: Path) -> Iterator[Bench]:
    with databases.sqlite_copy(template) as url:
        bench = Bench(SlackView(slack.url), url)
        try:
            yield bench
        finally:
            bench.database.dispose()


def _company() -> Json:
    people: list[Json] = [{"id": user, "name": user.lower()} for user in (ADA, BO)]
    everyone = ["U_BOT", *(person["id"] for person in people)]
    return {
        "people": [*COMPANY["people"], *people],
        "channels": [{"id": "C_GENERAL", "name": "general", "members": everyone}],
        "history": [],
    }


def _next_due(work: Work) -> datetime | None:
    return work.sending.next_due_at()
