"""Menus whose options the bot brings while somebody types."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.desk import Desk, asking, element, option, options
from tests.sandbox.hands import SILENT, Hands, Json, Listener, actions, modal

Listen = Callable[..., Listener]


@pytest.fixture
def suggestions() -> Json:
    """What the bot brings; a test fills it in."""
    return {"options": options("kafka kubernetes")}


@pytest.fixture
def desk(hands: Hands, listen: Listen, suggestions: Json) -> Desk:
    def respond(envelope: Json) -> Json | None:
        return suggestions if envelope["payload"].get("type") == "block_suggestion" else None

    return Desk(hands, listen(respond))


def suggest(desk: Desk, view: Json, value: str = "kaf", **more: Any) -> Json:
    gesture = {"user": "ada", "view_id": view["id"], "action_id": "chosen", "value": value}
    return desk.hands.do("suggest", **gesture, **more)


def test_the_bot_is_asked_with_what_was_typed(desk: Desk) -> None:
    view = desk.open(modal(asking("topic", "external_select")))
    seen = suggest(desk, view)
    assert (seen["ack"], seen["options"]) == ("acked", options("kafka kubernetes"))
    assert seen["option_groups"] is None
    asked = desk.payload()
    assert asked["type"] == "block_suggestion"
    assert (asked["block_id"], asked["action_id"], asked["value"]) == ("topic", "chosen", "kaf")
    assert asked["container"] == {"type": "view", "view_id": view["id"]}
    assert asked["view"]["id"] == view["id"]
    assert not {"trigger_id", "actions", "response_url"} & set(asked)


def test_only_what_was_brought_can_be_chosen(desk: Desk) -> None:
    several = asking("topics", "multi_external_select", initial_options=[option("sql")])
    view = desk.open(modal(several))
    assert "'sql'" in desk.try_to_submit(view, topics=["kafka"])
    suggest(desk, view)
    assert desk.payload()["type"] == "block_suggestion"
    desk.submit(view, topics=["kafka", "sql"])
    chosen = desk.payload()["view"]["state"]["values"]["topics"]["chosen"]["selected_options"]
    assert chosen == options("kafka sql")


def test_groups_are_brought_too(desk: Desk, suggestions: Json) -> None:
    label = {"type": "plain_text", "text": "Data"}
    groups = [{"label": label, "options": options("kafka")}]
    del suggestions["options"]
    suggestions["option_groups"] = groups
    view = desk.open(modal(asking("topic", "external_select")))
    seen = suggest(desk, view)
    assert (seen["options"], seen["option_groups"]) == (options("kafka"), groups)


def test_a_menu_in_a_message_asks_as_well(desk: Desk, hands: Hands) -> None:
    ts = hands.post(blocks=[actions(element("external_select", min_query_length=0))])
    there = {"user": "bo", "channel": "#data-eng", "action_id": "chosen"}
    assert hands.do("suggest", **there, ts=ts)["options"] == options("kafka kubernetes")
    asked = desk.payload()
    assert (asked["value"], asked["message"]["ts"], asked["channel"]["id"]) == ("", ts, "C_DATA")
    assert asked["container"]["message_ts"] == ts
    hands.do("action", **there, selected="kafka")
    assert desk.payload()["actions"][0]["selected_option"] == option("kafka")


def test_little_typing_asks_for_nothing(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(asking("topic", "external_select")))
    seen = suggest(desk, view, "ka")
    assert (seen["ack"], seen["options"]) == ("none", [])


MANY = [option(str(number)) for number in range(101)]
BAD: dict[str, Json] = {
    "too many": {"options": MANY},
    "half an option": {"options": [{"value": "a"}]},
    "a list": {"options": "kafka"},
    "both": {"options": options("a"), "option_groups": []},
    "neither": {"ok": True},
    "twice": {"options": options("a a")},
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_not_offered(desk: Desk, suggestions: Json, name: str) -> None:
    suggestions.clear()
    suggestions |= BAD[name]
    view = desk.open(modal(asking("topic", "external_select")))
    seen = suggest(desk, view)
    assert (seen["options"], seen["option_groups"]) == ([], None)
    assert seen["saw"][0]["text"].startswith("We had some trouble loading the options")


def test_nothing_at_all_may_fit(desk: Desk, suggestions: Json) -> None:
    suggestions["options"] = []
    view = desk.open(modal(asking("topic", "external_select")))
    seen = suggest(desk, view)
    assert (seen["ack"], seen["options"], seen["saw"]) == ("acked", [], [])


def test_a_silent_bot_brings_nothing(hands: Hands, listen: Listen) -> None:
    def respond(envelope: Json) -> Json | None:
        return SILENT if envelope["type"] == "interactive" else None

    desk = Desk(hands, listen(respond))
    seen = suggest(desk, desk.open(modal(asking("topic", "external_select"))))
    assert (seen["ack"], seen["options"]) == ("timeout", [])
    assert seen["saw"][0]["text"].startswith("We had some trouble loading the options")


def test_only_external_menus_ask(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(asking("who", "users_select")))
    gesture = {"user": "ada", "view_id": view["id"], "action_id": "chosen", "value": "b"}
    assert "brings its own" in hands.try_to("suggest", **gesture)["error"]
