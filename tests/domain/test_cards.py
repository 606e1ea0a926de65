"""Cards on their way through the database."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
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
    Text,
    body,
)
from bot.domain.payloads import from_json, to_json

TEXT = st.text(max_size=30)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, TEXT),
    st.builds(Quote, TEXT),
    st.builds(Mention, TEXT),
    st.builds(ChannelName, TEXT),
    st.builds(Command, st.sampled_from(["ask_peer", "learning"]), TEXT),
    st.builds(
        Moment, st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5.5))))
    ),
    st.builds(Moment, st.datetimes(timezones=st.just(UTC)), with_time=st.booleans()),
)
BUTTONS = st.builds(
    Button, TEXT, st.sampled_from(Action), TEXT, st.sampled_from(["plain", "primary", "danger"])
)
CARDS = st.builds(
    Card,
    TEXT,
    st.lists(PARTS, max_size=6).map(tuple),
    st.lists(BUTTONS, max_size=4, unique_by=lambda button: button.action).map(tuple),
    st.lists(PARTS, max_size=3).map(tuple),
)


@given(CARDS)
def test_a_card_comes_back_from_the_database_as_it_went_in(card: Card) -> None:
    assert from_json(json.loads(json.dumps(to_json(card)))) == card


def test_every_kind_of_part_has_been_tried() -> None:
    tried = {Text, Quote, Mention, ChannelName, Command, Moment}
    assert set(get_args(Part)) == tried


@pytest.mark.parametrize(
    "part",
    [
        ["video", "https://example.com"],
        ["text"],
        ["text", "one", "two"],
        ["command", "drop_tables", ""],
        ["moment", "2026-03-02T09:00:00Z", "extra"],
    ],
    ids=str,
)
def test_an_unknown_part_is_refused(part: list[str]) -> None:
    with pytest.raises(ValueError, match="A card cannot hold"):
        from_json({"title": "", "body": [part], "buttons": [], "footnote": []})


def test_an_unknown_action_is_refused() -> None:
    button: list[Any] = ["Press", "question.explode", "1", "plain"]
    with pytest.raises(ValueError, match=r"question\.explode"):
        from_json({"title": "", "body": [], "buttons": [button], "footnote": []})


def test_a_moment_keeps_its_instant() -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    [kept] = from_json(json.loads(json.dumps(to_json(Card("", (Moment(at),)))))).body
    assert kept == Moment(at)


def test_our_own_words_may_be_given_as_plain_strings() -> None:
    assert body("one", Quote("two"), "three") == (Text("one"), Quote("two"), Text("three"))
