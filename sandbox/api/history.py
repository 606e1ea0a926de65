"""conversations.history, conversations.replies and reactions.get: what was said, read back."""

from sandbox.call import Call
from sandbox.conversations import Conversation
from sandbox.errors import Json, SlackError
from sandbox.messages import Message
from sandbox.paging import make_cursor, read_cursor, read_limit


def history(call: Call) -> Json:
    """Newest first, without thread replies."""
    conversation = _readable(call)
    top = [message for message in conversation.messages if not message.is_reply]
    newest_first = list(reversed(_within(call, top)))
    after = read_cursor(call, "next_ts")
    if after:
        newest_first = [each for each in newest_first if each.ts < after]
    return _page(call, conversation, newest_first)


def replies(call: Call) -> Json:
    """Oldest first, the parent included on every first page."""
    conversation = _readable(call)
    parent = conversation.find(call.needed("ts", "thread_not_found"))
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.is_reply:  # asked with the ts of a reply, Slack shows that reply alone
        return _page(call, conversation, [parent])
    answers = _within(call, conversation.replies_to(parent.ts))
    thread = [parent, *answers] if not _too_young(call, parent) else answers
    after = read_cursor(call, "next_ts")
    if after:
        thread = [each for each in thread if each.ts > after]
    return _page(call, conversation, thread)


def _readable(call: Call) -> Conversation:
    conversation = call.conversation(call.needed("channel", "channel_not_found"))
    call.require_for(conversation.type, "history")
    return call.joined(conversation.id)


def _within(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _instant(call, "oldest"), _instant(call, "latest")
    edges = call.flag("inclusive")
    return [
        message
        for message in messages
        if not _too_young(call, message)
        and (not oldest or float(message.ts) > oldest or (edges and float(message.ts) == oldest))
        and (not latest or float(message.ts) < latest or (edges and float(message.ts) == latest))
    ]


def _instant(call: Call, name: str) -> float:
    try:
        return float(call.text(name) or 0)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _too_young(call: Call, message: Message) -> bool:
    return bool(call.lag) and float(message.ts) > call.slack.clock.epoch() - call.lag


def _page(call: Call, conversation: Conversation, messages: list[Message]) -> Json:
    shown = messages[: read_limit(call, 100)]
    more = len(messages) > len(shown)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [call.slack.show(conversation, each, with_metadata) for each in shown],
        "has_more": more,
        "response_metadata": {"next_cursor": make_cursor("next_ts", shown[-1].ts if more else "")},
    }


def reactions(call: Call) -> Json:
    conversation = call.joined(call.needed("channel", "channel_not_found"))
    message = conversation.find(call.needed("timestamp", "message_not_found"))
    if message is None:
        raise SlackError("message_not_found")
    shown = call.slack.show(conversation, message)
    return {"type": "message", "channel": conversation.id, "message": shown}
