"""What people do in channels, and what they see of it."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.hands import SILENT, Hands, Json, Listener, actions, button, section, send

Listen = Callable[..., Listener]


def command(hands: Hands, text: str = "", channel: str = "#data-eng", user: str = "ada") -> Json:
    return hands.do("command", user=user, channel=channel, command="/ask-peer", text=text)


def respond(hands: Hands, url: str, **body: Any) -> tuple[int, bytes]:
    answer = send(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return answer.status, answer.body


def test_a_command_says_who_where_and_what(listen: Listen, hands: Hands) -> None:
    listener = listen()
    assert command(hands, " how do I? ")["saw"] == []
    payload = listener.next()["payload"]
    expected = {
        "command": "/ask-peer",
        "text": "how do I?",
        "user_id": "U_ADA",
        "user_name": "ada",
        "channel_id": "C_DATA",
        "channel_name": "data-eng",
        "team_id": "T_NORTH",
        "team_domain": "northwind",
        "api_app_id": "A_PEERLOOP",
        "is_enterprise_install": "false",
    }
    assert {name: payload[name] for name in expected} == expected
    assert payload["response_url"].startswith(hands.url)
    assert payload["trigger_id"]


@pytest.mark.parametrize(
    ("channel", "name"),
    [("@ada", "directmessage"), ("#support", "support"), ("#design-reviews", "privategroup")],
)
def test_a_command_works_wherever_the_person_is(
    listen: Listen, hands: Hands, channel: str, name: str
) -> None:
    listener = listen()
    command(hands, channel=channel, user="ada" if channel == "@ada" else "finn")
    assert listener.next()["payload"]["channel_name"] == name


@pytest.mark.parametrize(
    ("payload", "seen"),
    [
        ({"text": "on it"}, ["on it"]),
        ({"blocks": [section()]}, [""]),
        ({}, []),
        ({"blocks": [{"type": "no"}]}, ['/ask-peer failed with the error "invalid_blocks"']),
    ],
)
def test_the_ack_of_a_command_is_seen_by_the_person(
    listen: Listen, hands: Hands, payload: Json, seen: list[str]
) -> None:
    listen(lambda envelope: payload)
    answer = command(hands)
    assert [each["text"] for each in answer["saw"]] == seen
    assert "on it" not in hands.texts("#data-eng", "bo")


def test_an_ack_for_all_is_a_message_for_all(listen: Listen, hands: Hands) -> None:
    listen(lambda envelope: {"response_type": "in_channel", "text": "for all"})
    assert command(hands, channel="#support", user="lea")["saw"] == []
    assert hands.texts("#support", "ola")[-1] == "for all"


def test_a_command_without_ack_times_out_and_is_not_sent_again(
    listen: Listen, hands: Hands
) -> None:
    listener = listen(lambda envelope: SILENT)
    answer = command(hands)
    assert answer["ack"] == "timeout"
    assert answer["saw"][0]["text"] == '/ask-peer failed with the error "operation_timeout"'
    hands.do("clock", advance=400)
    assert len(listener.all()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"user": "ada", "channel": "#data-eng", "command": "/unknown", "text": ""},
        {"user": "dee", "channel": "#data-eng", "command": "/ask-peer", "text": ""},
        {"user": "vic", "channel": "#data-eng", "command": "/ask-peer", "text": ""},
        {"user": "nobody", "channel": "#data-eng", "command": "/ask-peer", "text": ""},
        {"user": "ada", "channel": "#nowhere", "command": "/ask-peer", "text": ""},
        {"user": "ada", "channel": "#data-eng"},
        {"user": "ada", "channel": 5, "command": "/ask-peer"},
        {"user": None, "channel": "#data-eng", "command": "/ask-peer"},
        {"user": "ada", "channel": "#data-eng", "command": "/ask-peer", "loudly": True},
    ],
)
def test_an_impossible_command_is_refused_with_a_sentence(hands: Hands, body: Json) -> None:
    answer = hands.try_to("command", **body)
    assert answer["ok"] is False
    assert answer["error"].endswith(".")


def test_a_response_url_works_five_times(listen: Listen, hands: Hands) -> None:
    listener = listen()
    command(hands, channel="#support", user="lea")  # the bot is not even in there
    url = listener.next()["payload"]["response_url"]
    answers = [respond(hands, url, text=str(number)) for number in range(6)]
    assert answers[:5] == [(200, b"ok")] * 5
    assert (answers[5][0], b"used_url" in answers[5][1]) == (404, True)
    assert hands.texts("#support", "lea")[-5:] == ["0", "1", "2", "3", "4"]
    assert "0" not in hands.texts("#support", "ola")
    assert [entry["ok"] for entry in hands.journal("response_url")] == [True] * 5 + [False]


def test_a_response_url_works_for_half_an_hour(listen: Listen, hands: Hands) -> None:
    listener = listen()
    command(hands)
    url = listener.next()["payload"]["response_url"]
    hands.do("clock", advance=1800)
    assert respond(hands, url, text="in time")[0] == 200
    hands.do("clock", advance=1)
    assert b"expired_url" in respond(hands, url, text="too late")[1]
    assert b"invalid_url" in respond(hands, f"{hands.url}/response/x", text="x")[1]
    assert respond(hands, url)[0] == 404


def test_a_response_url_replaces_and_deletes_what_was_pressed(listen: Listen, hands: Hands) -> None:
    listener = listen()
    hands.good(
        "chat.postEphemeral", channel="C_DATA", user="U_ADA", text="?", blocks=[actions(button())]
    )
    hands.do("action", user="ada", channel="#data-eng", action_id="go")
    url = listener.next()["payload"]["response_url"]
    respond(hands, url, replace_original=True, text="changed")
    assert hands.texts("#data-eng", "ada")[-1] == "changed"
    respond(hands, url, delete_original=True)
    assert "changed" not in hands.texts("#data-eng", "ada")
    respond(hands, url, replace_original=True, text="anew")
    respond(hands, url, delete_original=True)  # nothing left: no harm
    respond(hands, url, response_type="in_channel", text="for all")
    assert hands.texts("#data-eng", "bo")[-1] == "for all"


def test_what_was_replaced_while_the_bot_handled_it_is_seen(listen: Listen, hands: Hands) -> None:
    def replace(envelope: Json) -> None:
        url = envelope["payload"]["response_url"]
        respond(hands, url, replace_original=True, text="changed")

    listen(replace)
    only = {"channel": "C_DATA", "user": "U_ADA", "text": "?", "blocks": [actions(button())]}
    hands.good("chat.postEphemeral", **only)
    seen = hands.do("action", user="ada", channel="#data-eng", action_id="go")
    assert [each["text"] for each in seen["saw"]] == ["changed"]
    assert hands.messages("#data-eng", "ada")[-1]["text"] == "changed"


def test_a_public_message_is_replaced_and_deleted(listen: Listen, hands: Hands) -> None:
    listener = listen()
    hands.post(text="?", blocks=[actions(button())])
    hands.do("action", user="ada", channel="#data-eng", action_id="go")
    url = listener.next()["payload"]["response_url"]
    respond(hands, url, replace_original=True, text="changed")
    assert hands.messages("#data-eng", "bo")[-1]["edited"]
    respond(hands, url, delete_original=True)
    assert "changed" not in hands.texts("#data-eng")
    assert b"no_text" in respond(hands, url)[1]


def test_a_reaction_counts_once_and_can_be_taken_back(listen: Listen, hands: Hands) -> None:
    listener = listen()
    ts = hands.post()
    gesture = {"user": "ada", "channel": "#data-eng", "ts": ts, "name": "bulb"}
    assert hands.do("reaction", **gesture, present=True)["ack"] == "none"
    assert "already_reacted" in hands.try_to("reaction", **gesture, present=True)["error"]
    hands.do("reaction", **gesture, present=False)
    assert "no_reaction" in hands.try_to("reaction", **gesture, present=False)["error"]
    hands.do("settle")
    kinds = [envelope["payload"]["event"]["type"] for envelope in listener.all()]
    assert kinds == ["reaction_added", "reaction_removed"]


def test_the_bot_hears_only_where_it_is(listen: Listen, hands: Hands) -> None:
    listener = listen()
    ts = hands.messages("#support")[-1]["ts"]
    hands.do("reaction", user="ola", channel="#support", ts=ts, name="bulb", present=True)
    hands.do("message", user="ada", channel="#data-eng", text="not subscribed")
    hands.do("settle")
    time.sleep(0.02)
    assert listener.all() == []


def test_messages_are_heard_by_who_asked_for_them(everything: Hands) -> None:
    listener = Listener(everything)
    parent = everything.do("message", user="ada", channel="#data-eng", text="<@U_BOT> hi")["ts"]
    everything.do("message", user="bo", channel="@bo", text="dm")
    reply = {"text": "re", "thread_ts": parent}
    everything.do("message", user="bo", channel="#data-eng", **reply)
    everything.post(text="mine")
    everything.do("settle")
    events = [envelope["payload"]["event"] for envelope in listener.all()]
    listener.close()
    kinds = {(event["type"], event["text"], event.get("channel_type")) for event in events}
    assert kinds == {
        ("message", "<@U_BOT> hi", "channel"),
        ("app_mention", "<@U_BOT> hi", None),
        ("message", "dm", "im"),
        ("message", "re", "channel"),
        ("message", "mine", "channel"),
    }
    assert [event["thread_ts"] for event in events if event["text"] == "re"] == [parent]
    assert [event["bot_id"] for event in events if event["text"] == "mine"] == ["B_PEERLOOP"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("message", {"user": "ada", "channel": "#legacy-loader", "text": "x"}),
        ("message", {"user": "dee", "channel": "#data-eng", "text": "x"}),
        ("message", {"user": "ada", "channel": "#data-eng", "text": "x", "thread_ts": "1.1"}),
        ("reaction", {"user": "ada", "channel": "#data-eng", "ts": "1.1", "name": "bulb"}),
        ("shortcut", {"user": "ada", "callback_id": "nothing"}),
        ("delete", {"channel": "#data-eng", "ts": "1.1"}),
    ],
)
def test_what_cannot_be_done_is_refused(hands: Hands, name: str, body: Json) -> None:
    assert hands.try_to(name, **body)["ok"] is False


def test_shortcuts_carry_the_message_or_nothing(everything: Hands) -> None:
    listener = Listener(everything)
    ts = everything.post(text="this one")
    on_this = {"callback_id": "on_this", "channel": "#data-eng", "ts": ts}
    assert everything.do("shortcut", user="ada", **on_this)["ack"] == "acked"
    assert everything.do("shortcut", user="ada", callback_id="anywhere")["ack"] == "acked"
    got = {envelope["payload"]["type"]: envelope["payload"] for envelope in listener.all()[-2:]}
    listener.close()
    assert got["message_action"]["message"]["text"] == "this one"
    assert got["message_action"]["message_ts"] == ts
    assert "response_url" in got["message_action"]
    assert "response_url" not in got["shortcut"]


def test_app_home_shows_what_was_published(everything: Hands) -> None:
    listener = Listener(everything)
    assert everything.do("home", user="ada")["view"] is None
    home = {"type": "home", "blocks": [section("hello")]}
    published = everything.good("views.publish", user_id="U_ADA", view=home)["view"]
    shown = everything.do("home", user="ada")["view"]
    everything.do("settle")
    events = [envelope["payload"]["event"] for envelope in listener.all()]
    listener.close()
    assert shown == published == everything.see("views/ada")["home"]
    assert [event["tab"] for event in events] == ["home", "home"]
    assert ["view" in event for event in events] == [False, True]
