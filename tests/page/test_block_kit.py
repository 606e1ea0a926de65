"""Block Kit on the page: what each block looks like, and what its elements tell the app."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from sandbox.server import LocalSlack
from tests.page.visitor import Visitor
from tests.sandbox.conftest import EVERYTHING, written
from tests.sandbox.desk import asking, element, option, options, plain
from tests.sandbox.hands import Hands, Json, Listener, actions, button, modal, section

CONFIRM = {"title": plain("Really?"), "text": plain("It is gone then."), "confirm": plain("Do it")}
CONFIRM |= {"deny": plain("No")}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    manifest: Path = written(tmp_path_factory, EVERYTHING)
    with LocalSlack(manifest=manifest, patience=1) as local:
        yield local


@pytest.fixture(scope="module")
def hands(local: LocalSlack) -> Hands:
    hands = Hands(local.url)
    hands.do("limits", enforce=False)
    return hands


@pytest.fixture(scope="module")
def app(hands: Hands) -> Iterator[Listener]:
    def respond(envelope: Json) -> Json | None:
        kind = envelope["payload"].get("type")
        return {"options": options("kafka kubernetes")} if kind == "block_suggestion" else None

    listener = Listener(hands, respond)
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, local: LocalSlack) -> Iterator[Visitor]:
    context = browser.new_context()
    visitor = Visitor(context.new_page(), local.url).comes("ada", "C_DATA")
    yield visitor
    context.close()
    assert visitor.troubles == []


@pytest.fixture
def ada(tab: Visitor, app: Listener, hands: Hands) -> Visitor:
    """Ada in #data-eng with no form open; what the app heard before is forgotten."""
    while hands.see("views/ada")["modals"]:
        hands.do("close", user="ada", view_id="top", all=True)
    expect(tab.form).to_have_count(0)
    app.all()
    return tab


def heard(app: Listener) -> Json:
    """What the app hears next, but for events: its own messages among them."""
    while (envelope := app.next())["type"] == "events_api":
        continue
    return dict(envelope["payload"])


def told(app: Listener) -> Json:
    """What the app hears next of a press or a choice."""
    return dict(heard(app)["actions"][0])


def opened(hands: Hands, app: Listener, *blocks: Json, **more: Any) -> Json:
    hands.do("command", user="ada", channel="#data-eng", command="/go", text="")
    trigger = heard(app)["trigger_id"]
    return dict(hands.good("views.open", trigger_id=trigger, view=modal(*blocks, **more))["view"])


def test_blocks_that_say_something(ada: Visitor, hands: Hands) -> None:
    fields = [
        {"type": "mrkdwn", "text": "*Where*\nHere"},
        {"type": "mrkdwn", "text": "*When*\nNow"},
    ]
    hands.post(
        text="everything",
        blocks=[
            {"type": "header", "text": plain("A header :bulb:")},
            {**section("*Section*"), "fields": fields},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"}]},
            {"type": "divider"},
            {"type": "image", "image_url": "https://127.0.0.1:9/x.png", "alt_text": "a chart"},
        ],
    )
    message = ada.message("A header")
    expect(message.get_by_role("heading", name="A header")).to_be_visible()
    expect(message.locator(".fields > div")).to_have_count(2)
    expect(message.locator(".block-context")).to_have_text("small print")
    expect(message.locator("hr")).to_have_count(1)
    expect(message.get_by_role("img", name="a chart")).to_be_visible()


def test_rich_text(ada: Visitor, hands: Hands) -> None:
    words = [{"type": "text", "text": "loud", "style": {"bold": True}}]
    words += [{"type": "text", "text": " <b>tame</b> "}, {"type": "user", "user_id": "U_BO"}]
    line = {"type": "rich_text_section", "elements": words}
    parts = [line, {"type": "rich_text_list", "style": "ordered", "elements": [line, line]}]
    parts += [{"type": "rich_text_quote", "elements": words}]
    hands.post(text="rich", blocks=[{"type": "rich_text", "elements": parts}])
    rich = ada.message("tame").locator(".rich")
    expect(rich.locator(".rich-line")).to_have_text("loud <b>tame</b> @Bo Lindqvist")
    expect(rich.locator("ol > li")).to_have_count(2)
    expect(rich.locator("blockquote strong")).to_have_text("loud")


