"""Slack's error codes, method by method."""

from typing import Any

import pytest

from tests.sandbox.hands import Hands, modal

POST, OPEN = "chat.postMessage", "conversations.open"

REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    (POST, {"text": "x"}, "channel_not_found"),
    (POST, {"channel": "C_NOWHERE", "text": "x"}, "channel_not_found"),
    (POST, {"channel": "C_LEADS", "text": "x"}, "channel_not_found"),
    (POST, {"channel": "C_SUPPORT", "text": "x"}, "not_in_channel"),
    (POST, {"channel": "C_LEGACY", "text": "x"}, "is_archived"),
    (POST, {"channel": "U_VIC", "text": "x"}, "user_disabled"),
    (POST, {"channel": "U_DEPLOY", "text": "x"}, "channel_not_found"),
    (POST, {"channel": "C_DATA"}, "no_text"),
    (POST, {"channel": "C_DATA", "text": "x" * 40_001}, "msg_too_long"),
    (POST, {"channel": "C_DATA", "text": "x", "thread_ts": "1.1"}, "thread_not_found"),
    (POST, {"channel": "C_DATA", "blocks": [{"type": "pie"}]}, "invalid_blocks"),
    (POST, {"channel": "C_DATA", "attachments": [{}] * 101}, "too_many_attachments"),
    (POST, {"channel": "C_DATA", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
    (
        POST,
        {
            "channel": "C_DATA",
            "text": "x",
            "metadata": {"event_type": "e", "event_payload": {"k": "v" * 17_000}},
        },
        "metadata_too_large",
    ),
    ("chat.update", {"channel": "C_DATA", "ts": "1.1", "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": "U_ADA", "ts": "1.1", "text": "x"}, "channel_not_found"),
    ("chat.delete", {"channel": "C_DATA", "ts": "1.1"}, "message_not_found"),
    ("chat.postEphemeral", {"channel": "C_DATA", "text": "x"}, "user_not_found"),
    (
        "chat.postEphemeral",
        {"channel": "C_DATA", "user": "U_DEE", "text": "x"},
        "user_not_in_channel",
    ),
    ("chat.getPermalink", {"channel": "C_DATA", "message_ts": "1.1"}, "message_not_found"),
    (OPEN, {}, "users_list_not_supplied"),
    (OPEN, {"users": ""}, "not_enough_users"),
    (OPEN, {"users": ",".join(f"U_{n}" for n in range(9))}, "too_many_users"),
    (OPEN, {"users": "U_NOBODY"}, "user_not_found"),
    (OPEN, {"users": "U_ADA,U_VIC"}, "user_disabled"),
    (OPEN, {"users": "U_DEPLOY"}, "cannot_dm_bot"),
    (OPEN, {"users": "U_BOT"}, "cannot_dm_bot"),
    (OPEN, {"channel": "C_DATA"}, "method_not_supported_for_channel_type"),
    ("conversations.info", {"channel": "C_LEADS"}, "channel_not_found"),
    ("conversations.list", {"types": "secret_channel"}, "invalid_types"),
    ("conversations.members", {"channel": "C_DATA", "cursor": "nonsense"}, "invalid_cursor"),
    ("conversations.members", {"channel": "C_DATA", "cursor": "bm9wZTox"}, "invalid_cursor"),
    ("conversations.members", {"channel": "C_DATA", "limit": "5000"}, "invalid_limit"),
    ("conversations.members", {"channel": "C_DATA", "limit": "many"}, "invalid_arguments"),
    ("conversations.history", {"channel": "C_SUPPORT"}, "not_in_channel"),
    ("conversations.history", {"channel": "C_DATA", "oldest": "noon"}, "invalid_ts_oldest"),
    ("conversations.replies", {"channel": "C_DATA", "ts": "1.1"}, "thread_not_found"),
    ("reactions.get", {"channel": "C_DATA", "timestamp": "1.1"}, "message_not_found"),
    ("users.info", {"user": "U_NOBODY"}, "user_not_found"),
    ("users.conversations", {"user": "U_NOBODY"}, "user_not_found"),
    ("views.open", {"view": {"type": "modal"}, "trigger_id": "1.2.3"}, "invalid_arguments"),
    ("views.update", {"view_id": "V0", "view": modal()}, "not_found"),
    ("views.update", {"view_id": "V0", "view": {}}, "invalid_arguments"),
    ("views.update", {"view": modal()}, "invalid_arguments"),
    ("views.publish", {"user_id": "U_ADA", "view": {}}, "not_enabled"),
    ("team.info", {}, "missing_scope"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
def test_slack_refuses(hands: Hands, method: str, args: dict[str, Any], error: str) -> None:
    assert hands.call(method, **args).get("error") == error


def test_a_reply_cannot_be_replied_to(hands: Hands) -> None:
    parent = hands.post()
    reply = hands.post(thread_ts=parent)
    hands.do("clock", advance=5)
    refused = hands.call(POST, channel="C_DATA", text="x", thread_ts=reply)
    assert refused["error"] == "cannot_reply_to_message"


def test_only_its_own_messages_can_be_changed(hands: Hands) -> None:
    ts = hands.do("message", user="ada", channel="#data-eng", text="mine")["ts"]
    changed = hands.call("chat.update", channel="C_DATA", ts=ts, text="yours")
    deleted = hands.call("chat.delete", channel="C_DATA", ts=ts)
    assert (changed["error"], deleted["error"]) == ("cant_update_message", "cant_delete_message")


def test_a_person_deactivated_later_cannot_be_written_to(hands: Hands) -> None:
    direct = hands.good(OPEN, users="U_ADA")["channel"]["id"]
    hands.do("person", id="U_ADA", deleted=True)
    assert hands.call(POST, channel=direct, text="x")["error"] == "user_disabled"
    assert hands.call(OPEN, users="U_ADA")["error"] == "user_disabled"


def test_people_of_other_organisations_are_not_to_be_seen(hands: Hands) -> None:
    hands.do("person", id="U_ZOE", is_stranger=True, team="T_OTHER")
    assert hands.call(OPEN, users="U_ZOE")["error"] == "user_not_visible"
    assert hands.good("users.info", user="U_ZOE")["user"]["team_id"] == "T_OTHER"
