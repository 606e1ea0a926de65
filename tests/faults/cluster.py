"""Processes of the bot on one database, the people around them, and what is found at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select

from bot.domain.deliveries import SETTLED
from bot.domain.ids import Tenant
from bot.run import Run
from storage.database import Database
from storage.tables import DeliveryRow, Row
from storage.work import Work
from tests.faults.child import Child, Orders
from tests.faults.failpoints import Failpoint
from tests.faults.judge import Said, Verdict, judge
from tests.localslack import Answer, Json, SlackView
from tests.world import MONDAY

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Row)

PEOPLE = ("ada", "bo", "cy", "dot", "lee", "mo")

COMPANY: Json = {
    "people": [
        {"id": "U_BOT", "name": "peerloop", "real_name": "Peerloop", "is_bot": True},
        *({"id": f"U_{name.upper()}", "name": name} for name in PEOPLE),
    ],
    "channels": [
        {"id": "C_GENERAL", "name": "general", "members": ["U_BOT", *PEOPLE]},
    ],
}

ROUNDS = 12
"""So often at the most a story's processes die and come back until all is settled."""


@dataclass(frozen=True)
class Place:
    """Where a cluster lives: a database, and how many processes work on it."""

    database_url: str
    replicas: int


class Cluster:
    """The processes of one story, which begins on a Monday at nine."""

    def __init__(self, slack: SlackView, team: str, place: Place, folder: Path) -> None:
        self.slack = slack
        self.team = team
        self.place = place
        self.settings: dict[str, Any] = {}
        self.mutant: str | None = None
        self.matchmaker: tuple[str, float] | None = None
        self.unpaced = False
        self.zone: tzinfo = UTC
        self.children: list[Child] = []
        self.expected: set[Said] = set()
        self.folder = folder
        self._numbers = count(1)
        slack.control("reset", team=team, now=MONDAY, held=True, data=COMPANY)

    # The processes.

    def start(self, failpoint: Failpoint | None = None) -> None:
        """Bring the cluster to its full number; the new ones have `failpoint` before them."""
        self.children = [child for child in self.children if child.is_alive]
        self._add(self.place.replicas - len(self.children), failpoint)

    def start_one(self, failpoint: Failpoint) -> None:
        self._add(1, failpoint)

    def _add(self, number: int, failpoint: Failpoint | None) -> None:
        new = [Child(self.orders(self.place.database_url, failpoint)) for _ in range(number)]
        for child in new:
            child.wait_until_ready()
        self.children += new
        self.tell_of_bots()

    def tell_of_bots(self) -> None:
        """The local Slack moves the clock of those that run."""
        here = [child for child in self.children if child.is_alive and not child.is_stopped]
        self.slack.control("bots", urls=[child.url for child in here if child.url])

    def kill_all(self) -> None:
        for child in self.children:
            child.kill()

    def ask_all_to_end(self, seconds: float = 25) -> None:
        """And wait until they have, of themselves."""
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            assert child.join(seconds), "it did not end"
            assert child.code == 0

    def wait_for_death(self, seconds: float = 5) -> None:
        """Of at least one; the others may have had nothing to do there."""
        give_up = monotonic() + seconds
        while not self.dead:
            assert monotonic() < give_up, "nobody died"
            sleep(0.005)

    def wait_for_a_stop(self, seconds: float = 5) -> None:
        """Of the first; the clock passes it by until it goes on."""
        give_up = monotonic() + seconds
        while not self.children[0].stands_still():
            assert monotonic() < give_up, "nobody stopped"
            sleep(0.005)
        self.tell_of_bots()

    def go_on(self) -> None:
        for child in self.children:
            child.go_on()
        self.tell_of_bots()

    def wait_until_accepted(self, messages: int, seconds: float = 5) -> None:
        give_up = monotonic() + seconds
        while len(self.slack.accepted()) < messages:
            assert monotonic() < give_up, "Slack was told nothing"
            sleep(0.005)

    @property
    def dead(self) -> int:
        return sum(not child.is_alive for child in self.children)

    def orders(self, database_url: str, failpoint: Failpoint | None = None) -> Orders:
        return Orders(
            self.slack.url,
            database_url,
            self.folder / "stderr.txt",
            self.settings,
            failpoint,
            self.mutant,
            self.now(),
            unpaced=self.unpaced,
            matchmaker=self.matchmaker,
        )

    def does(
        self, use_case: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do `use_case` on the database, by none of the processes."""
        database = Database(self.place.database_url)
        try:
            return Run(database, self.now, lambda: None, Tenant(self.team))(
                use_case, *args, **kwargs
            )
        finally:
            database.dispose()

    # The people.

    def ada_knows_postgres(self) -> None:
        self.types("ada", "/learning topics postgres")

    def asks(self, user: str = "cy") -> Answer:
        """Ask a question that Ada can answer, and agree to her: two messages come of it."""
        word = f"word-{next(self._numbers)}"
        assert self.types(user, f"/ask-peer what is {word} in postgres?").says("<@U_ADA>")
        self.expected |= {("U_ADA", word), (f"U_{user.upper()}", word)}
        return self.presses_ask(user)

    def types(self, user: str, line: str) -> Answer:
        command, _, text = line.partition(" ")
        gesture = {"user": user, "channel": "#general", "command": command, "text": text}
        return Answer(self.slack.control("command", **gesture))

    def presses_ask(self, user: str = "cy") -> Answer:
        press = {"user": user, "channel": "#general", "action_id": "question.send"}
        return Answer(self.slack.control("action", **press))

    def thanks_ada(self, user: str = "cy") -> None:
        """React to a message of hers; a receipt for that person alone comes of it."""
        said = self.slack.control("message", user="ada", channel="#general", text="use an index")
        reaction = {"channel": "#general", "ts": said["ts"], "name": "bulb", "present": True}
        self.slack.control("reaction", user=user, **reaction)

    # Time.

    def settle(self, within: float = 10) -> Json:
        """What the processes say at the end; a few seconds pass, too few for a second look."""
        return self.slack.control("settle", within=within)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.slack.see("state")["now"])

    def later(self, seconds: float) -> None:
        self.slack.control("clock", advance=seconds)

    def until(self, instant: str) -> None:
        """Stopping wherever there is something to do; at once if nobody is there to do it."""
        self.slack.control("clock", to=instant)

    def recover(self) -> None:
        """Whoever died comes back, as often as it takes, until nothing is left to send."""
        for _ in range(ROUNDS):
            self.start()
            told = self.settle(within=600)
            if not told["troubles"] and not self.dead and not _names_delivery(told):
                return
        raise AssertionError(f"not settled: {told}, {self.unsettled()}")

    # What is found.

    def receipts(self) -> int:
        """How many Slack took in."""
        return sum(bool(call["ts"]) for call in self.slack.calls("chat.postEphemeral"))

    def verdict(self) -> Verdict:
        return judge(self.slack, self.expected, self.zone)

    def assert_all_well(self) -> None:
        """Each message once, each row at its end, and nobody surprised by anything."""
        assert self.verdict().is_clean, self.verdict()
        assert not self.unsettled()
        assert "Traceback" not in self.complaints(), self.complaints()

    def rows(self) -> list[DeliveryRow]:
        return self.kept(DeliveryRow)

    def kept(self, kind: type[K]) -> list[K]:
        """The rows of one table, in the order of their numbers."""
        database = Database(self.place.database_url)
        try:
            with database.engine.connect() as connection:
                mine = kind.__table__.c.tenant == self.team
                query = select(kind.__table__).where(mine).order_by(kind.__table__.c.id)
                return list(connection.execute(query).all())  # type: ignore[arg-type]  # rows of columns serve as well
        finally:
            database.dispose()

    def unsettled(self) -> list[tuple[str, str]]:
        return [(row.key, row.state) for row in self.rows() if row.state not in SETTLED]

    def complaints(self) -> str:
        """What the processes wrote to standard error."""
        log = self.folder / "stderr.txt"
        return log.read_text() if log.exists() else ""

    def end(self) -> None:
        self.slack.control("bots", urls=[])
        self.slack.control("fault", clear=True)
        for child in self.children:
            child.kill()


def _names_delivery(told: Json) -> bool:
    return any(each["what"] == "delivery" for each in told["upcoming"])
