"""The methods of the Web API, with the scopes, token and rate limit of each."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.api import about, chat, conversations, history, users, views
from sandbox.call import Call
from sandbox.errors import Json


@dataclass(frozen=True)
class Method:
    run: Callable[[Call], Json]
    per_minute: int | None  # None: limited by channel, not by method
    scopes: tuple[str, ...] = ()  # any one of them; by type of conversation where it matters
    token: str = "bot"


TIER_2, TIER_3, TIER_4 = 20, 50, 100
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
OPEN = ("channels:manage", "groups:write", "im:write", "mpim:write")
SAY = ("chat:write",)
KNOW = ("users:read",)

METHODS = {
    "auth.test": Method(about.auth_test, 600),
    "apps.connections.open": Method(about.connections_open, TIER_3, token="app"),
    "team.info": Method(about.team_info, TIER_3, ("team:read",)),
    "users.info": Method(users.info, TIER_4, KNOW),
    "users.list": Method(users.everyone, TIER_2, KNOW),
    "users.conversations": Method(users.conversations, TIER_3, READ),
    "conversations.open": Method(conversations.open_direct, TIER_3, OPEN),
    "conversations.list": Method(conversations.everything, TIER_2, READ),
    "conversations.info": Method(conversations.info, TIER_3, READ),
    "conversations.members": Method(conversations.members, TIER_4, READ),
    "conversations.history": Method(history.history, TIER_3, HISTORY),
    "conversations.replies": Method(history.replies, TIER_3, HISTORY),
    "reactions.get": Method(history.reactions, TIER_3, ("reactions:read",)),
    "chat.postMessage": Method(chat.post_message, None, SAY),
    "chat.update": Method(chat.update, TIER_3, SAY),
    "chat.delete": Method(chat.delete, TIER_3, SAY),
    "chat.postEphemeral": Method(chat.post_ephemeral, TIER_4, SAY),
    "chat.getPermalink": Method(chat.permalink, 300),
    "views.open": Method(views.open_modal, TIER_4),
    "views.push": Method(views.push, TIER_4),
    "views.update": Method(views.update, TIER_4),
    "views.publish": Method(views.publish, TIER_4),
}
