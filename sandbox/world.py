"""The workspace itself: its people and conversations, and how they are found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.conversations import Conversation
from sandbox.errors import ControlError
from sandbox.messages import Message
from sandbox.people import Person


@dataclass
class World:
    clock: Clock
    team: str = "T_NORTH"
    team_name: str = "Northwind Field Instruments"
    domain: str = "northwind"
    bot_user: str = "U_BOT"
    bot_id: str = "B_PEERLOOP"
    app_id: str = "A_PEERLOOP"
    people: dict[str, Person] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    _last_ts: int = 0
    _groups: int = 0

    def next_ts(self) -> str:
        """Unique and increasing whatever the clock does; a held clock counts microseconds up."""
        micros = max(round(self.clock.epoch() * 1_000_000) + 100, self._last_ts + 1)
        self._last_ts = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def person(self, given: str) -> Person:
        """By id or by handle."""
        if given in self.people:
            return self.people[given]
        handle = str(given).removeprefix("@").lower()
        for person in self.people.values():
            if person.name == handle:
                return person
        raise ControlError(f"Nobody here is called {given!r}.")

    def conversation(self, given: str) -> Conversation:
        """By id, as #name, as @ada or as @ada,bo."""
        if given in self.conversations:
            return self.conversations[given]
        if given.startswith("@"):
            others = [self.person(name.strip()).id for name in given.split(",")]
            return self.direct(others)
        for conversation in self.conversations.values():
            if conversation.kind == "channel" and conversation.name == given.removeprefix("#"):
                return conversation
        raise ControlError(f"There is no channel {given!r}.")

    def direct(self, others: Iterable[str]) -> Conversation:
        """The bot's conversation with these people; the same set is the same conversation."""
        members = sorted({*others, self.bot_user})
        existing = self.existing_direct(members)
        if existing is not None:
            return existing
        kind = "im" if len(members) == 2 else "mpim"
        opened = Conversation(
            id=self._direct_id(kind, members),
            name="" if kind == "im" else self._group_name(members),
            kind=kind,
            is_private=True,
            creator=self.bot_user,
            created=int(self.clock.epoch()),
            members=members,
        )
        self.conversations[opened.id] = opened
        return opened

    def existing_direct(self, members: list[str]) -> Conversation | None:
        wanted = set(members)
        for conversation in self.conversations.values():
            if conversation.kind != "channel" and set(conversation.members) == wanted:
                return conversation
        return None

    def _direct_id(self, kind: str, members: list[str]) -> str:
        if kind == "im":
            other = next(user for user in members if user != self.bot_user)
            return f"D_{other.removeprefix('U_')}"
        self._groups += 1
        return f"G_{self._groups:04d}"

    def _group_name(self, members: list[str]) -> str:
        names = "--".join(self.people[user].name for user in members)
        return f"mpdm-{names}-1"

    def say(self, conversation: Conversation, message: Message) -> Message:
        conversation.messages.append(message)
        if message.thread_ts:
            parent = conversation.find(message.thread_ts)
            if parent is not None:
                parent.thread_ts = parent.ts
        return message

    def visible(self, conversation: Conversation, user: str) -> bool:
        return conversation.type == "public_channel" or user in conversation.members
