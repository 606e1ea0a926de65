"""The door of the Web API: tokens, encodings, scopes, the journal."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk import WebClient

from tests.sandbox.hands import APP, BOT, Hands, section, send

JSON = {**BOT, "Content-Type": "application/json; charset=utf-8"}


@pytest.mark.parametrize(
    ("method", "headers", "error"),
    [
        ("auth.test", {}, "not_authed"),
        ("auth.test", {"Authorization": "Bearer xoxb-other"}, "invalid_auth"),
        ("auth.test", APP, "not_allowed_token_type"),
        ("apps.connections.open", BOT, "not_allowed_token_type"),
        ("chat.meMessage", BOT, "unknown_method"),
    ],
)
def test_a_call_without_the_right_token_is_refused(
    hands: Hands, method: str, headers: dict[str, str], error: str
) -> None:
    answer = send(f"{hands.url}/api/{method}", b"", headers)
    assert (answer.status, answer.json["error"]) == (200, error)


def test_a_token_may_also_come_as_an_argument(hands: Hands) -> None:
    body = urlencode({"token": "xoxb-sandbox"}).encode()
    assert send(f"{hands.url}/api/auth.test", body).json["user_id"] == "U_BOT"
    assert send(f"{hands.url}/api/auth.test?token=xoxb-sandbox").json["ok"]
    assert "xoxb" not in json.dumps(hands.see("journal"))


def test_arguments_come_as_form_as_json_or_in_the_address(hands: Hands) -> None:
    user = f"{hands.url}/api/users.info"
    assert send(user, b"user=U_ADA", BOT).json["user"]["name"] == "ada"
    assert send(user, b'{"user": "U_ADA"}', JSON).json["user"]["name"] == "ada"
    assert send(f"{user}?user=U_ADA", None, BOT).json["user"]["name"] == "ada"


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"{", "invalid_json"), (b"[]", "json_not_object"), (b"", None)],
)
def test_a_json_body_may_be_empty_but_not_broken(hands: Hands, body: bytes, error: Any) -> None:
    assert send(f"{hands.url}/api/auth.test", body, JSON).json.get("error") == error


def test_json_in_a_form_field_must_be_json(hands: Hands) -> None:
    broken = hands.call("chat.postMessage", channel="C_DATA", text="x", blocks="[{")
    assert broken["error"] == "invalid_blocks_format"
    broken = hands.call("chat.postMessage", channel="C_DATA", text="x", metadata="{")
    assert broken["error"] == "invalid_metadata_format"


def test_blocks_arrive_from_a_form_and_from_json(hands: Hands) -> None:
    hands.post(blocks=[section("from a form")])
    body = {"channel": "C_DATA", "text": "x", "blocks": [section("from JSON")]}
    send(f"{hands.url}/api/chat.postMessage", json.dumps(body).encode(), JSON)
    shown = [message["blocks"][0]["text"]["text"] for message in hands.messages("#data-eng")[-2:]]
    assert shown == ["from a form", "from JSON"]


def test_every_answer_names_the_scopes(web: WebClient) -> None:
    scopes = web.auth_test().headers["x-oauth-scopes"].split(",")
    assert {"chat:write", "channels:history"} <= set(scopes)


@pytest.mark.parametrize(
    ("scope", "method", "args"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C_DATA", "text": "x"}),
        ("users:read", "users.info", {"user": "U_ADA"}),
        ("im:write", "conversations.open", {"users": "U_ADA"}),
        ("mpim:write", "conversations.open", {"users": "U_ADA,U_BO"}),
        ("channels:history", "conversations.history", {"channel": "C_DATA"}),
        ("groups:history", "conversations.history", {"channel": "C_REVIEWS"}),
        ("channels:read", "conversations.members", {"channel": "C_DATA"}),
        ("groups:read", "conversations.info", {"channel": "C_REVIEWS"}),
        ("reactions:read", "reactions.get", {"channel": "C_DATA", "timestamp": "1.1"}),
    ],
)
def test_a_scope_taken_away_is_missing(
    hands: Hands, scope: str, method: str, args: dict[str, str]
) -> None:
    assert hands.call(method, **args).get("error") != "missing_scope"
    hands.do("scopes", revoke=[scope])
    refused = hands.call(method, **args)
    assert refused["error"] == "missing_scope"
    assert scope in refused["needed"].split(",")
    assert scope not in refused["provided"].split(",")
    hands.do("scopes", grant=[scope])
    assert hands.call(method, **args).get("error") != "missing_scope"


def test_the_journal_holds_every_call_in_order(hands: Hands) -> None:
    ts = hands.post(text="kept", metadata={"event_type": "e", "event_payload": {"k": 1}})
    hands.call("chat.postMessage", channel="C_NOWHERE", text="lost")
    posted, refused = hands.journal("call", "chat.postMessage")
    assert (posted["ok"], posted["ts"], posted["channel"]) == (True, ts, "C_DATA")
    assert posted["args"]["metadata"]["event_payload"] == {"k": 1}
    assert (posted["token"], posted["status"], posted["fault"]) == ("bot", 200, None)
    assert (refused["ok"], refused["error"]) == (False, "channel_not_found")
    following = hands.see("journal")["next"]
    assert hands.see(f"journal?since={following}")["entries"] == []


def test_a_lone_surrogate_does_no_harm(hands: Hands) -> None:
    body = b'{"channel": "C_DATA", "text": "broken \\ud83d pair"}'
    assert send(f"{hands.url}/api/chat.postMessage", body, JSON).json["ok"]
    assert hands.texts("#data-eng")[-1] == "broken \ud83d pair"
