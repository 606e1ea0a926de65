"""Cards of every shape, and an eye of its own for what Slack would obey or refuse."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.actions import Action
from bot.domain.cards import (
    Button,
    Card,
    ChannelName,
    Command,
    Mention,
    Moment,
    Part,
    Quote,
    Role,
    Text,
)
from bot.domain.ids import ChannelId, UserId
from bot.slack.render import Renderer
from sandbox.blocks import check_message_blocks

ROLES: tuple[Role, ...] = ("ask_peer", "learning", "mentor", "reflect")
RENDERER = Renderer({role: f"/{role.replace('_', '-')}" for role in ROLES})
AT = datetime(2026, 3, 2, 13, tzinfo=UTC)

MINTED = re.compile(
    r"<@U_\w+>|<#C_\w+>|<!date\^\d+\^(?:\{date_short_pretty\}|\{date_short_pretty\} at \{time\})"
    r"\|\d\d \w{3}(?:, \d\d:\d\d UTC)?>"
)
"""What our own code writes between angle brackets, in full."""

ENTITY = re.compile(r"&(?:amp|lt|gt);")

HOSTILE = st.sampled_from(
    [
        *(
            "<!channel>",
            "<!here>",
            "<!everyone>",
            "<!subteam^S1|@leads>",
            "<@U_EVE>",
            "<#C_SECRET>",
        ),
        *("<https://evil.example|Sign in>", "<mailto:a@b.c>", "<!date^1^{time}^https://e.vil|x>"),
        *("&lt;!here&gt;", "&", "&amp", "<", ">", "|", "`", "*", "_", "~", "\n", "\n> ", "```"),
        *("\u202e", "👩‍💻", "שלום", " ", "@here", "#general", "https://evil.example"),
    ]
)
WORDS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.lists(HOSTILE, max_size=8).map("".join),
    st.builds(lambda piece, times: piece * times, HOSTILE, st.integers(1, 4_000)),
)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Quote, WORDS),
    st.builds(Mention, st.just(UserId("U_ADA"))),
    st.builds(ChannelName, st.just(ChannelId("C_DATA"))),
    st.builds(Moment, st.just(AT), with_time=st.booleans()),
    st.builds(Command, st.sampled_from(ROLES), WORDS),
)
LABELS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200).filter(str.strip)
BUTTONS = st.builds(
    Button,
    LABELS,
    st.sampled_from(Action),
    st.text(max_size=20),
    st.sampled_from(["plain", "primary", "danger"]),
    st.just("") | LABELS,
)
CARDS = st.builds(
    Card,
    WORDS.filter(str.strip),
    st.lists(PARTS, max_size=8).map(tuple),
    st.lists(BUTTONS, max_size=5, unique_by=lambda button: button.action).map(tuple),
    st.lists(PARTS, max_size=3).map(tuple),
)


def mrkdwn_in(message: dict[str, Any]) -> list[str]:
    """Every string of a message in which Slack looks for mentions and links."""
    return [message["text"], *(o["text"] for o in _objects(message) if o["type"] == "mrkdwn")]


def words_in(message: dict[str, Any]) -> str:
    """What a reader reads in the blocks, with Slack's entities read as the signs they stand for."""
    found = [_read(o) for o in _objects(message) if isinstance(o.get("text"), str)]
    return "\n".join(found)


def assert_slack_takes_it(message: dict[str, Any]) -> None:
    """The local Slack's judge, and what it leaves to others: the text, and empty rich text."""
    check_message_blocks(message["blocks"])
    assert 0 < len(message["text"]) <= 4_000
    assert all(o["text"] for o in _objects(message) if o["type"] == "text")


def assert_nothing_is_obeyed(message: dict[str, Any]) -> None:
    """No mention, link or date but our own, and nothing half of one, wherever Slack looks."""
    for text in mrkdwn_in(message):
        rest = MINTED.sub("", text)
        assert "<" not in rest
        assert ">" not in rest
        assert "&" not in ENTITY.sub("", rest)
    for block in message["blocks"]:
        assert block["type"] != "section" or block["text"].get("verbatim") is True
    assert {o["type"] for o in _objects(message)} <= HARMLESS


HARMLESS = {
    *("header", "section", "actions", "context", "rich_text", "rich_text_quote"),
    *("plain_text", "mrkdwn", "text", "button"),
}
"""Blocks and elements; of rich text only plain words, which Slack shows as they are."""


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "type" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _objects(child)


def _read(text: dict[str, Any]) -> str:
    raw = str(text["text"])
    if text["type"] != "mrkdwn":
        return raw
    return raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
