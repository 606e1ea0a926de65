"""What Slack delivers, as we read it: its key, and whether a reaction may count."""

from typing import Any

import pytest

from bot.slack.listeners.react import read_reaction
from bot.slack.seen import seen_key

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"event_id": "Ev1", "type": "event_callback"}, "event/Ev1"),
        ({"event_id": "Ev1", "trigger_id": "1.2"}, "event/Ev1"),
        ({"command": "/ask-peer", "trigger_id": "1.2.abc"}, "trigger/1.2.abc"),
        ({"type": "block_actions", "trigger_id": "1.2.abc"}, "trigger/1.2.abc"),
        (
            {"type": "block_actions", "trigger_id": "1.2.abc", "view": {"id": "V1", "hash": "h"}},
            "trigger/1.2.abc",
        ),
        (
            {"type": "view_submission", "trigger_id": "1.2", "view": {"id": "V1", "hash": "h1"}},
            "view/V1/h1",
        ),
        ({"type": "view_closed", "view": {"id": "V1", "hash": "h1"}}, None),
        ({"type": "block_suggestion"}, None),
        ({"trigger_id": ""}, None),
        ({"view": None}, None),
        ({}, None),
    ],
)
def test_what_is_delivered_twice_has_one_key(body: Json, key: str | None) -> None:
    assert seen_key(body) == key


def test_a_form_that_changed_in_between_is_another_one() -> None:
    first = {"type": "view_submission", "view": {"id": "V1", "hash": "h1"}}
    second = {"type": "view_submission", "view": {"id": "V1", "hash": "h2"}}
    assert seen_key(first) != seen_key(second)


def event(**about: Any) -> Json:
    return {
        "type": "reaction_added",
        "user": "U_BO",
        "item_user": "U_ADA",
        "reaction": "bulb",
        "item": {"type": "message", "channel": "C_DATA", "ts": "1772442000.000100"},
        "event_ts": "1772442009.000100",
        **about,
    }


@pytest.mark.parametrize("is_on", [True, False])
def test_an_agreed_emoji_on_a_message_is_read(is_on: bool) -> None:
    reaction = read_reaction(event(), is_on=is_on)
    assert reaction is not None
    assert (reaction.learner, reaction.peer, reaction.emoji) == ("U_BO", "U_ADA", "bulb")
    assert (reaction.channel, reaction.ts) == ("C_DATA", "1772442000.000100")
    assert (reaction.event_ts, reaction.is_on) == ("1772442009.000100", is_on)


def test_a_skin_tone_makes_no_other_exchange() -> None:
    pale, dark = (event(reaction=f"bulb::skin-tone-{tone}") for tone in (2, 6))
    assert read_reaction(pale, is_on=True) == read_reaction(dark, is_on=True)


@pytest.mark.parametrize(
    "about",
    [
        {"reaction": "tada"},
        {"reaction": ""},
        {"item": {"type": "file", "file": "F1"}},
        {"item": {"type": "file_comment", "file": "F1", "file_comment": "Fc1"}},
        {"item_user": None},
        {"item_user": ""},
    ],
    ids=str,
)
def test_what_cannot_count_is_not_read(about: Json) -> None:
    assert read_reaction(event(**about), is_on=True) is None


def test_a_message_without_an_author_cannot_count() -> None:
    anonymous = event()
    del anonymous["item_user"]
    assert read_reaction(anonymous, is_on=True) is None
