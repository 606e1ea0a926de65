"""Slack's cursor pagination."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.call import Call
from sandbox.errors import Json, SlackError

T = TypeVar("T")
LARGEST_PAGE = 999


def page(call: Call, items: Sequence[T], usual: int = 100) -> tuple[list[T], Json]:
    """The items of this page and the response_metadata that leads to the next one."""
    start = int(read_cursor(call, "next") or 0)
    following = start + read_limit(call, usual)
    more = str(following) if following < len(items) else ""
    return list(items[start:following]), {"next_cursor": make_cursor("next", more)}


def read_limit(call: Call, usual: int) -> int:
    limit = call.number("limit", usual)
    if not 1 <= limit <= LARGEST_PAGE:
        raise SlackError("invalid_limit")
    return limit


def make_cursor(word: str, position: str) -> str:
    return base64.b64encode(f"{word}:{position}".encode()).decode() if position else ""


def read_cursor(call: Call, word: str) -> str:
    cursor = call.text("cursor")
    if not cursor:
        return ""
    try:
        found, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        float(position)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None
    if found != word:
        raise SlackError("invalid_cursor")
    return position
