"""How far each person has read, what is new to them, and what was said since some moment."""

from typing import TYPE_CHECKING

from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.messages import Message, control_view
from sandbox.people import Person
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.slack import Slack


class ReadMarks:
    """Who is new to a conversation, or at the start of everything, has read what is there."""

    def __init__(self, world: World) -> None:
        self._start = f"{world.clock.epoch():.6f}"
        self._marks: dict[tuple[str, str], str] = {}
        self.version = 0

    def of(self, user: str, conversation: Conversation) -> str:
        return self._marks.get((user, conversation.id), self._start)

    def put(self, user: str, conversation: Conversation, ts: str) -> None:
        if ts > self.of(user, conversation):
            self._marks[user, conversation.id] = ts
            self.version += 1


class Reading:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def read(self, body: Json) -> Json:
        """This person has read a conversation, up to `ts` or all of it."""
        person = self._slack.world.person(body["user"])
        conversation = self._slack.world.conversation(body["channel"])
        seen = _seen(conversation, person)
        newest = max((message.ts for message in seen), default="")
        self._slack.marks.put(person.id, conversation, body.get("ts") or newest)
        return {"read": self._slack.marks.of(person.id, conversation)}

    def desk(self, user: str) -> Json:
        """The conversations this person sees, with what is new in each."""
        world = self._slack.world
        person = world.person(user)
        return {
            "user": person.id,
            "conversations": [
                self._line(conversation, person)
                for conversation in world.conversations.values()
                if world.visible(conversation, person.id) and _may_browse(conversation, person)
            ],
            "others": {each.id: new for each in self._people() if (new := self._direct_news(each))},
        }

    def _people(self) -> list[Person]:
        people = self._slack.world.people.values()
        return [each for each in people if not each.is_bot and not each.deleted]

    def _direct_news(self, person: Person) -> int:
        """What is new to somebody outside channels."""
        return sum(
            len(_fresh(conversation, person, self._slack.marks.of(person.id, conversation)))
            for conversation in self._slack.world.conversations.values()
            if conversation.kind != "channel" and person.id in conversation.members
        )

    def _line(self, conversation: Conversation, person: Person) -> Json:
        mark = self._slack.marks.of(person.id, conversation)
        is_member = person.id in conversation.members
        seen = _seen(conversation, person)
        fresh = _fresh(conversation, person, mark)
        return {
            "id": conversation.id,
            "name": conversation.name,
            "kind": conversation.kind,
            "topic": conversation.topic,
            "is_private": conversation.is_private,
            "is_archived": conversation.is_archived,
            "is_ext_shared": conversation.is_ext_shared,
            "is_member": is_member,
            "members": conversation.members,
            "read": mark,
            "unread": sum(_counts(each, conversation, person) for each in fresh) * is_member,
            "newest": max((each.ts for each in seen), default=None),
        }

    def news(self, since: str) -> Json:
        """What was said to anybody after `since`, conversation by conversation."""
        if not since.replace(".", "").isdigit():
            raise ControlError("Say since which ts: news?since=1772442000.000100.")
        every = self._slack.world.conversations.values()
        return {
            "newest": max((each.ts for found in every for each in _everything(found)), default="0"),
            "conversations": [
                {
                    "id": conversation.id,
                    "members": conversation.members,
                    "messages": [control_view(each) for each in fresh],
                }
                for conversation in every
                if (fresh := [each for each in _everything(conversation) if each.ts > since])
            ],
        }


def _everything(conversation: Conversation) -> list[Message]:
    return sorted([*conversation.messages, *conversation.whispers], key=lambda each: each.ts)


def _seen(conversation: Conversation, person: Person) -> list[Message]:
    return [each for each in _everything(conversation) if each.reader in (None, person.id)]


def _fresh(conversation: Conversation, person: Person, mark: str) -> list[Message]:
    seen = _seen(conversation, person)
    return [each for each in seen if each.ts > mark and each.user != person.id]


def _may_browse(conversation: Conversation, person: Person) -> bool:
    """Guests see only the channels they are in."""
    guest = person.is_restricted or person.is_ultra_restricted
    return person.id in conversation.members or not guest


def _counts(message: Message, conversation: Conversation, person: Person) -> bool:
    """A reply is news in a direct message, and to whoever takes part in its thread."""
    if message.reader or not message.is_reply or conversation.kind != "channel":
        return True
    thread = [each for each in conversation.messages if each.thread_ts == message.thread_ts]
    called = f"<@{person.id}>"
    return any(each.user == person.id or called in each.text for each in thread)
