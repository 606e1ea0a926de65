"""What an error from Slack says about the call: it did not arrive, it never will, or who knows."""

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from datetime import timedelta
from http.client import HTTPException
from typing import TypeVar
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.domain.outcomes import Later, Never, Unclear
from bot.slack.heard import header

R = TypeVar("R")

NOT_CONNECTED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
"""The connection was never made, so nothing can have arrived."""

UNCLEAR_ERRORS = frozenset(
    {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
)
"""Slack documents that part of the work may have been done."""

OURS_TO_MEND = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
"""The token is at fault, not the message: it waits until the operator has mended it."""

CODE = re.compile(r"[a-z0-9_.-]{1,80}")
"""Slack's own codes; slack_sdk puts a sentence there when a body is no JSON at all."""

SCOPES = re.compile(r"[a-z0-9_.:, -]{1,200}")

DEFAULT_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
TOKEN_PAUSE = timedelta(minutes=5)


def attempt(call: Callable[[], R]) -> R | Later | Never | Unclear:
    """The answer of `call`, or what its failure means."""
    try:
        return call()
    except SlackApiError as error:
        return _of_answer(error)
    except SlackClientError as error:  # an answer that is not Slack's, such as half a page of HTML
        return Unclear(f"an answer that could not be read ({type(error).__name__})")
    except (OSError, HTTPException, ValueError) as error:
        return _of_connection(error)


def missing_scope(error: Exception) -> str | None:
    """The permission Slack says is missing, if that is what is the matter."""
    answer = error.response if isinstance(error, SlackApiError) else None
    if not isinstance(answer, SlackResponse) or not isinstance(answer.data, dict):
        return None
    if answer.data.get("error") != "missing_scope":
        return None
    needed = answer.data.get("needed")
    is_named = isinstance(needed, str) and SCOPES.fullmatch(needed)
    return str(needed) if is_named else "Slack does not say which"


def _of_answer(error: SlackApiError) -> Later | Never | Unclear:
    answer = error.response
    if not isinstance(answer, SlackResponse):
        return Unclear("an answer that could not be read")
    if answer.status_code == 429:
        return Later("ratelimited", pause(answer.headers))
    if answer.status_code >= 500 or not isinstance(answer.data, dict):
        return Unclear(f"status {answer.status_code}")
    code = answer.data.get("error")
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        return Unclear("an answer that could not be read")
    return _of_code(code, answer)


def _of_code(code: str, answer: SlackResponse) -> Later | Never | Unclear:
    if code in UNCLEAR_ERRORS:
        return Unclear(code)
    if code in {"ratelimited", "rate_limited"}:
        return Later(code, pause(answer.headers))
    return Later(code, TOKEN_PAUSE) if code in OURS_TO_MEND else Never(code)


def _of_connection(error: Exception) -> Later | Unclear:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, NOT_CONNECTED):
        return Later(f"no connection ({type(cause).__name__})")
    return Unclear(f"no answer ({type(cause).__name__})")


def pause(headers: Mapping[str, str | list[str]]) -> timedelta:
    """Retry-After in seconds; something sensible where it is missing or absurd."""
    given = header(headers, "retry-after")
    if not (given and given.isascii() and given.isdigit()):
        return DEFAULT_PAUSE
    return min(max(timedelta(seconds=int(given[:9])), timedelta(seconds=1)), LONGEST_PAUSE)
