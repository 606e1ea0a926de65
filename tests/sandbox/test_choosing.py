"""What a person may choose in each kind of element, and how Slack tells the bot of it."""

from typing import Any

import pytest

from tests.sandbox.desk import Desk, asking, element, option, options
from tests.sandbox.hands import Hands, Json, actions, button, modal, section, text_input

AB: Json = {"options": options("a b")}
# kind, what it holds, what a person gives, the field Slack reports, and what stands in it
CHOICES: list[tuple[str, Json, Any, str, Any]] = [
    ("static_select", AB, "b", "selected_option", option("b")),
    (
        "static_select",
        {"option_groups": [{"label": {"type": "plain_text", "text": "G"}, **AB}]},
        "a",
        "selected_option",
        option("a"),
    ),
    ("radio_buttons", AB, "a", "selected_option", option("a")),
    ("checkboxes", AB, ["a", "b"], "selected_options", options("a b")),
    ("multi_static_select", AB, "b", "selected_options", [option("b")]),
    ("users_select", {}, "bo", "selected_user", "U_BO"),
    ("multi_users_select", {}, ["@bo", "U_CY"], "selected_users", ["U_BO", "U_CY"]),
    ("channels_select", {}, "#support", "selected_channel", "C_SUPPORT"),
    ("multi_channels_select", {}, ["C_DATA", "general"], "selected_channels", None),
    ("conversations_select", {}, "@ada", "selected_conversation", "D_ADA"),
    ("multi_conversations_select", {}, ["#data-eng"], "selected_conversations", ["C_DATA"]),
    ("datepicker", {}, "2028-02-29", "selected_date", "2028-02-29"),
    ("timepicker", {}, "09:30", "selected_time", "09:30"),
    ("datetimepicker", {}, 1772442000, "selected_date_time", 1772442000),
    ("plain_text_input", {}, "hi", "value", "hi"),
    ("plain_text_input", {"multiline": True}, "a\nb", "value", "a\nb"),
    ("email_text_input", {}, "ada@example.com", "value", "ada@example.com"),
    ("url_text_input", {}, "https://example.com/a", "value", "https://example.com/a"),
    ("number_input", {"is_decimal_allowed": True}, "2.5", "value", "2.5"),
]


@pytest.mark.parametrize(
    "case", CHOICES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CHOICES)]
)
def test_a_choice_is_reported_in_the_field_of_its_kind(
    desk: Desk, case: tuple[str, Json, Any, str, Any]
) -> None:
    kind, holds, given, field, reported = case
    dispatched = {"dispatch_action": True}
    view = desk.open(modal(asking("asked", kind, block=dispatched, **holds)))
    wanted = reported or ["C_DATA", "C_GENERAL"]
    assert desk.press(view, selected=given)["ack"] == "acked"
    payload = desk.payload()
    (action,) = payload["actions"]
    assert (action["type"], action[field], action["block_id"]) == (kind, wanted, "asked")
    state = {"asked": {"chosen": {"type": kind, field: wanted}}}
    assert payload["view"]["state"]["values"] == state
    assert desk.submit(view)["ack"] == "acked"
    assert desk.payload()["view"]["state"]["values"] == state


def restricted(*kinds: str, **more: Any) -> Json:
    return {"filter": {**({"include": list(kinds)} if kinds else {}), **more}}


REFUSED: list[tuple[str, Json, Any, str]] = [
    ("static_select", AB, "z", "'a', 'b'"),
    ("checkboxes", AB, ["a", "z"], "'a', 'b'"),
    ("users_select", {}, "vic", "deactivated"),
    ("users_select", {}, "nobody", "Nobody here"),
    ("users_select", {}, ["bo", "cy"], "one thing"),
    ("multi_users_select", {}, ["bo", "U_BO"], "twice"),
    ("multi_users_select", {"max_selected_items": 1}, ["bo", "cy"], "at most 1"),
    ("multi_static_select", {**AB, "max_selected_items": 1}, ["a", "b"], "at most 1"),
    ("channels_select", {}, "#leads", "no public channel"),
    ("channels_select", {}, "#design-reviews", "no public channel"),
    ("channels_select", {}, "@ada", "no public channel"),
    ("channels_select", {}, "#legacy-loader", "archived"),
    ("channels_select", {}, "#nowhere", "no channel"),
    ("conversations_select", {}, "#leads", "does not see"),
    ("conversations_select", {}, "@bo", "does not see"),
    ("conversations_select", {}, "#legacy-loader", "archived"),
    ("conversations_select", restricted("private"), "#data-eng", "only private"),
    ("conversations_select", restricted("public"), "@ada", "only public"),
    ("conversations_select", restricted("im"), "@ada,bo", "only im"),
    ("conversations_select", restricted(exclude_bot_users=True), "@ada", "bots"),
    (
        "multi_conversations_select",
        restricted(exclude_external_shared_channels=True),
        ["#data-eng", "#shared"],
        "other organisations",
    ),
    ("datepicker", {}, "2026-02-30", "real date"),
    ("datepicker", {}, "tomorrow", "real date"),
    ("timepicker", {}, "9:30", "HH:mm"),
    ("timepicker", {}, "25:00", "HH:mm"),
    ("datetimepicker", {}, "noon", "ten digits"),
    ("plain_text_input", {}, "a\nb", "one line"),
    ("file_input", {}, "F123", "files"),
]


