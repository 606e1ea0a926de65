"""Messages: posting, editing, deleting, threads, metadata, ephemeral ones."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.hands import Hands, section

METADATA = {"event_type": "delivery", "event_payload": {"key": "abc"}}


def test_a_message_is_posted_once_with_a_ts_of_its_own(hands: Hands) -> None:
    stamps = [hands.post("C_DATA", "one"), hands.post("C_FRONTEND", "two")]
    assert stamps == ["1772442000.000100", "1772442000.000101"]
    assert hands.texts("#data-eng")[-1] == "one"


def test_a_user_id_stands_for_the_direct_message(hands: Hands) -> None:
    posted = hands.good("chat.postMessage", channel="U_ADA", text="psst")
    assert posted["channel"] == "D_ADA"
    assert hands.texts("@ada") == ["psst"]
    assert hands.good("conversations.open", users="U_ADA")["already_open"]


def test_metadata_is_kept_and_shown_only_when_asked_for(web: WebClient) -> None:
    web.chat_postMessage(channel="C_DATA", text="x", metadata=METADATA)
    plain = web.conversations_history(channel="C_DATA", limit=1)["messages"][0]
    full = web.conversations_history(channel="C_DATA", limit=1, include_all_metadata=True)
    assert "metadata" not in plain
    assert full["messages"][0]["metadata"] == METADATA


def test_an_edit_changes_text_blocks_and_metadata(hands: Hands) -> None:
    ts = hands.post(blocks=[section("old")], metadata=METADATA)
    edited = hands.good("chat.update", channel="C_DATA", ts=ts, text="new")
    shown = hands.messages("#data-eng")[-1]
    assert (edited["text"], shown["text"], shown["edited"]) == ("new", "new", True)
    assert shown["blocks"] == []  # new text without blocks takes them away
    assert shown["metadata"] == METADATA
    hands.good("chat.update", channel="C_DATA", ts=ts, blocks=[section("newer")])
    assert hands.messages("#data-eng")[-1]["text"] == "new"
    other = {**METADATA, "event_payload": {}}
    hands.good("chat.update", channel="C_DATA", ts=ts, text="newest", metadata=other)
    assert hands.messages("#data-eng")[-1]["metadata"] == other


def test_a_deleted_message_is_gone_and_a_parent_leaves_a_tombstone(hands: Hands) -> None:
    lone, parent = hands.post(text="lone"), hands.post(text="parent")
    hands.do("message", user="ada", channel="#data-eng", text="reply", thread_ts=parent)
    hands.good("chat.delete", channel="C_DATA", ts=lone)
    hands.good("chat.delete", channel="C_DATA", ts=parent)
    assert hands.texts("#data-eng")[-2:] == ["This message was deleted.", "reply"]
    assert hands.call("chat.update", channel="C_DATA", ts=parent, text="x")["ok"] is False


def test_a_thread_counts_its_replies(web: WebClient, hands: Hands) -> None:
    parent = hands.post(text="parent")
    for user in ("ada", "bo", "ada"):
        hands.do("message", user=user, channel="#data-eng", text="reply", thread_ts=parent)
    shown = web.conversations_history(channel="C_DATA", limit=1)["messages"][0]
    assert (shown["reply_count"], shown["reply_users"]) == (3, ["U_ADA", "U_BO"])
    assert shown["thread_ts"] == parent


def test_an_ephemeral_message_is_seen_by_one_person_only(hands: Hands, web: WebClient) -> None:
    answer = web.chat_postEphemeral(channel="C_DATA", user="U_ADA", text="only you")
    assert hands.texts("#data-eng", "ada")[-1] == "only you"
    assert "only you" not in hands.texts("#data-eng", "bo")
    assert hands.messages("#data-eng")[-1]["for"] == "U_ADA"
    history = web.conversations_history(channel="C_DATA")["messages"]
    assert "only you" not in [message["text"] for message in history]
    with pytest.raises(SlackApiError, match="message_not_found"):
        web.chat_update(channel="C_DATA", ts=answer["message_ts"], text="x")


def test_a_permalink_leads_into_the_thread(hands: Hands) -> None:
    parent = hands.post()
    reply = hands.post(thread_ts=parent)
    link = hands.good("chat.getPermalink", channel="C_DATA", message_ts=reply)["permalink"]
    assert link.endswith(f"p{reply.replace('.', '')}?thread_ts={parent}&cid=C_DATA")


def test_reactions_are_read_back(hands: Hands) -> None:
    ts = hands.post()
    for user in ("ada", "bo"):
        hands.do("reaction", user=user, channel="#data-eng", ts=ts, name=":bulb:", present=True)
    shown = hands.good("reactions.get", channel="C_DATA", timestamp=ts)["message"]
    assert shown["reactions"] == [{"name": "bulb", "users": ["U_ADA", "U_BO"], "count": 2}]
    hands.do("reaction", user="bo", channel="#data-eng", ts=ts, name="bulb", present=False)
    assert hands.messages("#data-eng")[-1]["reactions"] == {"bulb": ["U_ADA"]}
    hands.do("reaction", user="ada", channel="#data-eng", ts=ts, name="bulb", present=False)
    assert hands.messages("#data-eng")[-1]["reactions"] == {}
