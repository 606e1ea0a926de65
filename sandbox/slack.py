"""One running local Slack: its world, its clock and every part that serves them."""

import secrets
from datetime import datetime

from sandbox.clock import Agenda, Clock
from sandbox.company import build_world
from sandbox.conversations import Conversation
from sandbox.delivery import Delivery
from sandbox.errors import Json
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.limits import Limits
from sandbox.live import Live
from sandbox.manifest import Manifest
from sandbox.messages import Message, describe_message
from sandbox.reading import ReadMarks
from sandbox.responses import ResponseUrls
from sandbox.sockets import Sockets
from sandbox.triggers import Triggers
from sandbox.views import Views


class Slack:
    def __init__(
        self,
        company: Json,
        manifest: Manifest,
        *,
        held: bool,
        start_at: datetime | None = None,
        patience: float = 3.0,
        guide: Json | None = None,
    ) -> None:
        self.company, self.manifest, self.guide = company, manifest, guide or {}
        self.url = ""  # set once the port is known
        self._starts_held, self._starts_at = held, start_at
        self.clock = Clock(start_at, held)
        self.agenda = Agenda(self.clock)
        self.journal = Journal(self.clock)
        self.sockets = Sockets(self.clock)
        self.delivery = Delivery(self, patience)
        self.live = Live(self)
        self._furnish(company, None)

    def _furnish(self, company: Json, team: str | None) -> None:
        self.run = secrets.token_hex(4)  # another one after each reset
        self.world = build_world(company, self.clock, team)
        self.marks = ReadMarks(self.world)
        self.scopes = set(self.manifest.scopes)
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.triggers = Triggers()
        self.views = Views(self)
        self.responses = ResponseUrls(self)
        self.suggested: dict[tuple[str, str, str], list[Json]] = {}  # by person, holder, action_id
        self.bots: list[str] = []

    def reset(
        self, company: Json | None, team: str | None, now: datetime | None, held: bool | None
    ) -> None:
        """Everything as at the start; only the bot's open connections stay open."""
        held = self._starts_held if held is None else held
        build_world(company or self.company, Clock(now, held))  # refuses before anything is lost
        self.agenda.clear()
        self.clock.restart(now or self._starts_at, held)
        self.journal.clear()
        self.delivery.reset()
        self.sockets.reopen()
        self._furnish(company or self.company, team)

    def show(
        self, conversation: Conversation, message: Message, with_metadata: bool = False
    ) -> Json:
        replies = [] if message.is_reply else conversation.replies_to(message.ts)
        return describe_message(message, self.world.team, self.world.app_id, replies, with_metadata)

    def whisper(
        self, conversation: Conversation, reader: str, text: str, **more: object
    ) -> Message:
        """An ephemeral message, as Slack itself or the app shows it to one person."""
        message = Message(
            ts=self.world.next_ts(), user=self.world.bot_user, text=text, reader=reader
        )
        for name, value in more.items():
            setattr(message, name, value)
        conversation.whispers.append(message)
        return message
