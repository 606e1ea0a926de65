"""Modals and App Home: triggers, hashes, stacks, forms and what a submission may answer."""

import time
from collections.abc import Callable

import pytest

from sandbox import triggers
from tests.sandbox.desk import Desk, asking, element, option
from tests.sandbox.hands import (
    SILENT,
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


def test_a_trigger_opens_one_modal(desk: Desk, hands: Hands) -> None:
    trigger = desk.trigger()
    refused = hands.call("views.open", trigger_id=trigger, view={})
    assert refused["error"] == "invalid_arguments"  # and the trigger is still good
    hands.good("views.open", trigger_id=trigger, view=modal())
    again = hands.call("views.open", trigger_id=trigger, view=modal())
    assert again["error"] == "exchanged_trigger_id"
    other = hands.call("views.open", trigger_id="1.2.x", view=modal())
    assert other["error"] == "invalid_trigger_id"


def test_a_trigger_lives_three_real_seconds(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triggers, "TRIGGER_LIFE", 0.05)
    trigger = desk.trigger()
    time.sleep(0.1)
    late = hands.call("views.open", trigger_id=trigger, view=modal())
    assert late["error"] == "expired_trigger_id"


def test_a_modal_opened_while_the_command_is_handled_is_seen(hands: Hands, listen: Listen) -> None:
    def respond(envelope: Json) -> None:
        hands.good("views.open", trigger_id=envelope["payload"]["trigger_id"], view=modal())

    listen(respond)
    seen = hands.do("command", user="ada", channel="#data-eng", command="/ask-peer", text="")
    assert (seen["view"]["callback_id"], seen["view"]["type"]) == ("form", "modal")
    assert seen["view"]["blocks"][0]["block_id"] == "question"


def test_a_stale_hash_conflicts(desk: Desk, hands: Hands) -> None:
    view = desk.open()
    update = {"view_id": view["id"], "view": modal(text_input("other"))}
    fresh = hands.good("views.update", **update, hash=view["hash"])["view"]
    assert fresh["hash"] != view["hash"]
    stale = hands.call("views.update", **update, hash=view["hash"])
    assert stale["error"] == "hash_conflict"
    hands.good("views.update", **update)  # without a hash there is nothing to conflict


def test_an_external_id_names_one_view(desk: Desk, hands: Hands) -> None:
    desk.open(modal(external_id="mine"))
    update = {"external_id": "mine", "view": modal(external_id="mine")}
    hands.good("views.update", **update)
    hands.do("message", user="ada", channel="#data-eng", text="x")
    trigger = desk.trigger()
    taken = hands.call("views.open", trigger_id=trigger, view=modal(external_id="mine"))
    assert taken["error"] == "duplicate_external_id"


def test_a_submission_carries_what_was_typed(desk: Desk, hands: Hands) -> None:
    fields: dict[str, Json] = {
        "typed": {"kind": "plain_text_input"},
        "one": {"kind": "static_select", "options": [option("a"), option("b")]},
        "many": {"kind": "multi_static_select", "options": [option("a"), option("b")]},
        "who": {"kind": "users_select"},
        "all": {"kind": "multi_users_select"},
        "day": {"kind": "datepicker"},
        "preset": {"kind": "plain_text_input", "initial_value": "as it was"},
    }
    view = desk.open(modal(*(asking(name, **each) for name, each in fields.items())))
    typed = {"typed": "hi", "one": "b", "many": ["a", "b"], "who": "U_BO", "all": ["U_BO"]}
    assert desk.submit(view, **typed, day="2026-03-03")["ack"] == "acked"
    payload = desk.listener.next()["payload"]
    values = {name: each["chosen"] for name, each in payload["view"]["state"]["values"].items()}
    assert values["typed"]["value"] == "hi"
    assert values["one"]["selected_option"] == option("b")
    assert values["many"]["selected_options"] == [option("a"), option("b")]
    assert values["who"]["selected_user"] == "U_BO"
    assert values["all"]["selected_users"] == ["U_BO"]
    assert values["day"]["selected_date"] == "2026-03-03"
    assert values["preset"]["value"] == "as it was"
    assert (payload["user"]["id"], payload["team"]["id"]) == ("U_ADA", "T_NORTH")
    assert desk.modals() == []


def test_slack_itself_asks_for_required_fields(desk: Desk, hands: Hands) -> None:
    short = {"min_length": 3, "max_length": 5}
    view = desk.open(modal(text_input("a"), text_input("b", element=short), text_input("c")))
    assert desk.submit(view, a="", b="no", c="fine")["errors"] == {
        "a": "Please complete this required field.",
        "b": "Must be at least 3 characters.",
    }
    assert desk.submit(view, a="x", b="far too long")["errors"] == {
        "b": "Must be less than 6 characters."
    }
    assert desk.submit(view, a="x", b="four")["errors"] is None
    assert len([e for e in hands.journal("envelope") if e["what"] == "view_submission"]) == 1


def test_an_optional_field_may_stay_empty(desk: Desk) -> None:
    view = desk.open(modal(text_input("a", optional=True)))
    assert desk.submit(view)["errors"] is None


def test_the_bot_can_refuse_a_field(desk: Desk, answer: Json) -> None:
    answer |= {"response_action": "errors", "errors": {"question": "Too vague."}}
    view = desk.open()
    assert desk.submit(view, question="?")["errors"] == {"question": "Too vague."}
    assert desk.modals() == [view["id"]]


def test_a_submission_can_update_push_and_clear(desk: Desk, answer: Json) -> None:
    first = desk.open()
    answer |= {"response_action": "update", "view": modal(section("done"))}
    updated = desk.submit(first, question="?")["view"]
    assert (updated["id"], updated["blocks"][0]["text"]["text"]) == (first["id"], "done")
    answer |= {"response_action": "push", "view": modal()}
    second = desk.submit(first)["view"]
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    assert desk.modals() == [first["id"], second["id"]]
    answer |= {"response_action": "clear"}
    desk.submit(second, question="?")
    assert desk.modals() == []


def test_a_stack_holds_three_views(desk: Desk, hands: Hands) -> None:
    view = desk.open(modal(actions(button("next")), submit=None))
    for _ in range(2):
        hands.do("action", user="ada", view_id=view["id"], action_id="next")
        trigger = desk.listener.next()["payload"]["trigger_id"]
        view = hands.good("views.push", trigger_id=trigger, view=view_with_button())["view"]
    hands.do("action", user="ada", view_id=view["id"], action_id="next")
    trigger = desk.listener.next()["payload"]["trigger_id"]
    full = hands.call("views.push", trigger_id=trigger, view=modal())
    assert full["error"] == "push_limit_reached"
    outside = hands.call("views.push", trigger_id=desk.trigger(), view=modal())
    assert outside["error"] == "invalid_trigger_id"


def view_with_button() -> Json:
    return modal(actions(button("next")), submit=None)


def test_a_timeout_leaves_the_form_open(hands: Hands, listen: Listen) -> None:
    def respond(envelope: Json) -> Json | None:
        return SILENT if envelope["type"] == "interactive" else None

    desk = Desk(hands, listen(respond))
    view = desk.open()
    result = desk.submit(view, question="?")
    assert result["ack"] == "timeout"
    assert result["saw"][0]["text"].startswith("We had some trouble connecting")
    assert desk.modals() == [view["id"]]


def test_closing_is_told_only_if_asked_for(desk: Desk, hands: Hands) -> None:
    quiet = desk.open()
    assert hands.do("close", user="ada", view_id=quiet["id"])["ack"] == "none"
    loud = desk.open(modal(notify_on_close=True))
    assert hands.do("close", user="ada", view_id=loud["id"])["ack"] == "acked"
    payload = desk.listener.next()["payload"]
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert desk.modals() == []


def test_a_choice_in_a_view_becomes_its_state(desk: Desk, hands: Hands) -> None:
    select = element("static_select", options=[option("a"), option("b")])
    choice = {**actions(select), "block_id": "choice"}
    view = desk.open(modal(choice, text_input(optional=True)))
    hands.do("action", user="ada", view_id=view["id"], action_id="chosen", selected="b")
    payload = desk.listener.next()["payload"]
    assert payload["actions"][0]["selected_option"] == option("b")
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    state = payload["view"]["state"]["values"]
    assert state["choice"]["chosen"]["selected_option"] == option("b")
    assert state["question"]["typed"]["value"] is None
    missing = {"user": "ada", "view_id": view["id"], "action_id": "chosen", "selected": "z"}
    assert "'a', 'b'" in hands.try_to("action", **missing)["error"]


def test_a_button_is_found_by_block_action_and_value(desk: Desk, hands: Hands) -> None:
    hands.post(blocks=[actions(button("go", "1")), {**actions(button("go", "2")), "block_id": "b"}])
    press = {"user": "bo", "channel": "#data-eng", "action_id": "go"}
    values = []
    for more in ({}, {"value": "2"}, {"block_id": "b"}):
        hands.do("action", **press, **more)
        payload = desk.listener.next()["payload"]
        values.append(payload["actions"][0]["value"])
    assert values == ["1", "2", "2"]
    assert payload["message"]["user"] == "U_BOT"
    assert payload["container"]["is_ephemeral"] is False
    assert payload["channel"] == {"id": "C_DATA", "name": "data-eng"}
    assert hands.try_to("action", **press, value="3")["ok"] is False
    assert hands.try_to("action", **{**press, "user": "dee"})["ok"] is False


def test_an_ephemeral_button_carries_no_message(desk: Desk, hands: Hands) -> None:
    only = {"channel": "C_DATA", "user": "U_ADA", "text": "?", "blocks": [actions(button())]}
    hands.good("chat.postEphemeral", **only)
    hands.do("action", user="ada", channel="#data-eng", action_id="go")
    payload = desk.listener.next()["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    other = {"user": "bo", "channel": "#data-eng", "action_id": "go"}
    assert hands.try_to("action", **other)["ok"] is False


def test_forms_that_are_not_there_are_refused(desk: Desk, hands: Hands) -> None:
    view = desk.open()
    strange = {"user": "ada", "view_id": view["id"], "values": {"nowhere": "x"}}
    assert "question" in hands.try_to("submit", **strange)["error"]
    assert hands.try_to("submit", user="bo", view_id=view["id"])["ok"] is False
    assert hands.try_to("close", user="ada", view_id="V0")["ok"] is False
    press = {"user": "ada", "view_id": view["id"], "action_id": "nothing"}
    assert hands.try_to("action", **press)["ok"] is False
