"""Block Kit's limits: what fits exactly, and what is one too many."""

from typing import Any

import pytest

from sandbox.blocks import block_problems
from sandbox.errors import SlackError
from sandbox.view_limits import check_view
from tests.sandbox.hands import Hands, Json, actions, button, modal, section, text_input


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(count: int, text: str = "o") -> list[Json]:
    return [{"text": plain(text), "value": str(number)} for number in range(count)]


def select(count: int, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(count), **more}


def fields(count: int, length: int = 1) -> Json:
    return {"type": "section", "fields": [plain("x" * length)] * count}


def image(alt: str) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": alt}


def table(rows: int, cells: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * cells] * rows}


def pie(segments: int) -> Json:
    chart = {"type": "pie", "segments": [{"label": "x", "value": 1}] * segments}
    return {"type": "data_visualization", "title": "A pie", "chart": chart}


def buttons(count: int) -> Json:
    return actions(*(button(f"b{number}") for number in range(count)))


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "x" * length}


FITS_AND_NOT: list[tuple[str, list[Json], list[Json]]] = [
    ("50 blocks", [section()] * 50, [section()] * 51),
    ("section text 3000", [section("x" * 3000)], [section("x" * 3001)]),
    ("section says something", [section("x")], [section("")]),
    ("section has text or fields", [fields(1)], [{"type": "section"}]),
    ("10 fields", [fields(10)], [fields(11)]),
    ("field 2000", [fields(1, 2000)], [fields(1, 2001)]),
    (
        "header 150",
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "header", "text": plain("x" * 151)}],
    ),
    (
        "header is plain",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    ),
    ("25 elements", [buttons(25)], [buttons(26)]),
    ("an element at least", [buttons(1)], [buttons(0)]),
    ("button text 75", [actions(button(text="x" * 75))], [actions(button(text="x" * 76))]),
    ("button value 2000", [actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
    ("action_id 255", [actions(button("x" * 255))], [actions(button("x" * 256))]),
    (
        "button style",
        [actions({**button(), "style": "danger"})],
        [actions({**button(), "style": "loud"})],
    ),
    (
        "an action_id once in a block",
        [actions(button("a")), actions(button("a"))],
        [actions(button("a"), button("a"))],
    ),
    (
        "a block_id once in a message",
        [{**section(), "block_id": "a"}, {**section(), "block_id": "b"}],
        [{**section(), "block_id": "a"}, {**section(), "block_id": "a"}],
    ),
    (
        "block_id 255",
        [{**section(), "block_id": "x" * 255}],
        [{**section(), "block_id": "x" * 256}],
    ),
    ("100 options", [actions(select(100))], [actions(select(101))]),
    ("an option at least", [actions(select(1))], [actions(select(0))]),
    (
        "option text 75",
        [actions({**select(1), "options": options(1, "x" * 75)})],
        [actions({**select(1), "options": options(1, "x" * 76)})],
    ),
    (
        "option values differ",
        [actions(select(2))],
        [actions({**select(1), "options": options(1) * 2})],
    ),
    (
        "overflow 5",
        [actions({"type": "overflow", "action_id": "o", "options": options(5)})],
        [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
    ),
    (
        "checkboxes 10",
        [actions({"type": "checkboxes", "action_id": "o", "options": options(10)})],
        [actions({"type": "checkboxes", "action_id": "o", "options": options(11)})],
    ),
    (
        "placeholder 150",
        [actions(select(1, placeholder=plain("x" * 150)))],
        [actions(select(1, placeholder=plain("x" * 151)))],
    ),
    (
        "context 10",
        [{"type": "context", "elements": [plain("x")] * 10}],
        [{"type": "context", "elements": [plain("x")] * 11}],
    ),
    (
        "context holds no button",
        [{"type": "context", "elements": [image("a")]}],
        [{"type": "context", "elements": [button()]}],
    ),
    ("images say what they show", [image("a chart")], [image("")]),
    ("table 100 x 20", [table(100, 20)], [table(101, 20)]),
    ("table cells", [table(1, 20)], [table(1, 21)]),
    ("one table", [table(1, 1)], [table(1, 1), table(1, 1)]),
    ("markdown 12000 in all", [markdown(6000)] * 2, [markdown(6000), markdown(6001)]),
    ("two charts", [pie(3)] * 2, [pie(3)] * 3),
    ("six segments", [pie(6)], [pie(7)]),
    ("known blocks", [{"type": "divider"}], [{"type": "sparkline"}]),
    ("blocks are objects", [section()], [None]),  # type: ignore[list-item] # as a bot may send
    ("input label 2000", [text_input()], [{**text_input(), "label": plain("x" * 2001)}]),
]


@pytest.mark.parametrize(("rule", "fits", "breaks"), FITS_AND_NOT, ids=lambda each: str(each)[:30])
def test_blocks_fit_up_to_slacks_limit(rule: str, fits: list[Json], breaks: list[Json]) -> None:
    assert list(block_problems(fits, "message")) == [], rule
    assert list(block_problems(breaks, "message")) != [], rule


@pytest.mark.parametrize("blocks", ["text", {"type": "section"}])
def test_blocks_are_a_list(blocks: Any) -> None:
    assert list(block_problems(blocks, "message")) != []


def test_a_refusal_says_where_and_why(hands: Hands) -> None:
    refused = hands.call("chat.postMessage", channel="C_DATA", text="x", blocks=[section(""), {}])
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] unsupported type: None [json-pointer:/blocks/1/type]",
    ]


def test_slack_names_what_has_no_name(hands: Hands) -> None:
    unnamed = {"type": "button", "text": plain("Go")}
    ts = hands.post(blocks=[actions(unnamed), section()])
    shown = hands.messages("#data-eng")[-1]
    assert shown["ts"] == ts
    assert all(block["block_id"] for block in shown["blocks"])
    assert shown["blocks"][0]["elements"][0]["action_id"]


GOOD = modal()
BAD_VIEWS: list[tuple[str, Json]] = [
    ("title 24", {**GOOD, "title": plain("x" * 25)}),
    ("title", {**GOOD, "title": None}),
    ("submit 24", {**GOOD, "submit": plain("x" * 25)}),
    ("close 24", {**GOOD, "close": plain("x" * 25)}),
    ("submit with inputs", {**GOOD, "submit": None}),
    ("private_metadata 3000", {**GOOD, "private_metadata": "x" * 3001}),
    ("callback_id 255", {**GOOD, "callback_id": "x" * 256}),
    ("100 blocks", modal(*[section()] * 101)),
    ("type", {**GOOD, "type": "home"}),
    ("no markdown", modal(markdown(1))),
    ("no table", modal(table(1, 1))),
    ("no chart", modal(pie(1))),
]


@pytest.mark.parametrize(("rule", "view"), BAD_VIEWS)
def test_a_modal_keeps_its_limits(rule: str, view: Json) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(view, "modal")
    assert refused.value.code == "invalid_arguments", rule
    assert refused.value.details["response_metadata"]["messages"]


def test_a_modal_at_its_limits_fits() -> None:
    check_view({**modal(*[section()] * 100), "title": plain("x" * 24)}, "modal")
    with pytest.raises(SlackError, match="view_too_large"):
        check_view(modal(*[section("x" * 3000)] * 90), "modal")
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view("not a view", "modal")
