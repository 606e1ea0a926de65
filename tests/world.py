"""A whole bot in a test: real Bolt, real database, the local Slack at the wire, a held clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.cards import Card, Direct
from bot.domain.exchanges import Exchange
from bot.domain.ids import Key, Tenant, UserId
from bot.program import Program
from bot.run import Run
from bot.services.clean_up import clean_up
from bot.slack.directory import Directory
from bot.slack.identity import slack_client
from storage.database import Database, Mode
from storage.tables import DeliveryRow, Row
from storage.work import Work
from tests.localslack import (
    Answer,
    Json,
    Message,
    Refusal,
    SlackView,
    buttons_in,
    text_of,
)

R = TypeVar("R")

MONDAY = "2026-03-02T09:00:00Z"

COMPANY: Json = {
    "people": [{"id": "U_BOT", "name": "peerloop", "real_name": "Peerloop", "is_bot": True}],
    "channels": [{"id": "C_GENERAL", "name": "general", "members": ["U_BOT"]}],
    "history": [],
}


class World:
    """One story: its own workspace, its own bot, its own time, which begins on a Monday at nine."""

    def __init__(self, slack: SlackView, database_url: str, team: str, **settings: Any) -> None:
        self.slack = slack
        self.team = team
        self.database_url = database_url
        slack.control("reset", team=team, now=MONDAY, held=True, data=COMPANY)
        self.settings = local_settings(slack.url, database_url, **settings)
        self.bot = self._program()
        self._people: list[str] = []
        self._leads: list[str] = []

    def start(self) -> None:
        self.bot.start()
        self.slack.control("bots", urls=[f"http://127.0.0.1:{self.bot.port}"])
        self.slack.control("settle")

    def stop(self) -> None:
        self.slack.control("bots", urls=[])
        self.bot.stop()

    def restart(self) -> None:
        """The process ends and another one begins, on the same database."""
        self.stop()
        self.revive()

    def revive(self) -> None:
        """Another process begins on the same database, after the last one was stopped."""
        self.bot = self._program()
        self.start()

    def _program(self) -> Program:
        """It begins at the story's instant, or it would take waiting messages for expired."""
        return Program(self.settings, metronome=False, clock=MovableClock(self._now(), held=True))

    # Who is there.

    def person(self, name: str, *, knows: tuple[str, ...] = (), **about: Any) -> str:
        """Somebody joins the company (in London, unless said otherwise) and #general."""
        user = f"U_{name.upper()}"
        self.slack.control("person", id=user, name=name, **{"tz": "Europe/London", **about})
        self.slack.control("channel", id="C_GENERAL", add=[user])
        self._people.append(name)
        if knows:
            self.types(name, f"/learning topics {', '.join(knows)}")
        return user

    # What people do.

    def types(self, user: str, line: str, channel: str = "#general") -> Answer:
        command, _, text = line.partition(" ")
        gesture = {"user": user, "channel": channel, "command": command, "text": text}
        return self._then_settle(self.slack.control("command", **gesture))

    def clicks(self, user: str, label: str, message: Message | None = None) -> Answer:
        """Presses the newest button with that label that this person can see."""
        shown = message or self._newest_with(user, label)
        return self._then_settle(
            self.slack.control(
                "action",
                user=user,
                channel=shown.channel,
                ts=shown.ts,
                action_id=shown.buttons[label],
            )
        )

    def forges(self, user: str, action_id: str, value: str, message: Message) -> Answer:
        """Presses a button that is not there (any more): an old screen, or a made-up payload."""
        gesture = {"user": user, "channel": message.channel, "ts": message.ts}
        raw = self.slack.control("action", **gesture, action_id=action_id, value=value, forged=True)
        return self._then_settle(raw)

    def fills(self, user: str, **values: Any) -> Answer:
        """Fills in the form on top and submits it; fields left out stay as they are."""
        view = self.form(user)["id"]
        gesture = {"user": user, "view_id": view, "values": values}
        return self._then_settle(self.slack.control("submit", **gesture))

    def presses(self, user: str, label: str, nth: int = 0) -> Answer:
        """Presses the nth button with that label in the form on top, or else on App Home."""
        seen = self.slack.see(f"views/{user}")
        view = (seen["modals"] or [seen["home"]])[-1]
        action_id, value = buttons_in(view)[label][nth]
        gesture = {"user": user, "view_id": view["id"], "action_id": action_id, "value": value}
        return self._then_settle(self.slack.control("action", **gesture))

    def closes(self, user: str) -> None:
        """Closes every form on the screen."""
        view = self.form(user)["id"]
        self._then_settle(self.slack.control("close", user=user, view_id=view, all=True))

    def form(self, user: str) -> Json:
        """The modal on top of this person's screen."""
        modals = self.slack.see(f"views/{user}")["modals"]
        assert modals, f"{user} has no form open"
        return dict(modals[-1])

    def uses(self, user: str, shortcut: str, **where: str) -> Answer:
        """Uses a shortcut, of a message (`channel` and `ts`) or from anywhere."""
        gesture = {"user": user, "callback_id": shortcut, **where}
        return self._then_settle(self.slack.control("shortcut", **gesture))

    def channel(self, name: str, *members: str, is_private: bool = False) -> str:
        """A channel that the bot is in, and these people."""
        channel = f"C_{name.upper().replace('-', '_')}"
        users = ["U_BOT", *(f"U_{member.upper()}" for member in members)]
        about = {"id": channel, "name": name, "is_private": is_private}
        self.slack.control("channel", **about, add=users)
        self.syncs()
        return channel

    def opens_home(self, user: str) -> str:
        """Opens App Home; what it says."""
        self.slack.control("home", user=user)
        self.settle()
        return self.home(user)

    def home(self, user: str) -> str:
        """What App Home says just now, unasked."""
        return text_of(self.slack.see(f"views/{user}")["home"])

    def lead(self, name: str, **about: Any) -> str:
        """Somebody an admin has named a learning lead."""
        user = self.person(name, **about)
        if "root" not in self._people:
            self.person("root", is_admin=True)
        self.types("root", "/learning leads")
        self._leads.append(user)
        self.fills("root", leads=self._leads)
        return user

    def writes(self, user: str, text: str, channel: str = "#general", thread: str = "") -> str:
        """Somebody writes a message; its ts."""
        gesture = {"user": user, "channel": channel, "text": text}
        more = {"thread_ts": thread} if thread else {}
        return Answer(self.slack.control("message", **gesture, **more)).ts

    def reacts(
        self, user: str, ts: str, name: str = "bulb", *, channel: str = "#general", on: bool = True
    ) -> None:
        gesture = {"user": user, "channel": channel, "ts": ts, "name": name, "present": on}
        self.slack.control("reaction", **gesture)
        self.settle()

    def changes(self, name: str, **about: Any) -> None:
        """Something about a person is different from now on."""
        self.slack.control("person", id=f"U_{name.upper()}", **about)
        self.settle()

    def happens(self, event: Json) -> None:
        """Slack tells the bot of an event of the test's own making."""
        self.slack.control("events", type=event["type"], event=event)
        self.settle()

    # What time does.

    def later(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        advance = hours * 3600 + minutes * 60 + seconds
        self.slack.control("clock", advance=advance)

    def until(self, instant: str) -> None:
        self.slack.control("clock", to=instant)

    def settle(self, within: float = 10) -> None:
        self.slack.control("settle", within=within)

    def syncs(self) -> None:
        """The directory is read from Slack, as it is every few hours."""
        client = slack_client(
            token=self.settings.slack_bot_token, api_url=self.settings.slack_api_url, seconds=5
        )
        with self._database() as database:
            run = Run(database, self._now, lambda: None, Tenant(self.team))
            assert Directory(client, client, self.team).sync(run)
        self.settle()

    def moves_due(self, table: str, *, hours: float) -> None:
        """What was to fall due falls due later."""
        rows = Row.metadata.tables[table]
        with self._database() as database, database.engine.begin() as connection:
            mine = rows.c.tenant == self.team
            due = connection.execute(select(rows.c.id, rows.c.due_at).where(mine)).all()
            for number, at in due:
                later = update(rows).values(due_at=at + timedelta(hours=hours))
                connection.execute(later.where(rows.c.id == number))

    def cleans_up(self) -> None:
        """The hourly clean-up runs."""
        with self._database() as database:
            now = self._now()
            with database.begin(Tenant(self.team), now) as work:
                clean_up(work)

    def writes_unreadable_delivery(self, user: str) -> None:
        """An older or newer version left a delivery that this one cannot make sense of."""
        with self._database() as database:
            with database.begin(Tenant(self.team), self._now()) as work:
                work.deliveries.say(Direct((UserId(user),)), Card("?"), key=Key("odd/1"))
            unreadable = update(DeliveryRow).values(payload={"title": "?"})
            with database.engine.begin() as connection:
                connection.execute(unreadable.where(DeliveryRow.key == "odd/1"))

    # What is kept.

    def ledger(self) -> list[Exchange]:
        """The exchanges that count, in the order in which they were logged."""
        return self.look(lambda work: work.exchanges.active())

    def everything_kept(self) -> str:
        """Every value in every table, as one text to search in."""
        with self._database() as database, database.engine.connect() as connection:
            tables = Row.metadata.sorted_tables
            return "\n".join(
                str(row) for table in tables for row in connection.execute(select(table))
            )

    def look(self, query: Callable[[Work], R]) -> R:
        """Ask the bot's own repositories, at the story's instant."""
        now = self._now()
        with (
            self._database() as database,
            database.begin(Tenant(self.team), now, Mode.READ) as work,
        ):
            return query(work)

    def _now(self) -> datetime:
        return datetime.fromisoformat(self.slack.see("state")["now"])

    @contextmanager
    def _database(self) -> Iterator[Database]:
        database = Database(self.database_url)
        try:
            yield database
        finally:
            database.dispose()

    def _then_settle(self, raw: Json) -> Answer:
        self.settle()
        return Answer(raw)

    def newest(self, place: str, reader: str) -> Message:
        return self.slack.messages(place, reader)[-1]

    def _newest_with(self, user: str, label: str) -> Message:
        seen = self.seen_by(user)
        found = [m for m in seen if label in m.buttons]
        assert found, f"{user} sees no button {label!r}; {[m.text for m in seen]}"
        return max(found, key=lambda m: m.ts)

    def seen_by(self, user: str) -> list[Message]:
        """Every message that somebody can see."""
        return [m for place in self._places(user) for m in self._in(place, user)]

    def _places(self, user: str) -> list[str]:
        member = f"U_{user.upper()}"
        ims = self.slack.see("state")["ims"]
        channels = [channel["id"] for channel in self.slack.see("state")["channels"]]
        return [*channels, *(im["id"] for im in ims if member in im["users"])]

    def _in(self, place: str, user: str) -> list[Message]:
        try:
            return self.slack.messages(place, user)
        except Refusal:
            return []


def local_settings(slack_url: str, database_url: str, **overrides: Any) -> Settings:
    """How a bot reaches a local Slack, whatever the environment of the test run says."""
    values = {
        "slack_bot_token": "xoxb-sandbox",
        "slack_app_token": "xapp-sandbox",
        "slack_signing_secret": "sandbox-signing-secret",
        "slack_api_url": f"{slack_url}/api/",
        "database_url": database_url,
        "port": 0,
        "sandbox": True,
        **overrides,
    }
    return Settings(_env_file=None, **values)