@pytest.mark.parametrize(
    "case", REFUSED, ids=[f"{number}-{case[0]}" for number, case in enumerate(REFUSED)]
)
def test_what_is_not_offered_cannot_be_chosen(
    desk: Desk, hands: Hands, case: tuple[str, Json, Any, str]
) -> None:
    kind, holds, given, words = case
    hands.do("channel", id="C_SHARED", name="shared", is_ext_shared=True, members=["ada"])
    view = desk.open(modal(asking("asked", kind, **holds)))
    assert words in desk.try_to_submit(view, asked=given)
    press = {"user": "ada", "view_id": view["id"], "action_id": "chosen", "selected": given}
    assert words in hands.try_to("action", **press)["error"]


def test_a_guest_sees_only_the_channels_they_are_in(desk: Desk, hands: Hands) -> None:
    hands.do("channel", id="C_DATA", add=["uma"])
    hands.do("settle")
    desk.listener.all()
    uma = Desk(hands, desk.listener, "uma")
    view = uma.open(modal(asking("asked", "channels_select")))
    assert "does not see" in uma.try_to_submit(view, asked="#support")
    assert uma.submit(view, asked="#data-eng")["ack"] == "acked"


def test_an_input_is_told_of_at_once_only_if_it_is_dispatched(desk: Desk, hands: Hands) -> None:
    button_beside = {**actions(button("look")), "block_id": "b"}
    view = desk.open(modal(asking("asked", "users_select"), text_input(), button_beside))
    assert desk.press(view, selected="bo")["ack"] == "none"
    assert desk.press(view, "typed", value="why?")["ack"] == "none"
    assert hands.journal("envelope")[-1]["what"] == "/ask-peer"
    assert desk.press(view, "look")["ack"] == "acked"
    values = desk.payload()["view"]["state"]["values"]
    assert values["asked"]["chosen"]["selected_user"] == "U_BO"
    assert values["question"]["typed"]["value"] == "why?"


def test_a_view_reports_all_that_can_be_chosen_in_it(desk: Desk) -> None:
    beside = {**section(), "block_id": "s", "accessory": element("datepicker")}
    more = {
        **actions(button(), element("checkboxes", **AB, initial_options=[option("a")])),
        "block_id": "m",
    }
    overflow = {**actions(element("overflow", **AB)), "block_id": "o"}
    later = asking("later", "timepicker", initial_time="09:30", timezone="Europe/London")
    view = desk.open(modal(beside, more, overflow, later))
    expected: Json = {
        "s": {"chosen": {"type": "datepicker", "selected_date": None}},
        "m": {"chosen": {"type": "checkboxes", "selected_options": [option("a")]}},
        "later": {
            "chosen": {
                "type": "timepicker",
                "selected_time": "09:30",
                "timezone": "Europe/London",
            }
        },
    }
    assert view["state"]["values"] == expected
    desk.press(view, block_id="s", selected="2026-03-04")
    expected["s"]["chosen"]["selected_date"] = "2026-03-04"
    assert desk.payload()["view"]["state"]["values"] == expected
    desk.press(view, block_id="o", selected="b")
    assert desk.payload()["actions"][0]["selected_option"] == option("b")
    desk.submit(view)
    assert desk.payload()["view"]["state"]["values"] == expected


def test_a_message_reports_what_this_person_chose_in_it(desk: Desk, hands: Hands) -> None:
    menu = {**actions(element("static_select", **AB, initial_option=option("a"))), "block_id": "m"}
    go = {**actions(button()), "block_id": "g"}
    ts = hands.post(blocks=[menu, go])
    there = {"channel": "#data-eng", "ts": ts}
    hands.do("action", user="ada", **there, action_id="chosen", selected="b")
    action = desk.payload()["actions"][0]
    assert (action["selected_option"], action["initial_option"]) == (option("b"), option("a"))
    seen = []
    for user in ("ada", "bo"):
        hands.do("action", user=user, **there, action_id="go")
        seen.append(desk.payload()["state"]["values"]["m"]["chosen"]["selected_option"])
    assert seen == [option("b"), option("a")]
    hands.good("chat.update", channel="C_DATA", ts=ts, text="x", blocks=[go])
    hands.do("action", user="ada", **there, action_id="go")
    assert desk.payload()["state"]["values"] == {}


