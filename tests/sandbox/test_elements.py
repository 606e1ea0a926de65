"""Block Kit's elements: where each may stand, what it may hold, and what it may begin with."""

from typing import Any

import pytest

from sandbox.blocks import block_problems
from sandbox.errors import SlackError
from sandbox.view_limits import check_view
from tests.sandbox.hands import Hands, Json, actions, modal, section, text_input


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, **more: Any) -> Json:
    return {"text": plain(value.title()), "value": value, **more}


def group(*values: str, label: str = "A group") -> Json:
    return {"label": plain(label), "options": [option(value) for value in values]}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "chosen", **more}


def asking(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element(kind, **more)}


def beside(kind: str, **more: Any) -> Json:
    return {**section(), "accessory": element(kind, **more)}


def acting(kind: str, **more: Any) -> Json:
    return actions(element(kind, **more))


A, B = option("a"), option("b")
MIXED = {"text": {"type": "mrkdwn", "text": "*A*"}, "value": "a"}
NUMBER: Json = {"is_decimal_allowed": False}
PARTS: dict[str, Json] = {
    "button": {"text": plain()},
    "overflow": {"options": [A]},
    "static_select": {"options": [A]},
    "multi_static_select": {"options": [A]},
    "radio_buttons": {"options": [A]},
    "checkboxes": {"options": [A]},
    "number_input": NUMBER,
}

# Slack's table of block elements: the blocks and the surfaces of each.
EVERY, ALL = "section actions input", "modal message home"
PLACES = {
    "button": ("section actions", ALL),
    "overflow": ("section actions", ALL),
    "radio_buttons": (EVERY, ALL),
    "checkboxes": (EVERY, ALL),
    "static_select": (EVERY, ALL),
    "external_select": (EVERY, ALL),
    "users_select": (EVERY, ALL),
    "conversations_select": (EVERY, ALL),
    "channels_select": (EVERY, ALL),
    "multi_static_select": (EVERY, ALL),
    "multi_users_select": (EVERY, ALL),
    "datepicker": (EVERY, ALL),
    "timepicker": (EVERY, ALL),
    "datetimepicker": ("actions input", "modal message"),
    "plain_text_input": ("input", ALL),
    "rich_text_input": ("input", "modal home"),
    "email_text_input": ("input", "modal"),
    "url_text_input": ("input", "modal"),
    "number_input": ("input", "modal"),
    "file_input": ("input", "modal"),
}
HOLDERS = {"section": beside, "actions": acting, "input": asking}


@pytest.mark.parametrize("kind", PLACES)
def test_an_element_stands_where_slack_allows_it(kind: str) -> None:
    blocks, surfaces = (set(words.split()) for words in PLACES[kind])
    for block, hold in HOLDERS.items():
        for surface in ALL.split():
            problems = list(block_problems([hold(kind, **PARTS.get(kind, {}))], surface))
            fine = block in blocks and surface in surfaces
            assert (problems == []) is fine, (block, surface, problems)


def flawed(kind: str, **more: Any) -> tuple[str, Json]:
    return f"{kind}-{'-'.join(more)}", asking(kind, **{**PARTS.get(kind, {}), **more})


