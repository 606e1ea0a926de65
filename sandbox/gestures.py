"""What people do in channels: commands, messages, reactions, shortcuts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import payloads
from sandbox.conversations import Conversation
from sandbox.delivery import Ack
from sandbox.errors import ControlError, Json, SlackError
from sandbox.events import emit, tell_of_message
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.views import View

if TYPE_CHECKING:
    from sandbox.slack import Slack

TIMED_OUT = "Operation timed out. Apps need to respond within 3 seconds."


@dataclass(frozen=True)
class Before:
    """How things stood for this person before the gesture, to tell afterwards what they saw."""

    whispers: frozenset[tuple[str, str | None]]  # ts and when it was replaced
    hashes: frozenset[tuple[str, str]]


class Gestures:
    """One person's doing, and what they see of it at once."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack

    # --- who and where ------------------------------------------------------------------------

    def actor(self, body: Json) -> Person:
        person = self.slack.world.person(body["user"])
        if person.deleted:
            raise ControlError(f"{person.name} is deactivated and cannot do anything.")
        return person

    def place(self, body: Json, person: Person) -> Conversation:
        conversation = self.slack.world.conversation(body["channel"])
        if person.id not in conversation.members:
            raise ControlError(f"{person.name} is not in {conversation.name or conversation.id}.")
        return conversation

    def message(self, conversation: Conversation, ts: str) -> Message:
        message = conversation.find(ts)
        if message is None:
            raise ControlError(f"There is no message {ts} in {conversation.name}.")
        return message

    def open_view(self, person: Person, view_id: str) -> View:
        """A view this person can reach, by id or place: their App Home, or the modal on `top`."""
        views = self.slack.views
        named = {"top": views.top(person.id), "home": views.homes.get(person.id)}
        view = named.get(view_id) or views.find(view_id)
        if view is None or view.user != person.id:
            raise ControlError(f"{person.name} has no view {view_id} open.")
        if view.type == "modal" and view is not self.slack.views.top(person.id):
            raise ControlError(f"{view_id} is not the modal on top.")
        return view

    def modal_on_top(self, person: Person, view_id: str) -> View:
        view = self.open_view(person, view_id)
        if view.type != "modal":
            raise ControlError(f"{view_id} is not a modal.")
        return view

    # --- what they see ------------------------------------------------------------------------

    def before(self, person: Person) -> Before:
        whispers = frozenset((each.ts, each.edited) for _, each in self._whispers(person))
        return Before(whispers, self._hashes(person))

    def _whispers(self, person: Person) -> list[tuple[Conversation, Message]]:
        return [
            (conversation, message)
            for conversation in self.slack.world.conversations.values()
            for message in conversation.whispers
            if message.reader == person.id
        ]

    def _hashes(self, person: Person) -> frozenset[tuple[str, str]]:
        views = list(self.slack.views.stacks.get(person.id) or [])
        home = self.slack.views.homes.get(person.id)
        return frozenset((view.id, view.hash) for view in [*views, *([home] if home else [])])

    def outcome(self, person: Person, ack: str, before: Before, **more: Any) -> Json:
        saw = [
            {
                "channel": conversation.id,
                "ts": message.ts,
                "thread_ts": message.thread_ts,
                "text": message.text,
                "blocks": message.blocks,
                "ephemeral": True,
            }
            for conversation, message in self._whispers(person)
            if (message.ts, message.edited) not in before.whispers
        ]
        view = self._touched_view(person, before)
        return {"ack": ack, "saw": saw, "view": view, "errors": None, "ts": None, **more}

    def _touched_view(self, person: Person, before: Before) -> Json | None:
        """A modal lies above App Home, so a changed one is named first."""
        views = [*(self.slack.views.stacks.get(person.id) or [])]
        home = self.slack.views.homes.get(person.id)
        changed = [
            view
            for view in [*reversed(views), *([home] if home else [])]
            if (view.id, view.hash) not in before.hashes
        ]
        return self.slack.views.show(changed[0]) if changed else None

    # --- doing --------------------------------------------------------------------------------

    async def command(self, body: Json) -> Json:
        name = body["command"]
        if name not in self.slack.manifest.commands:
            raise ControlError(f"{name} is not a command of this app.")
        person = self.actor(body)
        conversation = self.place(body, person)
        before = self.before(person)
        text = str(body.get("text") or "").strip()
        payload = payloads.command(self.slack, person, conversation, name, text)
        ack = await self.slack.delivery.deliver("slash_commands", payload)
        self._show_ack(ack, name, person, conversation)
        return self.outcome(person, ack.status, before)

    def _show_ack(self, ack: Ack, name: str, person: Person, conversation: Conversation) -> None:
        """A command's ack is shown to the person, or Slack's own sentence when there is none."""
        trouble = {"timeout": "operation_timeout", "refused": "dispatch_failed"}.get(ack.status)
        if ack.status == "acked" and isinstance(ack.payload, dict):
            try:
                self.slack.responses.answer(conversation, person.id, ack.payload)
            except SlackError as refusal:
                trouble = None if refusal.code == "no_text" else refusal.code
        if trouble:
            sentence = f'{name} failed with the error "{trouble}"'
            self.slack.whisper(conversation, person.id, sentence, user="USLACKBOT")

    async def say(self, body: Json) -> Json:
        person = self.actor(body)
        conversation = self.place(body, person)
        if conversation.is_archived:
            raise ControlError(f"#{conversation.name} is archived.")
        thread_ts = body.get("thread_ts")
        if thread_ts:
            thread_ts = self.message(conversation, thread_ts).thread_ts or thread_ts
        world = self.slack.world
        message = Message(world.next_ts(), person.id, str(body["text"]), thread_ts=thread_ts)
        world.say(conversation, message)
        tell_of_message(self.slack, conversation, message)
        return self.outcome(person, "none", self.before(person), ts=message.ts)

    async def react(self, body: Json) -> Json:
        person = self.actor(body)
        conversation = self.place(body, person)
        if conversation.is_archived:
            raise ControlError(f"#{conversation.name} is archived.")
        message = self.message(conversation, body["ts"])
        name, present = str(body["name"]).strip(":"), bool(body.get("present", True))
        _change_reaction(message, person.id, name, present)
        event = {
            "type": "reaction_added" if present else "reaction_removed",
            "user": person.id,
            "reaction": name,
            "item": {"type": "message", "channel": conversation.id, "ts": message.ts},
            "item_user": message.user,
        }
        emit(self.slack, event, conversation)
        return self.outcome(person, "none", self.before(person))

    async def shortcut(self, body: Json) -> Json:
        shortcut = self.slack.manifest.shortcuts.get(body["callback_id"])
        if shortcut is None:
            raise ControlError(f"{body['callback_id']!r} is not a shortcut of this app.")
        person = self.actor(body)
        before = self.before(person)
        if shortcut["type"] == "message":
            conversation = self.place(body, person)
            message = self.message(conversation, body["ts"])
            payload = payloads.message_shortcut(
                self.slack, person, body["callback_id"], conversation, message
            )
        else:
            payload = payloads.global_shortcut(self.slack, person, body["callback_id"])
        return await self.interact(person, payload, before)

    async def interact(self, person: Person, payload: Json, before: Before) -> Json:
        """For gestures whose ack shows nothing by itself."""
        ack = await self.slack.delivery.deliver("interactive", payload)
        if ack.status != "acked":
            self.complain(person, TIMED_OUT)
        return self.outcome(person, ack.status, before)

    def complain(self, person: Person, sentence: str) -> None:
        """Slack's own words, shown where the person looks: here, in their direct message."""
        conversation = self.slack.world.direct([person.id])
        self.slack.whisper(conversation, person.id, sentence, user="USLACKBOT")


def _change_reaction(message: Message, user: str, name: str, present: bool) -> None:
    users = message.reactions.get(name, [])
    if present and user in users:
        raise ControlError("already_reacted: this person has added this reaction already.")
    if not present and user not in users:
        raise ControlError("no_reaction: this person has not added this reaction.")
    if present:
        message.reactions[name] = [*users, user]
        return
    message.reactions[name] = [each for each in users if each != user]
    if not message.reactions[name]:
        del message.reactions[name]
