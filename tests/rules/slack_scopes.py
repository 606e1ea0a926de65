"""What Slack asks of an app: the scopes that exist, what each method, event and field needs."""

from collections.abc import Iterator
from typing import Any

HISTORY = frozenset({"channels:history", "groups:history", "im:history", "mpim:history"})
CONVERSATIONS = frozenset({"channels:read", "groups:read", "im:read", "mpim:read"})
OPENING = frozenset({"channels:manage", "groups:write", "im:write", "mpim:write"})
NONE: frozenset[str] = frozenset()

# Web API method -> the scopes of which one is needed (by the kind of conversation, where several).
METHODS: dict[str, frozenset[str]] = {
    "api.test": NONE,
    "auth.test": NONE,
    "auth.revoke": NONE,
    "auth.teams.list": NONE,
    "apps.uninstall": NONE,
    "apps.connections.open": NONE,  # the app-level token's own scope
    "oauth.v2.access": NONE,
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "chat.delete": frozenset({"chat:write"}),
    "chat.scheduleMessage": frozenset({"chat:write"}),
    "chat.deleteScheduledMessage": frozenset({"chat:write"}),
    "chat.scheduledMessages.list": NONE,
    "chat.getPermalink": NONE,
    "conversations.open": OPENING,
    "conversations.members": CONVERSATIONS,
    "conversations.info": CONVERSATIONS,
    "conversations.list": CONVERSATIONS,
    "users.conversations": CONVERSATIONS,
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "conversations.join": frozenset({"channels:join"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.getPresence": frozenset({"users:read"}),
    "users.profile.get": frozenset({"users.profile:read"}),
    "team.profile.get": frozenset({"users.profile:read"}),
    "team.info": frozenset({"team:read"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "dnd.info": frozenset({"dnd:read"}),
    "dnd.teamInfo": frozenset({"dnd:read"}),
    "reactions.get": frozenset({"reactions:read"}),
    "reactions.add": frozenset({"reactions:write"}),
    "views.open": NONE,
    "views.push": NONE,
    "views.update": NONE,
    "views.publish": NONE,
}

# Event -> the scopes of which one is needed.
EVENTS: dict[str, frozenset[str]] = {
    "app_home_opened": NONE,
    "app_uninstalled": NONE,
    "tokens_revoked": NONE,
    "team_access_granted": NONE,
    "team_access_revoked": NONE,
    "reaction_added": frozenset({"reactions:read"}),
    "reaction_removed": frozenset({"reactions:read"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "channel_archive": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_deleted": frozenset({"groups:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
}

# The scopes a bot token can have. Slack's own schema for manifests takes any word here.
BOT_SCOPES = frozenset(
    {
        *("app_mentions:read", "assistant:write", "bookmarks:read", "bookmarks:write"),
        *("calls:read", "calls:write", "canvases:read", "canvases:write"),
        *("channels:history", "channels:join", "channels:manage", "channels:read"),
        *("channels:write.invites", "channels:write.topic"),
        *("chat:write", "chat:write.customize", "chat:write.public", "commands"),
        *("conversations.connect:manage", "conversations.connect:read"),
        *("conversations.connect:write", "dnd:read", "emoji:read", "files:read", "files:write"),
        *("groups:history", "groups:read", "groups:write"),
        *("groups:write.invites", "groups:write.topic"),
        *("im:history", "im:read", "im:write", "im:write.topic", "incoming-webhook"),
        *("links.embed:write", "links:read", "links:write", "lists:read", "lists:write"),
        *("metadata.message:read", "mpim:history", "mpim:read", "mpim:write", "mpim:write.topic"),
        *("pins:read", "pins:write", "reactions:read", "reactions:write"),
        *("reminders:read", "reminders:write"),
        *("remote_files:read", "remote_files:share", "remote_files:write"),
        *("team.billing:read", "team.preferences:read", "team:read", "triggers:read"),
        *("triggers:write", "usergroups:read", "usergroups:write", "users.profile:read"),
        *("users:read", "users:read.email", "users:write", "workflow.steps:execute"),
    }
)

# Where -> the fewest and the most characters (of a list: entries). A star is every entry of a list.
LIMITS: dict[str, tuple[int, int]] = {
    "display_information.name": (1, 35),
    "display_information.description": (0, 140),
    "display_information.long_description": (175, 4000),
    "display_information.background_color": (4, 7),
    "features.bot_user.display_name": (1, 80),
    "features.shortcuts.*.name": (1, 24),
    "features.shortcuts.*.callback_id": (1, 255),
    "features.shortcuts.*.description": (1, 150),
    "features.slash_commands.*.command": (2, 32),
    "features.slash_commands.*.description": (1, 2000),
    "features.slash_commands.*.usage_hint": (0, 1000),
    "features.slash_commands.*.url": (0, 3000),
    "oauth_config.scopes.bot": (1, 255),
    "oauth_config.scopes.bot_optional": (0, 255),
    "settings.event_subscriptions.request_url": (0, 3500),
    "settings.event_subscriptions.bot_events": (0, 100),
}

REQUIRED = (
    "_metadata.major_version",
    "display_information.name",
    "features.bot_user.display_name",
    "features.slash_commands.*.command",
    "features.slash_commands.*.description",
    "features.shortcuts.*.name",
    "features.shortcuts.*.type",
    "features.shortcuts.*.callback_id",
    "features.shortcuts.*.description",
    "settings.interactivity.is_enabled",
)


def breaches(manifest: dict[str, Any]) -> list[str]:
    """What Slack would refuse in this manifest."""
    return [*_missing(manifest), *_too_long(manifest), *_misnamed(manifest)]


def _missing(manifest: dict[str, Any]) -> Iterator[str]:
    for path in REQUIRED:
        if None in _at(manifest, path):
            yield f"{path} is missing"


def _too_long(manifest: dict[str, Any]) -> Iterator[str]:
    for path, (fewest, most) in LIMITS.items():
        for value in _at(manifest, path):
            if value is not None and not fewest <= len(value) <= most:
                yield f"{path} has {len(value)}, not {fewest} to {most}: {value!r}"


def _misnamed(manifest: dict[str, Any]) -> Iterator[str]:
    for command in _at(manifest, "features.slash_commands.*.command"):
        if not str(command).startswith("/"):
            yield f"a command begins with a slash: {command!r}"


def _at(value: Any, path: str) -> Iterator[Any]:
    """The values at a path; None where a key is missing, nothing where a list is."""
    step, _, rest = path.partition(".")
    if not step:
        yield value
    elif step == "*":
        for entry in value or []:
            yield from _at(entry, rest)
    else:
        yield from _at((value or {}).get(step), rest)
