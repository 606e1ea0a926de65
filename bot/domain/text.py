"""What people typed, made safe to keep: the same on both databases and within Slack's limits."""

import unicodedata

MAX_QUESTION = 2_000
"""Characters. `<` becomes `&lt;` in Slack's mrkdwn, so a longer text could outgrow a message."""


def normalise(typed: str) -> str:
    """Drop what a database or Slack refuses: lone surrogates and control characters.

    Line breaks and tabs stay. Runs of more than four combining marks are cut to four, because
    stacked marks spill over other people's messages.
    """
    printable = (_printable(char) for char in unicodedata.normalize("NFC", typed))
    return _without_stacks("".join(printable)).strip()


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cc" and char not in "\n\t" else char


def _without_stacks(text: str, limit: int = 4) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= limit:
            kept.append(char)
    return "".join(kept)
