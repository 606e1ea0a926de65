"""Asks Slack for the doctor: are the tokens good, what may they do, and how late is it."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient

from bot.domain.outcomes import Later, Never, Unclear
from bot.slack.errors import attempt
from bot.slack.heard import Heard
from bot.slack.identity import NotConnected, no_socket, slack_client, who_we_are

SECONDS = 10


@dataclass(frozen=True, slots=True)
class SlackFacts:
    """Of each token a sentence on what is the matter with it; None if nothing is."""

    bot_token: str | None = None
    app_token: str | None = None
    granted: frozenset[str] | None = None
    now: datetime | None = None
    """By Slack's clock, to the second."""


def ask(*, bot_token: str, app_token: str, api_url: str) -> SlackFacts:
    heard = Heard()
    client = slack_client(token=bot_token, api_url=api_url, seconds=SECONDS, heard=heard)
    try:
        who_we_are(client)
    except NotConnected as problem:  # the other token would only say the same again
        return SlackFacts(bot_token=str(problem), now=_instant(heard.date))
    now = _instant(heard.date)
    refusal = _try_socket(client, app_token) if app_token else None
    return SlackFacts(app_token=refusal, granted=heard.scopes, now=now)


def _try_socket(client: WebClient, app_token: str) -> str | None:
    """A connection is offered and not taken; being asked to wait says nothing of the token."""
    answer = attempt(lambda: client.apps_connections_open(app_token=app_token))
    if isinstance(answer, Never | Later | Unclear) and answer.reason != "ratelimited":
        return no_socket(answer.reason)
    return None


def _instant(date: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