def test_a_block_that_is_not_known_is_named(ada: Visitor, hands: Hands) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]}
    hands.post(text="table", blocks=[table])
    expect(ada.message("not rendered here")).to_contain_text("A table block")


def test_a_button_tells_the_app_who_pressed_it_and_where(
    ada: Visitor, app: Listener, hands: Hands
) -> None:
    ts = hands.post(text="press", blocks=[actions(button("go", "17", "Go there"))])
    ada.clicks("Go there")
    payload = heard(app)
    assert payload["user"]["id"] == "U_ADA"
    assert payload["container"]["message_ts"] == ts
    assert payload["actions"][0]["value"] == "17"


def test_a_button_asks_first_when_it_has_a_confirmation(
    ada: Visitor, app: Listener, hands: Hands
) -> None:
    danger = {**button("drop", "1", "Throw away"), "style": "danger", "confirm": CONFIRM}
    hands.post(text="sure?", blocks=[actions(danger)])
    ada.room.get_by_role("button", name="Throw away").click()
    expect(ada.form).to_contain_text("It is gone then.")
    ada.presses("No")
    ada.room.get_by_role("button", name="Throw away").click()
    ada.presses("Do it")
    assert told(app)["action_id"] == "drop"
    assert not [each for each in app.all() if each["type"] == "interactive"]


@pytest.fixture
def menus(ada: Visitor, app: Listener, hands: Hands) -> tuple[Visitor, Listener, Hands]:
    return ada, app, hands


@pytest.mark.parametrize(
    ("kind", "more", "option_name", "chosen"),
    [
        ("static_select", {"options": options("red green")}, "Green", ("selected_option", "green")),
        ("users_select", {}, "Bo Lindqvist", ("selected_user", "U_BO")),
        ("channels_select", {}, "#random", ("selected_channel", "C_RANDOM")),
        ("conversations_select", {}, "#random", ("selected_conversation", "C_RANDOM")),
    ],
)
def test_a_menu_acts_at_once(
    menus: tuple[Visitor, Listener, Hands],
    kind: str,
    more: Json,
    option_name: str,
    chosen: tuple[str, str],
) -> None:
    ada, app, hands = menus
    menu = element(kind, placeholder=plain(f"Pick by {kind}"), **more)
    hands.post(text=kind, blocks=[actions(menu)])
    ada.room.get_by_role("button", name=f"Pick by {kind}").click()
    ada.page.get_by_role("option", name=option_name).first.click()
    field, expected = chosen
    value = told(app)[field]
    assert (value["value"] if isinstance(value, dict) else value) == expected
    expect(ada.room.locator(".chooser").last).to_contain_text(option_name)


def test_an_overflow_menu_is_used_with_the_keyboard(
    ada: Visitor, app: Listener, hands: Hands
) -> None:
    hands.post(text="…", blocks=[actions(element("overflow", options=options("edit leave")))])
    ada.room.get_by_role("button", name="More").last.focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        ada.page.keyboard.press(key)
    assert told(app)["selected_option"]["value"] == "leave"


def test_a_form_with_every_kind_of_field(ada: Visitor, app: Listener, hands: Hands) -> None:
    opened(
        hands,
        app,
        asking("words", "plain_text_input", multiline=True),
        asking("rich", "rich_text_input"),
        asking("number", "number_input", is_decimal_allowed=False),
        asking("colour", "static_select", options=options("red green")),
        asking("some", "multi_users_select"),
        asking("topic", "external_select", min_query_length=3),
        asking("day", "datepicker"),
        asking("hour", "timepicker"),
        asking("instant", "datetimepicker"),
        asking("boxes", "checkboxes", options=options("a b c")),
        asking("radio", "radio_buttons", options=options("x y"), initial_option=option("x")),
        submit=plain("Send"),
    )
    for label, value in [("words", "one\ntwo"), ("rich", "plain words"), ("number", "4")]:
        ada.fills(label, value)
    ada.chooses("colour", "Green")
    ada.form.get_by_label("some").click()
    for name in ("Bo Lind", "Cy "):
        ada.page.get_by_role("option", name=name).first.click()
    ada.page.keyboard.press("Escape")
    ada.form.get_by_label("topic").click()
    ada.page.get_by_label("Search", exact=True).fill("kaf")
    ada.page.get_by_role("option", name="Kafka").click()
    for label, value in [("day", "2026-03-29"), ("hour", "09:30"), ("instant", "2026-03-29T12:00")]:
        ada.fills(label, value)
    ada.form.get_by_label("B", exact=True).check()
    ada.form.get_by_label("Y", exact=True).check()
    ada.presses("Send")
    expect(ada.form).to_have_count(0)
    values = {name: block["chosen"] for name, block in submitted(app).items()}
    assert values["words"]["value"] == "one\ntwo"
    assert values["rich"]["rich_text_value"]["type"] == "rich_text"
    assert values["number"]["value"] == "4"
    assert values["colour"]["selected_option"]["value"] == "green"
    assert values["some"]["selected_users"] == ["U_BO", "U_CY"]
    assert values["topic"]["selected_option"]["value"] == "kafka"
    assert values["day"]["selected_date"] == "2026-03-29"
    assert values["hour"]["selected_time"] == "09:30"
    assert values["instant"]["selected_date_time"] == 1774782000  # noon in London, in summer
    assert [each["value"] for each in values["boxes"]["selected_options"]] == ["b"]
    assert values["radio"]["selected_option"]["value"] == "y"


