"""What stories about the wire share: small messages by the bot's own run, and faults by name."""

from collections import Counter
from typing import Any

from bot.domain.cards import Card, Direct, Whisper
from bot.domain.deliveries import Priority
from bot.domain.ids import ChannelId, Key, Tenant, UserId
from bot.run import Run
from storage.work import Work
from tests.localslack import Json
from tests.world import World

POST, UPDATE, WHISPER = "chat.postMessage", "chat.update", "chat.postEphemeral"
OPEN, HISTORY = "conversations.open", "conversations.history"


class Wire:
    """One world, as the wire shows it: what the bot has to say, and what Slack took in of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        bot = world.bot
        self.run = Run(bot._database, bot._clock, bot._bell.ring, Tenant(world.team))

    # What the bot has to say.

    def says(self, people: str, text: str, *, settle: bool = True) -> None:
        """The bot says `text` to one person, or to several with commas; its key is the text."""
        users = tuple(UserId(f"U_{name.upper()}") for name in people.split(","))
        self.run(_say, Direct(users), text)
        if settle:
            self.world.settle()

    def whispers(self, person: str, text: str) -> None:
        self.run(_say, Whisper(ChannelId("C_GENERAL"), UserId(f"U_{person.upper()}")), text)
        self.world.settle()

    def edits(self, text: str, newer: str) -> None:
        """The message first said as `text` is to show `newer`."""
        self.run(_edit, Key(f"story/{text}"), newer)
        self.world.settle()

    # What goes wrong.

    def breaks(self, method: str, kind: str, **options: Any) -> None:
        self.world.slack.control("fault", method=method, kind=kind, **options)

    def mends(self) -> None:
        self.world.slack.control("fault", clear=True)

    # What Slack took in, by its journal, and what people see.

    def taken_in(self, method: str = POST) -> Counter[str]:
        """How often each text was accepted."""
        return Counter(call["args"]["text"] for call in self.tries(method) if call["ts"])

    def tries(self, method: str = POST) -> list[Json]:
        return self.world.slack.calls(method)

    def shown(self, people: str) -> list[str]:
        """The texts that stand in a direct message, oldest first."""
        names = people.split(",")
        return [message.text for message in self.world.slack.group(*names)]


def _say(work: Work, to: Direct | Whisper, text: str) -> None:
    work.deliveries.say(to, Card(text), key=Key(f"story/{text}"), priority=Priority.DIRECT)


def _edit(work: Work, key: Key, text: str) -> None:
    work.deliveries.edit(key, Card(text))
