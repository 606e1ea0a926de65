"""Events: which ones this app hears of, and how Slack wraps them."""

import secrets
from typing import TYPE_CHECKING

from sandbox.conversations import SCOPE_NOUN, Conversation
from sandbox.errors import Json
from sandbox.messages import Message
from sandbox.people import Person, describe

if TYPE_CHECKING:
    from sandbox.slack import Slack

MESSAGE_EVENTS = {
    "public_channel": "message.channels",
    "private_channel": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
CHANNEL_TYPES = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}
SCOPES = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "app_mention": "app_mentions:read",
}


def emit(slack: "Slack", event: Json, conversation: Conversation | None = None) -> bool:
    """Sends the event if the app is subscribed, may know of it, and is where it happened."""
    if not _hears(slack, event, conversation):
        return False
    send(slack, event, conversation)
    return True


def send(
    slack: "Slack",
    event: Json,
    conversation: Conversation | None = None,
    event_id: str | None = None,
) -> str:
    payload = wrap(slack, event, conversation, event_id)
    slack.delivery.event(payload)
    return str(payload["event_id"])


def _hears(slack: "Slack", event: Json, conversation: Conversation | None) -> bool:
    kind = event["type"]
    name, scope = kind, SCOPES.get(kind)
    if kind == "message" and conversation is not None:
        name = MESSAGE_EVENTS[conversation.type]
        scope = f"{SCOPE_NOUN[conversation.type]}:history"
    if name not in slack.manifest.events or (scope and scope not in slack.scopes):
        return False
    return conversation is None or slack.world.bot_user in conversation.members


def wrap(
    slack: "Slack", event: Json, conversation: Conversation | None, event_id: str | None
) -> Json:
    world = slack.world
    return {
        "token": "sandbox-verification",
        "team_id": world.team,
        "context_team_id": world.team,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": {"event_ts": world.next_ts(), **event},
        "type": "event_callback",
        "event_id": event_id or f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(slack.clock.epoch()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": world.team,
                "user_id": world.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(conversation and conversation.is_ext_shared),
        "event_context": f"4-{secrets.token_hex(8)}",
    }


def tell_of_message(slack: "Slack", conversation: Conversation, message: Message) -> None:
    """An app also hears of its own messages, marked by its bot_id."""
    author = slack.world.people[message.user]
    event: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": author.team or slack.world.team,
        "channel": conversation.id,
        "channel_type": CHANNEL_TYPES[conversation.type],
        "event_ts": message.ts,
    }
    optional = {"thread_ts": message.thread_ts, "bot_id": message.bot_id}
    event |= {name: value for name, value in optional.items() if value}
    emit(slack, event, conversation)
    if f"<@{slack.world.bot_user}>" in message.text and not message.bot_id:
        mention = {name: each for name, each in event.items() if name != "channel_type"}
        emit(slack, mention | {"type": "app_mention"}, conversation)


def person_event(slack: "Slack", kind: str, person: Person) -> bool:
    user = describe(person, slack.world.team, slack.clock.now())
    return emit(slack, {"type": kind, "user": user, "cache_ts": int(slack.clock.epoch())})
