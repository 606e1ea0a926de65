"""Messages, as kept and as Slack shows them."""

from dataclasses import dataclass, field

from sandbox.errors import Json


@dataclass
class Message:
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    bot_id: str | None = None
    subtype: str | None = None
    chosen: dict[str, dict[str, Json]] = field(default_factory=dict)  # by person, in its menus
    reader: str | None = None  # set on an ephemeral message: the one person who sees it

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


def describe_message(
    message: Message, team: str, app: str, replies: list[Message], with_metadata: bool = False
) -> Json:
    """The message object of history, replies and interaction payloads."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = team
    optional = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "bot_id": message.bot_id,
        "app_id": app if message.bot_id else None,
        "thread_ts": message.thread_ts,
        "metadata": message.metadata if with_metadata else None,
    }
    shown |= {name: value for name, value in optional.items() if value}
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if message.reactions:
        shown["reactions"] = describe_reactions(message)
    return shown | (_thread_facts(message, replies) if replies else {})


def describe_reactions(message: Message) -> list[Json]:
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _thread_facts(parent: Message, replies: list[Message]) -> Json:
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": parent.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }


def control_view(message: Message) -> Json:
    """What /control/messages answers for one message."""
    shown: Json = {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "ephemeral": message.reader is not None,
        "edited": message.edited is not None,
        "reactions": message.reactions,
        "metadata": message.metadata,
    }
    return shown | ({"for": message.reader} if message.reader else {})
