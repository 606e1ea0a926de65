"""Slack's own markup of a message, as plain words that somebody may edit."""

import re
from html import unescape

LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def plain_words(mrkdwn: str) -> str:
    """Links as their label and address, channels as `#name`, people as `@somebody`."""
    return unescape(LINK.sub(_named, mrkdwn))


def _named(link: re.Match[str]) -> str:
    target, label = link[1], link[2] or ""
    match target[:1]:
        case "@":
            return f"@{label or 'somebody'}"
        case "#":
            return f"#{label or 'a channel'}"
        case "!":
            return label
    return f"{label} ({target})" if label and label != target else target