def submitted(app: Listener) -> Json:
    payloads = [envelope["payload"] for envelope in app.all()]
    (payload,) = [each for each in payloads if each["type"] == "view_submission"]
    return dict(payload["view"]["state"]["values"])


def test_slack_itself_says_what_is_missing(ada: Visitor, app: Listener, hands: Hands) -> None:
    opened(hands, app, asking("words", "plain_text_input"), submit=plain("Send"))
    ada.presses("Send")
    expect(ada.form.get_by_role("alert")).to_have_text("Please complete this required field.")
    expect(ada.form.get_by_label("words")).to_have_attribute("aria-invalid", "true")


def test_an_update_keeps_what_was_typed(ada: Visitor, app: Listener, hands: Hands) -> None:
    form = [asking("words", "plain_text_input"), actions(button("more", "1", "More fields"))]
    view = opened(hands, app, *form, submit=plain("Send"))
    ada.fills("words", "half a sentence")
    ada.presses("More fields")
    heard(app)
    larger = modal(*form, section("Now there is more"), submit=plain("Send"))
    hands.good("views.update", view_id=view["id"], view=larger)
    expect(ada.form).to_contain_text("Now there is more")
    expect(ada.form.get_by_label("words")).to_have_value("half a sentence")


def test_a_view_is_pushed_and_closed_again(ada: Visitor, app: Listener, hands: Hands) -> None:
    opened(hands, app, actions(button("next", "1", "Next")), title=plain("Below"))
    ada.presses("Next")
    trigger = heard(app)["trigger_id"]
    hands.good("views.push", trigger_id=trigger, view=modal(section("On top"), title=plain("Top")))
    expect(ada.form.get_by_role("heading", name="Top")).to_be_visible()
    ada.presses("Back to: Below")
    expect(ada.form.get_by_role("heading", name="Below")).to_be_visible()
    expect(ada.form.get_by_role("button", name="Back to")).to_have_count(0)
    ada.presses("Close all")
    expect(ada.form).to_have_count(0)


def test_shortcuts_global_and_on_a_message(ada: Visitor, app: Listener, hands: Hands) -> None:
    ts = hands.post(text="something to act on")
    ada.page.get_by_role("button", name="Commands and shortcuts").click()
    ada.page.get_by_role("menuitem", name="Anywhere").click()
    assert heard(app)["callback_id"] == "anywhere"
    ada.message("something to act on").hover()
    ada.message("something to act on").get_by_role("button", name="Shortcuts").click()
    ada.page.get_by_role("menuitem", name="On this").click()
    payload = heard(app)
    assert (payload["callback_id"], payload["message"]["ts"]) == ("on_this", ts)


def test_what_slack_would_refuse_is_shown_in_red_where_it_would_have_been(
    ada: Visitor, hands: Hands
) -> None:
    refused = hands.call(
        "chat.postMessage", channel="C_DATA", text="x", blocks=[section("y" * 3001)]
    )
    assert refused["error"] == "invalid_blocks"
    box = ada.room.locator(".refusal").last
    expect(box).to_contain_text("Slack would refuse this: invalid_blocks")
    expect(box).to_contain_text("must be less than 3001 characters")
    box.get_by_role("button", name="Look under the hood").click()
    expect(ada.page.locator("#hood details[open] pre")).to_contain_text("invalid_blocks")