REFUSED: list[tuple[str, Json]] = [
    ("select without options", asking("static_select")),
    flawed("static_select", option_groups=[group("a")]),
    ("101 groups", asking("static_select", option_groups=[group("a")] * 101)),
    ("101 in a group", asking("static_select", option_groups=[group(*map(str, range(101)))])),
    ("label 75", asking("static_select", option_groups=[group("a", label="x" * 76)])),
    ("empty group", asking("static_select", option_groups=[group()])),
    ("a group is an object", asking("static_select", option_groups=["a"])),
    ("twice in two groups", asking("static_select", option_groups=[group("a"), group("a")])),
    flawed("static_select", options=[MIXED]),
    flawed("static_select", options=[option("a", url="https://example.com")]),
    flawed("static_select", options=[option("a", description=plain("x" * 76))]),
    flawed("static_select", options=[option("a", emoji=True)]),
    flawed("static_select", options=[option("")]),
    flawed("static_select", options=[option("x" * 151)]),
    flawed("static_select", initial_option=B),
    flawed("static_select", initial_option={**A, "text": plain("Another")}),
    flawed("static_select", initial_option="a"),
    flawed("static_select", initial_option=None),
    flawed("static_select", initial_options=[A]),
    flawed("static_select", max_selected_items=1),
    flawed("multi_static_select", initial_options=[A, B]),
    flawed("multi_static_select", initial_options=A),
    flawed("multi_static_select", initial_options=[]),
    flawed("multi_static_select", initial_options=[A, A]),
    flawed("multi_static_select", max_selected_items=0),
    flawed("multi_static_select", max_selected_items="1"),
    flawed("multi_static_select", options=[A, B], initial_options=[A, B], max_selected_items=1),
    flawed("multi_users_select", initial_users=["U_ADA", "U_BO"], max_selected_items=1),
    flawed("radio_buttons", options=[option(str(n)) for n in range(11)]),
    flawed("radio_buttons", option_groups=[group("a")]),
    flawed("radio_buttons", initial_option=B),
    flawed("radio_buttons", placeholder=plain()),
    flawed("checkboxes", options=[]),
    flawed("checkboxes", initial_options=[B]),
    flawed("external_select", options=[A]),
    flawed("external_select", min_query_length=-1),
    flawed("external_select", initial_option={"value": "a"}),
    flawed("users_select", initial_user="ada"),
    flawed("users_select", initial_user="C_DATA"),
    flawed("users_select", initial_user=""),
    flawed("multi_users_select", initial_users="U_ADA"),
    flawed("multi_users_select", initial_users=["@ada"]),
    flawed("multi_users_select", initial_users=[]),
    flawed("channels_select", initial_channel="#data-eng"),
    flawed("channels_select", initial_channel="D_ADA"),
    flawed("multi_channels_select", initial_channels=["data-eng"]),
    flawed("conversations_select", initial_conversation="@ada"),
    flawed("multi_conversations_select", initial_conversations=["general"]),
    flawed("conversations_select", filter={}),
    flawed("conversations_select", filter={"include": []}),
    flawed("conversations_select", filter={"include": ["group"]}),
    flawed("conversations_select", filter={"include": "im"}),
    flawed("conversations_select", filter={"exclude_bots": True}),
    flawed("conversations_select", filter={"exclude_bot_users": "yes"}),
    flawed("conversations_select", default_to_current_conversation="yes"),
    flawed("multi_conversations_select", response_url_enabled=True),
    flawed("users_select", filter={"include": ["im"]}),
    flawed("datepicker", initial_date="2026-02-30"),
    flawed("datepicker", initial_date="2026-2-3"),
    flawed("datepicker", initial_date="03/02/2026"),
    flawed("timepicker", initial_time="9:30"),
    flawed("timepicker", initial_time="24:00"),
    flawed("timepicker", initial_time="09:30:00"),
    flawed("timepicker", timezone="London"),
    flawed("datetimepicker", initial_date_time="1772442000"),
    flawed("datetimepicker", initial_date_time=177244200),
    flawed("datetimepicker", initial_date_time=1772442000.5),
    flawed("datetimepicker", placeholder=plain()),
    flawed("plain_text_input", max_length=3001),
    flawed("plain_text_input", max_length=0),
    flawed("plain_text_input", min_length=3001),
    flawed("plain_text_input", min_length=5, max_length=4),
    flawed("plain_text_input", initial_value="x" * 3001),
    flawed("plain_text_input", initial_value="four", max_length=3),
    flawed("plain_text_input", initial_value=4),
    flawed("plain_text_input", multiline="true"),
    flawed("plain_text_input", confirm={}),
    flawed("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
    flawed("plain_text_input", dispatch_action_config={"trigger_actions_on": []}),
    flawed("plain_text_input", dispatch_action_config=["on_enter_pressed"]),
    ("a number says whether it has decimals", asking("number_input")),
    flawed("number_input", is_decimal_allowed="no"),
    flawed("number_input", min_value=1),
    flawed("number_input", min_value="one"),
    flawed("number_input", min_value="3", max_value="2"),
    flawed("number_input", min_value="0.5"),
    flawed("number_input", initial_value="4", max_value="3"),
    flawed("file_input", max_files=11),
    flawed("file_input", max_files=0),
    flawed("file_input", filetypes=[]),
    ("files are not dispatched", {**asking("file_input"), "dispatch_action": True}),
    flawed("users_select", placeholder=plain("x" * 151)),
    flawed("users_select", placeholder={"type": "mrkdwn", "text": "x"}),
    flawed("users_select", focus_on_load="true"),
    flawed("users_select", colour="red"),
    flawed("users_select", action_id=None),
    ("label 2000", {**asking("users_select"), "label": plain("x" * 2001)}),
    ("hint 2000", {**asking("users_select"), "hint": plain("x" * 2001)}),
    ("optional is a flag", {**asking("users_select"), "optional": "true"}),
    ("dispatch_action is a flag", {**asking("users_select"), "dispatch_action": 1}),
    ("an input has no text", {**asking("users_select"), "text": plain()}),
    ("a section has no elements", {**section(), "elements": []}),
    ("plain text has no verbatim", {**section(), "text": {**plain(), "verbatim": True}}),
    ("nothing is null", {**section(), "accessory": None}),
    ("a confirmation has a style", beside("button", text=plain(), confirm={"style": "loud"})),
]


@pytest.mark.parametrize(("rule", "block"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_slack_refuses_what_does_not_fit(rule: str, block: Json) -> None:
    problems = list(block_problems([block], "modal"))
    assert problems, rule
    assert all("[json-pointer:/blocks/0" in problem for problem in problems)


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
TAKEN: list[tuple[str, Json]] = [
    flawed("static_select", options=[A, B], initial_option=B),
    ("groups", asking("static_select", option_groups=[group("a"), group("b")], initial_option=B)),
    ("100 groups", asking("static_select", option_groups=[group(str(n)) for n in range(100)])),
    flawed("multi_static_select", initial_options=[A], max_selected_items=1),
    flawed("radio_buttons", options=[MIXED], initial_option=MIXED),
    flawed("checkboxes", options=[MIXED, B], initial_options=[MIXED, B]),
    flawed("external_select", initial_option=A, min_query_length=0),
    flawed("users_select", initial_user="U_ADA", placeholder=plain("x" * 150), confirm=CONFIRM),
    flawed("multi_users_select", initial_users=["U_ADA", "W012ABC"]),
    flawed("channels_select", initial_channel="C_DATA", response_url_enabled=True),
    flawed("conversations_select", initial_conversation="D_ADA", response_url_enabled=True),
    flawed("conversations_select", filter={"include": ["im", "mpim", "private", "public"]}),
    flawed("multi_conversations_select", filter={"exclude_bot_users": True}),
    flawed("conversations_select", default_to_current_conversation=True),
    flawed("datepicker", initial_date="2028-02-29"),
    flawed("timepicker", initial_time="00:00", timezone="Europe/London"),
    flawed("datetimepicker", initial_date_time=1772442000),
    flawed("plain_text_input", multiline=True, min_length=1, max_length=3000, initial_value="x"),
    flawed("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
    flawed("number_input", is_decimal_allowed=True, min_value="-0.5", max_value="3"),
    flawed("file_input", max_files=10, filetypes=["pdf"]),
    ("an input with everything", {**asking("users_select"), "hint": plain(), "optional": True}),
]


@pytest.mark.parametrize(("rule", "block"), TAKEN, ids=[rule for rule, _ in TAKEN])
def test_slack_takes_what_fits(rule: str, block: Json) -> None:
    assert list(block_problems([block], "modal")) == [], rule


def test_a_response_url_is_asked_for_in_the_inputs_of_a_modal_only() -> None:
    wanting = {"response_url_enabled": True}
    assert list(block_problems([asking("conversations_select", **wanting)], "modal")) == []
    assert list(block_problems([beside("conversations_select", **wanting)], "modal"))
    assert list(block_problems([asking("conversations_select", **wanting)], "message"))
    assert list(block_problems([asking("channels_select", **wanting)], "home"))


HOME: Json = {"type": "home", "blocks": [section()]}
BAD_VIEWS: list[tuple[str, Json]] = [
    (
        "one focus",
        modal(asking("users_select", focus_on_load=True), text_input(element={"focus_on_load": 1})),
    ),
    (
        "two fields in focus",
        modal(asking("users_select", focus_on_load=True), asking("datepicker", focus_on_load=True)),
    ),
    ("no null", {**modal(), "close": None}),
    ("no unknown field", modal(submit_disabled=True)),
    ("notify_on_close", modal(notify_on_close="yes")),
    ("a home has no title", {**HOME, "title": plain()}),
    ("a home is not submitted", {**HOME, "submit": plain()}),
    ("101 blocks at home", {**HOME, "blocks": [section()] * 101}),
    ("home metadata 3000", {**HOME, "private_metadata": "x" * 3001}),
    ("no file at home", {**HOME, "blocks": [asking("file_input")]}),
]


@pytest.mark.parametrize(("rule", "view"), BAD_VIEWS, ids=[rule for rule, _ in BAD_VIEWS])
def test_a_view_keeps_its_own_rules(rule: str, view: Json) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(view, view["type"])
    assert refused.value.code == "invalid_arguments", rule


def test_a_home_at_its_limits_fits() -> None:
    blocks = [section()] * 99 + [asking("plain_text_input")]
    check_view({**HOME, "blocks": blocks, "private_metadata": "x" * 3000}, "home")


def test_a_view_says_where_it_does_not_fit(everything: Hands) -> None:
    view = {**HOME, "blocks": [section(), acting("static_select", options=[A], initial_option=B)]}
    refused = everything.call("views.publish", user_id="U_ADA", view=view)
    (message,) = refused["response_metadata"]["messages"]
    assert message.endswith("[json-pointer:/view/blocks/1/elements/0/initial_option]")
    lonely = modal(text_input(), submit=None)
    with pytest.raises(SlackError) as missing:
        check_view(lonely, "modal")
    assert "[json-pointer:/view/blocks/0/input]" in str(missing.value.details)
