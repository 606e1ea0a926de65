"""conversations.open, .list, .info and .members."""

from collections.abc import Callable

from sandbox.call import Call
from sandbox.conversations import SCOPE_NOUN, Conversation, describe_conversation
from sandbox.errors import Json, SlackError
from sandbox.paging import page

MOST_PEOPLE = 8


def open_direct(call: Call) -> Json:
    conversation, known = _wanted(call)
    shown = describe_conversation(conversation, call.world.bot_user)
    full = call.flag("return_im")
    answer: Json = {"channel": shown if full else {"id": conversation.id}}
    return answer | ({"no_op": True, "already_open": True} if known else {})


def _wanted(call: Call) -> tuple[Conversation, bool]:
    if call.text("channel"):
        return _resumed(call), True
    others = _others(call)
    members = [*others, call.world.bot_user]
    known = call.world.existing_direct(members) is not None
    return call.world.direct(others), known


def _resumed(call: Call) -> Conversation:
    conversation = call.joined(call.text("channel"))
    if conversation.kind == "channel":
        raise SlackError("method_not_supported_for_channel_type")
    return conversation


def _others(call: Call) -> list[str]:
    if "users" not in call.args:
        raise SlackError("users_list_not_supplied")
    others = list(dict.fromkeys(call.words("users")))
    if call.world.bot_user in others and len(others) > 1:
        others.remove(call.world.bot_user)
    if not others:
        raise SlackError("not_enough_users")
    if len(others) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    call.require("im:write" if len(others) == 1 else "mpim:write")
    for user in others:
        _check_reachable(call, user)
    return others


def _check_reachable(call: Call, user: str) -> None:
    person = call.person(user)
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    if person.is_stranger:
        raise SlackError("user_not_visible")


def everything(call: Call) -> Json:
    return listed(call, lambda conversation: True)


def listed(call: Call, wanted: Callable[[Conversation], bool]) -> Json:
    types = call.words("types") or ["public_channel"]
    for kind in types:
        if kind not in SCOPE_NOUN:
            raise SlackError("invalid_types")
        call.require_for(kind, "read")
    bot, without_archived = call.world.bot_user, call.flag("exclude_archived")
    found = [
        conversation
        for conversation in call.world.conversations.values()
        if conversation.type in types
        and wanted(conversation)
        and call.world.visible(conversation, bot)
        and not (without_archived and conversation.is_archived)
    ]
    shown, following = page(call, found)
    channels = [describe_conversation(conversation, bot) for conversation in shown]
    return {"channels": channels, "response_metadata": following}


def info(call: Call) -> Json:
    conversation = call.conversation(call.needed("channel", "channel_not_found"))
    call.require_for(conversation.type, "read")
    shown = describe_conversation(conversation, call.world.bot_user)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(call: Call) -> Json:
    conversation = call.conversation(call.needed("channel", "channel_not_found"))
    call.require_for(conversation.type, "read")
    shown, following = page(call, conversation.members)
    return {"members": shown, "response_metadata": following}