def test_something_must_be_chosen(desk: Desk, hands: Hands) -> None:
    menus = [{**actions(element("static_select", **AB)), "block_id": "one"}]
    menus += [{**actions(element("checkboxes", **AB)), "block_id": "many"}]
    view = desk.open(modal(*menus, submit=None))
    press = {"user": "ada", "view_id": view["id"], "action_id": "chosen"}
    assert "selected" in hands.try_to("action", **press, block_id="one")["error"]
    assert hands.do("action", **press, block_id="many", selected=[])["ack"] == "acked"
    assert desk.payload()["actions"][0]["selected_options"] == []


def test_an_updated_view_keeps_what_still_fits(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(asking("one", "static_select", **AB), asking("who", "users_select")))
    desk.press(view, block_id="one", selected="b")
    desk.press(view, block_id="who", selected="bo")
    fewer = asking("one", "static_select", options=options("a c"))
    same = asking("who", "users_select", initial_user="U_CY")
    renewed = modal(fewer, same, asking("day", "datepicker", initial_date="2026-03-04"))
    values = hands.good("views.update", view_id=view["id"], view=renewed)["view"]["state"]["values"]
    assert values["one"]["chosen"]["selected_option"] is None  # b is no longer offered
    assert values["who"]["chosen"]["selected_user"] == "U_BO"  # an initial value changes nothing
    assert values["day"]["chosen"]["selected_date"] == "2026-03-04"
    other = modal(asking("who", "multi_users_select"))
    changed = hands.good("views.update", view_id=view["id"], view=other)["view"]["state"]["values"]
    assert changed == {"who": {"chosen": {"type": "multi_users_select", "selected_users": []}}}


CURRENT: Json = {"default_to_current_conversation": True}


def test_a_menu_can_begin_with_the_conversation_one_is_in(desk: Desk) -> None:
    menus = {
        "here": asking("here", "conversations_select", **CURRENT),
        "fixed": asking(
            "fixed", "conversations_select", **CURRENT, initial_conversation="C_GENERAL"
        ),
        "several": asking(
            "several", "multi_conversations_select", **CURRENT, initial_conversations=["C_GENERAL"]
        ),
        "private": asking("private", "conversations_select", **CURRENT, **restricted("private")),
    }
    values = desk.open(modal(*menus.values()), channel="#data-eng")["state"]["values"]
    assert values["here"]["chosen"]["selected_conversation"] == "C_DATA"
    assert values["fixed"]["chosen"]["selected_conversation"] == "C_GENERAL"
    assert values["several"]["chosen"]["selected_conversations"] == ["C_DATA"]
    assert values["private"]["chosen"]["selected_conversation"] is None


def test_a_submission_brings_a_response_url_for_the_chosen_channel(
    desk: Desk, hands: Hands
) -> None:
    wanting: Json = {"response_url_enabled": True}
    inputs = [
        asking("where", "conversations_select", **wanting),
        asking("nowhere", "channels_select", block={"optional": True}, **wanting),
    ]
    view = desk.open(modal(*inputs))
    desk.submit(view, where="#data-eng")
    (url,) = desk.payload()["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("where", "chosen", "C_DATA")
    hands.respond(url["response_url"], text="for all", response_type="in_channel")
    assert hands.texts("#data-eng")[-1] == "for all"


@pytest.mark.parametrize(
    ("kind", "holds", "typed", "words"),
    [
        ("plain_text_input", {"multiline": True}, "x" * 3001, "less than 3001 characters"),
        ("number_input", {"is_decimal_allowed": False}, "2.5", "whole number"),
        ("number_input", {"is_decimal_allowed": True}, "two", "number"),
        ("number_input", {"is_decimal_allowed": False, "min_value": "3"}, "2", "at least 3"),
        ("number_input", {"is_decimal_allowed": False, "max_value": "3"}, "4", "at most 3"),
        ("email_text_input", {}, "ada", "email"),
        ("url_text_input", {}, "example", "URL"),
        ("file_input", {}, None, "required"),
    ],
    ids=["long", "decimal", "word", "least", "most", "email", "url", "file"],
)
def test_slack_itself_reads_what_is_typed(
    desk: Desk, kind: str, holds: Json, typed: Any, words: str
) -> None:
    view = desk.open(modal(asking("asked", kind, **holds)))
    refused = desk.submit(view, **({"asked": typed} if typed else {}))
    assert words in refused["errors"]["asked"]
    assert refused["ack"] == "none"


def test_an_empty_text_is_no_text(desk: Desk) -> None:
    view = desk.open(modal(text_input(optional=True)))
    desk.submit(view, question="")
    assert desk.payload()["view"]["state"]["values"]["question"]["typed"]["value"] is None
