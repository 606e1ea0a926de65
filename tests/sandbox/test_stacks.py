"""Stacks of modals: pushing, updating, closing, and what became of a view in the meantime."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.desk import Desk, asking, option
from tests.sandbox.hands import (
    Hands,
    Json,
    Listener,
    actions,
    button,
    modal,
    section,
    text_input,
)

Listen = Callable[..., Listener]


def steps(**more: Any) -> Json:
    """A view from which another can be opened."""
    return modal(actions(button("next")), text_input(optional=True), **more)


def test_a_trigger_of_a_closed_modal_pushes_nothing(desk: Desk, hands: Hands) -> None:
    view = desk.open(steps())
    desk.press(view, "next")
    trigger = desk.payload()["trigger_id"]
    hands.do("close", user="ada", view_id=view["id"])
    late = hands.call("views.push", trigger_id=trigger, view=modal())
    assert late["error"] == "not_found"
    assert desk.modals() == []


def test_a_refused_push_leaves_the_trigger_and_the_stack_whole(desk: Desk, hands: Hands) -> None:
    view = desk.open(steps())
    desk.press(view, "next")
    trigger = desk.payload()["trigger_id"]
    assert hands.call("views.push", trigger_id=trigger, view={})["error"] == "invalid_arguments"
    assert desk.modals() == [view["id"]]
    hands.good("views.push", trigger_id=trigger, view=modal())
    again = hands.call("views.push", trigger_id=trigger, view=modal())
    assert again["error"] == "exchanged_trigger_id"
    assert len(desk.modals()) == 2


def test_only_the_modal_on_top_can_be_used(desk: Desk, hands: Hands) -> None:
    below = desk.open(steps())
    above = desk.push(below)
    for gesture, more in (("action", {"action_id": "next"}), ("submit", {}), ("close", {})):
        refused = hands.try_to(gesture, user="ada", view_id=below["id"], **more)
        assert "not the modal on top" in refused["error"]
    assert desk.submit(above, question="?")["ack"] == "acked"
    assert desk.modals() == [below["id"]]


def test_a_closed_view_is_not_found(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(external_id="mine"))
    hands.do("close", user="ada", view_id=view["id"])
    for name in ({"view_id": view["id"]}, {"external_id": "mine"}):
        assert hands.call("views.update", **name, view=modal())["error"] == "not_found"
    assert "has no view" in desk.try_to_submit(view, question="?")


def test_a_view_is_read_before_it_is_looked_for(desk: Desk, hands: Hands) -> None:
    view = desk.open()
    bad = {"view": modal(title=None)}
    assert hands.call("views.update", view_id="V0", **bad)["error"] == "invalid_arguments"
    stale = hands.call("views.update", view_id=view["id"], hash="1.2", **bad)
    assert stale["error"] == "invalid_arguments"
    other = {"type": "home", "blocks": [section()]}
    mixed = hands.call("views.update", view_id=view["id"], view=other)
    assert mixed["error"] == "invalid_arguments"


def test_an_update_from_the_side_makes_the_old_hash_stale(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(asking("who", "users_select")))
    desk.press(view, selected="bo")
    assert desk.shown()["hash"] == view["hash"]  # what a person chooses changes no hash
    hands.good("views.update", view_id=view["id"], view=modal(asking("who", "users_select")))
    fresh = desk.shown()["hash"]
    desk.submit(view)
    told = desk.payload()["view"]
    assert (told["hash"], told["hash"] != view["hash"]) == (fresh, True)
    assert told["state"]["values"]["who"]["chosen"]["selected_user"] == "U_BO"


@pytest.mark.parametrize("whole", [False, True], ids=["one", "all"])
def test_closing_tells_of_each_view_that_asked(desk: Desk, hands: Hands, whole: bool) -> None:
    first = desk.open(steps(notify_on_close=True))
    second = desk.push(first, steps())
    third = desk.push(second, modal(notify_on_close=True))
    hands.do("close", user="ada", view_id=third["id"], all=whole)
    told = [envelope["payload"] for envelope in desk.listener.all()]
    closed = [third["id"], first["id"]] if whole else [third["id"]]
    assert [payload["view"]["id"] for payload in told] == closed
    assert {payload["is_cleared"] for payload in told} == {whole}
    assert all("trigger_id" not in payload for payload in told)
    assert desk.modals() == ([] if whole else [first["id"], second["id"]])


def test_a_view_can_take_the_stack_with_it(desk: Desk, hands: Hands) -> None:
    first = desk.open(steps())
    second = desk.push(first, modal(clear_on_close=True, notify_on_close=True))
    assert hands.do("close", user="ada", view_id=second["id"])["ack"] == "acked"
    payload = desk.payload()
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", True)
    assert desk.modals() == []


def test_clearing_by_the_app_tells_nobody(desk: Desk, hands: Hands, answer: Json) -> None:
    view = desk.open(modal(notify_on_close=True))
    answer |= {"response_action": "clear"}
    desk.submit(view, question="?")
    assert desk.modals() == []
    kinds = [each["what"] for each in hands.journal("envelope")]
    assert kinds == ["/ask-peer", "view_submission"]


OUTSIDE: Json = {"label": {"type": "plain_text", "text": "x"}, "value": "x"}
BAD_ANSWERS: dict[str, Json] = {
    "unknown field": {"response_action": "errors", "errors": {"nowhere": "x"}},
    "no input": {"response_action": "errors", "errors": {"about": "x"}},
    "no errors": {"response_action": "errors", "errors": {}},
    "errors left out": {"response_action": "errors"},
    "errors as a list": {"response_action": "errors", "errors": ["question"]},
    "wordless": {"response_action": "errors", "errors": {"question": 5}},
    "update without view": {"response_action": "update"},
    "update with half a view": {"response_action": "update", "view": {"type": "modal"}},
    "update to a home": {"response_action": "update", "view": {"type": "home", "blocks": []}},
    "push with a wrong option": {
        "response_action": "push",
        "view": modal(asking("a", "static_select", options=[option("a")], initial_option=OUTSIDE)),
    },
    "unknown action": {"response_action": "close"},
    "no action": {"text": "thanks"},
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_what_slack_cannot_follow_is_trouble_and_the_form_stays(
    desk: Desk, answer: Json, name: str
) -> None:
    answer |= BAD_ANSWERS[name]
    view = desk.open(modal(text_input(), {**section(), "block_id": "about"}))
    result = desk.submit(view, question="?")
    assert result["saw"][0]["text"].startswith("We had some trouble connecting")
    assert (result["view"], result["errors"]) == (None, None)
    assert desk.modals() == [view["id"]]
    assert desk.shown()["state"]["values"]["question"]["typed"]["value"] == "?"


def test_a_full_stack_takes_no_push_in_answer(desk: Desk, answer: Json) -> None:
    view = desk.push(desk.push(desk.open(steps()), steps()), steps())
    answer |= {"response_action": "push", "view": modal()}
    trouble = desk.submit(view)["saw"][0]["text"]
    assert "push_limit_reached" in trouble
    assert len(desk.modals()) == 3


def meanwhile(hands: Hands, listen: Listen, act: Callable[[Json], Json | None]) -> Desk:
    """A bot that does something else while a submission waits for its answer."""

    def respond(envelope: Json) -> Json | None:
        payload = envelope["payload"]
        return act(payload) if payload.get("type") == "view_submission" else None

    return Desk(hands, listen(respond))


def test_a_view_updated_while_it_is_submitted_answers_for_its_new_fields(
    hands: Hands, listen: Listen
) -> None:
    def act(payload: Json) -> Json:
        renewed = modal(text_input("other"))
        hands.good("views.update", view_id=payload["view"]["id"], view=renewed)
        return {"response_action": "errors", "errors": {"question": "Too vague."}}

    desk = meanwhile(hands, listen, act)
    result = desk.submit(desk.open(), question="?")
    assert result["saw"][0]["text"].startswith("We had some trouble connecting")
    assert [block["block_id"] for block in desk.shown()["blocks"]] == ["other"]


def test_a_view_closed_while_it_is_submitted_cannot_be_updated(
    hands: Hands, listen: Listen
) -> None:
    def act(payload: Json) -> Json:
        hands.good("views.open", trigger_id=payload["trigger_id"], view=modal(callback_id="new"))
        return {"response_action": "update", "view": modal()}

    desk = meanwhile(hands, listen, act)
    result = desk.submit(desk.open(), question="?")
    assert "not_found" in result["saw"][0]["text"]
    assert desk.shown()["callback_id"] == "new"


def test_a_view_pushed_while_another_is_submitted_outlives_it(hands: Hands, listen: Listen) -> None:
    def act(payload: Json) -> None:
        hands.good("views.push", trigger_id=payload["trigger_id"], view=modal(callback_id="new"))

    desk = meanwhile(hands, listen, act)
    first = desk.open(steps())
    second = desk.push(first, steps())
    desk.submit(second)
    assert desk.modals()[0] == first["id"]
    assert (desk.shown()["callback_id"], desk.shown()["previous_view_id"]) == ("new", first["id"])


def test_a_form_without_a_submit_button_is_not_submitted(desk: Desk) -> None:
    view = desk.open(modal(section(), submit=None))
    assert "no button" in desk.try_to_submit(view)
