"""What people typed, made safe to keep: the same on both databases and within Slack's limits."""

import unicodedata
from typing import Final

MAX_QUESTION = 2_000
"""Characters. `<` becomes `&lt;` in Slack's mrkdwn, so a longer text could outgrow a message."""


UNSEEN: Final = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
"""Where there is nothing else there is nothing to see; within words these join and part them."""

STACKING: Final = frozenset({"Mn", "Me"})
"""Marks that take no room of their own; not all of them have a combining class."""

OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of all that follows, our own words too. Nobody types them."""


def normalise(typed: str) -> str:
    """Drop what a database or Slack refuses: lone surrogates and control characters.

    Line breaks and tabs stay. Runs of more than four combining marks are cut to four, because
    stacked marks spill over other people's messages. What nobody can see is nothing.
    """
    printable = "".join(_printable(char) for char in typed)
    kept = _without_stacks(unicodedata.normalize("NFC", printable)).strip()
    return "" if all(unicodedata.category(char) in UNSEEN for char in kept) else kept


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    is_control = category == "Cc" and char not in "\n\t"
    return "" if is_control or char in OVERRIDES else char


def _without_stacks(text: str, limit: int = 4) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in STACKING else 0
        if marks <= limit:
            kept.append(char)
    return "".join(kept)
