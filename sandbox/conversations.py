"""Conversations: channels, direct and group direct messages, with what was said in them."""

from dataclasses import dataclass, field

from sandbox.errors import Json
from sandbox.messages import Message


@dataclass
class Conversation:
    id: str
    name: str = ""
    kind: str = "channel"  # channel, im or mpim
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # in the order of their ts
    whispers: list[Message] = field(default_factory=list)  # ephemeral, never in history

    @property
    def type(self) -> str:
        """The word conversations.list uses in `types`."""
        if self.kind != "channel":
            return self.kind
        return "private_channel" if self.is_private else "public_channel"

    def find(self, ts: str) -> Message | None:
        return next((message for message in reversed(self.messages) if message.ts == ts), None)

    def whisper(self, ts: str) -> Message | None:
        return next((message for message in reversed(self.whispers) if message.ts == ts), None)

    def replies_to(self, ts: str) -> list[Message]:
        return [message for message in self.messages if message.thread_ts == ts != message.ts]

    def remove(self, message: Message) -> None:
        """A parent with replies leaves a tombstone behind, as in Slack."""
        if self.replies_to(message.ts):
            message.subtype, message.text = "tombstone", "This message was deleted."
            message.user, message.bot_id = "USLACKBOT", None
            message.blocks, message.metadata, message.reactions = [], None, {}
            return
        self.messages.remove(message)


# The noun in a scope's name for each type of conversation: `groups:history`, `im:read`, ...
SCOPE_NOUN = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


def describe_conversation(conversation: Conversation, bot: str) -> Json:
    if conversation.kind == "im":
        return _describe_im(conversation, bot)
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.type == "public_channel",
        "is_group": conversation.type == "private_channel",
        "is_im": False,
        "is_mpim": conversation.kind == "mpim",
        "is_private": conversation.is_private,
        "is_archived": conversation.is_archived,
        "is_ext_shared": conversation.is_ext_shared,
        "is_shared": conversation.is_ext_shared,
        "is_general": conversation.name == "general",
        "is_member": bot in conversation.members,
        "created": conversation.created,
        "creator": conversation.creator,
        "topic": {"value": conversation.topic, "creator": conversation.creator, "last_set": 0},
        "purpose": {"value": conversation.purpose, "creator": conversation.creator, "last_set": 0},
        "num_members": len(conversation.members),
    }


def _describe_im(conversation: Conversation, bot: str) -> Json:
    return {
        "id": conversation.id,
        "created": conversation.created,
        "is_im": True,
        "is_channel": False,
        "is_group": False,
        "is_mpim": False,
        "is_private": True,
        "is_archived": False,
        "is_org_shared": False,
        "user": next((user for user in conversation.members if user != bot), bot),
    }
