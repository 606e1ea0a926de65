"""chat.postMessage, .update, .delete, .postEphemeral and .getPermalink."""

import json
from typing import Any

from sandbox.blocks import check_message_blocks, with_block_ids
from sandbox.call import Call
from sandbox.conversations import Conversation
from sandbox.errors import Json, SlackError
from sandbox.events import tell_of_message
from sandbox.messages import Message

LONGEST_TEXT = 40_000
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 16_000


def post_message(call: Call) -> Json:
    conversation = destination(call)
    content = _content(call)
    thread_ts = _thread(call, conversation)
    world = call.world
    message = Message(
        ts=world.next_ts(),
        user=world.bot_user,
        bot_id=world.bot_id,
        thread_ts=thread_ts,
        metadata=_metadata(call),
        **content,
    )
    world.say(conversation, message)
    tell_of_message(call.slack, conversation, message)
    shown = call.slack.show(conversation, message, with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def destination(call: Call) -> Conversation:
    """A user id stands for the bot's direct message with that person."""
    given = call.needed("channel", "channel_not_found")
    if given in call.world.people:
        return _direct_message(call, given)
    return writable(call, given)


def writable(call: Call, given: str) -> Conversation:
    conversation = call.joined(given)
    if conversation.is_archived:
        raise SlackError("is_archived")
    if conversation.kind == "im":
        _check_not_disabled(call, conversation)
    return conversation


def _direct_message(call: Call, user: str) -> Conversation:
    person = call.person(user)
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot or person.is_stranger:
        raise SlackError("channel_not_found")
    return call.world.direct([user])


def _check_not_disabled(call: Call, conversation: Conversation) -> None:
    others = [user for user in conversation.members if user != call.world.bot_user]
    if all(call.world.people[user].deleted for user in others):
        raise SlackError("user_disabled")


def _content(call: Call) -> Json:
    text = call.text("text")
    blocks = call.args.get("blocks") or []
    attachments = call.args.get("attachments") or []
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    check_message_blocks(blocks)
    return {"text": text, "blocks": with_block_ids(blocks), "attachments": attachments}


def _thread(call: Call, conversation: Conversation) -> str | None:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return None
    parent = conversation.find(thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def _metadata(call: Call) -> Json | None:
    given: Any = call.args.get("metadata")
    if not given:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(given.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def update(call: Call) -> Json:
    """Here a user id does not stand for a direct message."""
    conversation = writable(call, call.needed("channel", "channel_not_found"))
    message = _own_message(call, conversation, "cant_update_message")
    content = _changed(call, message)
    metadata = _metadata(call) if "metadata" in call.args else message.metadata
    message.text, message.blocks = content["text"], content["blocks"]
    message.attachments, message.metadata = content["attachments"], metadata
    message.edited = call.world.next_ts()
    shown = call.slack.show(conversation, message, with_metadata=True)
    return {
        "channel": conversation.id,
        "ts": message.ts,
        "text": message.text,
        "message": shown,
    }


def _changed(call: Call, message: Message) -> Json:
    """What is left out stays, except that new text takes blocks and attachments away."""
    content = _content(call)
    if "text" in call.args:
        return content
    content["text"] = message.text
    for name in ("blocks", "attachments"):
        if name not in call.args:
            content[name] = getattr(message, name)
    return content


def delete(call: Call) -> Json:
    conversation = writable(call, call.needed("channel", "channel_not_found"))
    message = _own_message(call, conversation, "cant_delete_message")
    conversation.remove(message)
    return {"channel": conversation.id, "ts": message.ts}


def _own_message(call: Call, conversation: Conversation, refusal: str) -> Message:
    """Ephemeral messages are not found: they are in nobody's history."""
    message = conversation.find(call.needed("ts", "message_not_found"))
    if message is None or message.subtype == "tombstone":
        raise SlackError("message_not_found")
    if message.bot_id != call.world.bot_id:
        raise SlackError(refusal)
    return message


def post_ephemeral(call: Call) -> Json:
    conversation = destination(call)
    user = call.needed("user", "user_not_found")
    call.person(user)
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    content = _content(call)
    thread_ts = _thread(call, conversation)
    message = call.slack.whisper(conversation, user, thread_ts=thread_ts, **content)
    return {"message_ts": message.ts}


def permalink(call: Call) -> Json:
    conversation = call.conversation(call.needed("channel", "channel_not_found"))
    message = conversation.find(call.needed("message_ts", "message_not_found"))
    if message is None:
        raise SlackError("message_not_found")
    path = f"archives/{conversation.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={conversation.id}" if message.is_reply else ""
    link = f"https://{call.world.domain}.slack.com/{path}{thread}"
    return {"channel": conversation.id, "permalink": link}
