"""Holds docs/sandbox.md to the local Slack: bodies, shapes, and what can be chosen."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.control import Control
from sandbox.forms import FIELDS
from sandbox.server import LocalSlack
from tests.sandbox.desk import COMMAND, Desk, asking, option
from tests.sandbox.hands import Hands, Json, Listener, modal, section

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
SHAPES: dict[str, Json] = {
    name: json.loads(text)
    for name, text in re.findall(
        r"^\*\*`([^`]+)`\*\*(?:[^\n]+\n)*\n*```json\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL
    )
}
BODIES = dict(re.findall(r"^\| `(\w+)` \| `\{([^`]*)\}` \|", PAGE, re.MULTILINE))
GESTURES = ["command", "message", "reaction", "action", "submit", "close", "suggest", "shortcut"]
GESTURES += ["home", "http", "redeliver", "events", "delete", "person", "channel", "reset"]


def shape(thing: Any, documented: Any) -> Any:
    """The keys, as deep as the page shows them; what the page leaves empty is not looked into."""
    if isinstance(thing, dict) and documented:
        return {key: shape(value, (documented or {}).get(key)) for key, value in thing.items()}
    if isinstance(thing, list) and documented:
        return [shape(each, like) for each, like in zip(thing, documented, strict=False)]
    return None if documented is None else type(thing).__name__


def assert_shown(name: str, real: Json) -> None:
    documented = SHAPES[name]
    assert shape(real, documented) == shape(documented, documented)


@pytest.mark.parametrize("name", GESTURES)
def test_a_body_has_the_fields_the_page_names(local: LocalSlack, name: str) -> None:
    command = Control(local.slack)._commands[name]
    written = re.findall(r"(\w+)(\??)(?:: (?:\[[^\]]*\]|\"\w*\"|\w+))?(?:, |$)", BODIES[name])
    needed = {field for field, optional in written if not optional}
    assert {field for field, _ in written} == command.allowed
    assert needed == command.needed


def test_every_kind_of_choice_is_on_the_page() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `(\w+)` \|", PAGE, re.MULTILINE)
    written = {kind: field for kinds, field in rows for kind in re.findall(r"`(\w+)`", kinds)}
    assert written == FIELDS


@pytest.fixture
def desk(hands: Hands, listen: Any) -> Desk:
    def respond(envelope: Json) -> Json | None:
        if envelope["payload"].get("type") == "block_suggestion":
            return {"options": [option("kafka")]}
        return {"text": "…"} if envelope["type"] == "slash_commands" else None

    return Desk(hands, listen(respond))


def who() -> Json:
    return modal(asking("who", "users_select"))


def test_a_gesture_is_answered_as_the_page_says(desk: Desk, hands: Hands) -> None:
    assert_shown("gesture", hands.do("command", user="ada", **COMMAND))
    trigger = desk.payload()["trigger_id"]
    view = hands.good("views.open", trigger_id=trigger, view=who())["view"]
    assert_shown("errors", desk.submit(view))
    assert_shown("refused", hands.try_to("command", **{**COMMAND, "user": "zoe"}))
    other = desk.open(modal(asking("topic", "external_select")))
    press = {"user": "ada", "view_id": other["id"], "action_id": "chosen", "value": "kaf"}
    assert_shown("suggest", hands.do("suggest", **press))


def test_a_view_is_shown_as_the_page_says(desk: Desk, hands: Hands) -> None:
    view = desk.open(who())
    desk.press(view, selected="bo")
    seen = hands.see("views/ada")
    assert_shown("views/{user}", seen)
    assert_shown("view", seen["modals"][0])


def test_a_home_is_shown_as_the_page_says(everything: Hands) -> None:
    view = {"type": "home", "blocks": [section()]}
    published = everything.good("views.publish", user_id="U_ADA", view=view)["view"]
    assert set(published) == set(SHAPES["view"])
    assert (published["title"], published["submit"], published["close"]) == (None, None, None)
    assert_shown("home", everything.do("home", user="ada"))


def test_what_can_be_seen_is_shown_as_the_page_says(local: LocalSlack, hands: Hands) -> None:
    listener = Listener(hands)
    since = len(hands.see("journal")["entries"])
    hands.post()
    hands.do("command", user="ada", **COMMAND)
    listener.close()
    assert_shown("messages/{channel}", {**hands.see("messages/C_DATA"), "messages": newest(hands)})
    assert_shown("clock", hands.do("clock", advance=1))
    assert_shown("journal", hands.see(f"journal?since={since}"))


def newest(hands: Hands) -> list[Json]:
    return hands.messages("#data-eng")[-1:]
