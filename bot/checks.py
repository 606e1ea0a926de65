"""What well-formed settings must not say: a sentence for each way in which they cannot be."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.config import Settings


class Check(NamedTuple):
    """About a setting: whether it is wrong, and what to say then."""

    about: str
    is_wrong: Callable[["Settings"], bool]
    words: str


def is_copied_badly(token: str) -> bool:
    """Tokens are letters, digits and dashes: the dots of an example or a space are none of it."""
    return bool(re.search(r"[^!-~]", token))


def is_on_server(address: str) -> bool:
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def has_bare_password(address: str) -> bool:
    """Whether there is more than one @: the one before the host, and others in the password."""
    return is_on_server(address) and address.count("@") > 1


def has_bad_port(address: str) -> bool:
    host = re.split(r"[/?]", address.partition("://")[2].rpartition("@")[2])[0]
    port = re.search(r":([^:\]]*)$", host)
    is_port = not port or (port[1].isascii() and port[1].isdigit() and int(port[1]) < 65_536)
    return is_on_server(address) and not has_bare_password(address) and not is_port


CHECKS = (
    Check(
        "SLACK_CLIENT_ID",
        lambda s: bool(s.slack_client_id or s.slack_client_secret),
        "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are for installing into several workspaces, "
        "which this version cannot do yet. Please remove them.",
    ),
    Check(
        "SLACK_BOT_TOKEN",
        lambda s: bool(s.slack_bot_token) and not s.slack_bot_token.startswith("xoxb-"),
        "SLACK_BOT_TOKEN must begin with xoxb-. You find it in your Slack app under "
        "OAuth & Permissions.",
    ),
    Check(
        "SLACK_BOT_TOKEN",
        lambda s: s.slack_bot_token.startswith("xoxb-") and is_copied_badly(s.slack_bot_token),
        "SLACK_BOT_TOKEN holds a character that is in no token, such as … or a space. Please copy "
        "it again from your Slack app, OAuth & Permissions.",
    ),
    Check(
        "SLACK_APP_TOKEN",
        lambda s: bool(s.slack_app_token) and not s.slack_app_token.startswith("xapp-"),
        "SLACK_APP_TOKEN must begin with xapp-. You make it in your Slack app under Basic "
        "Information, App-Level Tokens, with the scope connections:write.",
    ),
    Check(
        "SLACK_APP_TOKEN",
        lambda s: s.slack_app_token.startswith("xapp-") and is_copied_badly(s.slack_app_token),
        "SLACK_APP_TOKEN holds a character that is in no token, such as … or a space. Please copy "
        "it again from your Slack app, Basic Information, App-Level Tokens.",
    ),
    Check(
        "SLACK_SIGNING_SECRET",
        lambda s: is_copied_badly(s.slack_signing_secret),
        "SLACK_SIGNING_SECRET holds a character that is in no secret, such as … or a space. Please "
        "copy it again from your Slack app, Basic Information, App Credentials.",
    ),
    Check(
        "SLACK_BOT_TOKEN",
        lambda s: bool(s.slack_app_token) and not s.slack_bot_token,
        "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not; Peerloop needs both.",
    ),
    Check(
        "SLACK_SIGNING_SECRET",
        lambda s: bool(s.slack_bot_token) and not (s.slack_app_token or s.slack_signing_secret),
        "Without SLACK_APP_TOKEN Slack reaches Peerloop over HTTP, and that needs "
        "SLACK_SIGNING_SECRET. Set either of them.",
    ),
    Check(
        "DATABASE_URL",
        lambda s: not (s.database_url.startswith("sqlite:///") or is_on_server(s.database_url)),
        "DATABASE_URL must begin with sqlite:/// or postgresql://.",
    ),
    Check(
        "DATABASE_URL",
        lambda s: s.database_url in {"sqlite:///", "sqlite:///:memory:"},
        "DATABASE_URL must name a file: a database in memory is gone with every connection.",
    ),
    Check(
        "DATABASE_URL",
        lambda s: has_bare_password(s.database_url),
        "DATABASE_URL has more than one @. A password with @, /, :, ?, # or % in it must be "
        "percent-encoded, @ as %40 for example; docs/operations.md says how.",
    ),
    Check(
        "DATABASE_URL",
        lambda s: has_bad_port(s.database_url),
        "DATABASE_URL has a port that is no number between 0 and 65535. It looks like "
        "postgresql://user:password@host:5432/name; signs in the password are percent-encoded.",
    ),
    Check(
        "SLACK_API_URL",
        lambda s: not s.slack_api_url.startswith(("https://", "http://127.0.0.1:")),
        "SLACK_API_URL must begin with https:// (or be a local Slack on 127.0.0.1).",
    ),
    Check(
        "SANDBOX",
        lambda s: s.sandbox and not s.slack_api_url.startswith("http://127.0.0.1:"),
        "SANDBOX lets a local Slack move the clock; it cannot be used with the real one.",
    ),
)
