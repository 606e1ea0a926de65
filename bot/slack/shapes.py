"""What Slack's payloads have to look like, told from what listeners read of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]
Kind = Callable[[Any], bool]


class Malformed(Exception):
    """It bears Slack's signature, but nothing that Slack sends looks like this."""


def _matching(pattern: str) -> Kind:
    """As long as the columns that hold such values, and in letters that every database takes."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and bool(compiled.fullmatch(value))


def _being(*types: type) -> Kind:
    return lambda value: isinstance(value, types)


def _or_null(kind: Kind) -> Kind:
    return lambda value: value is None or kind(value)


ID = _matching(r"[\w-]{1,32}")
ID_OR_NULL = _or_null(ID)
TOKEN = _matching(r"[!-~]{1,110}")
TS = _matching(r"\d{1,17}(\.\d{1,17})?")
TEXT = _being(str)
TEXT_OR_NULL = _or_null(TEXT)
OBJECT = _being(dict)
ZONE_OR_NULL = _or_null(_matching(r"[\w+/-]{0,64}"))

Shape = Mapping[str, Kind]
"""Paths and what stands there. `?` may be left out, and null counts as left out on the way to
something deeper; `*` is each of a list, or of an object's values."""

EVERY: Shape = {
    "type?": TEXT,
    "team_id?": ID,
    "event?": OBJECT,
    "view?": OBJECT,
    "authorizations?.*": OBJECT,
    "response_url?": TEXT,
}

COMMAND: Shape = {
    "team_id": ID,
    "user_id": ID,
    "trigger_id": TOKEN,
    "channel_id?": ID,
    "text?": TEXT,
}

PERSON: Shape = {"user.id": ID}

VIEW: Shape = {
    **PERSON,
    "view.id": TOKEN,
    "view.type": TEXT,
    "view.callback_id": TEXT,
    "view.private_metadata?": TEXT_OR_NULL,
}

VALUE = "view.state.values.*.*"

BY_TYPE: Mapping[str, Shape] = {
    "event_callback": {"event_id": TOKEN, "event.type": TEXT},
    "block_actions": {
        **PERSON,
        "trigger_id": TOKEN,
        "actions": lambda value: isinstance(value, list) and bool(value),
        "actions.*.action_id": TEXT,
        "actions.*.value?": TEXT,
        "view?.id": TOKEN,
        "view?.hash?": TEXT_OR_NULL,
    },
    "view_submission": {
        **VIEW,
        "view.hash": TOKEN,
        "view.blocks.*.type": TEXT,
        "view.blocks.*.block_id": TEXT,
        VALUE: OBJECT,
        f"{VALUE}.value?": TEXT_OR_NULL,
        f"{VALUE}.selected_option?.value": TEXT,
        f"{VALUE}.selected_options?.*.value": TEXT,
        f"{VALUE}.selected_users?.*": ID,
        f"{VALUE}.selected_user?": ID_OR_NULL,
        f"{VALUE}.selected_conversation?": ID_OR_NULL,
    },
    "view_closed": VIEW,
    "block_suggestion": {**PERSON, "action_id": TEXT},
    "shortcut": {**PERSON, "callback_id": TEXT, "trigger_id": TOKEN},
    "message_action": {
        **PERSON,
        "callback_id": TEXT,
        "trigger_id": TOKEN,
        "channel.id": ID,
        "message?.text?": TEXT_OR_NULL,
    },
    "url_verification": {"challenge": TEXT},
}

PROFILE: Shape = {
    "event_ts": TS,
    "user.id": ID,
    "user.name?": TEXT_OR_NULL,
    "user.real_name?": TEXT_OR_NULL,
    "user.tz?": ZONE_OR_NULL,
    "user.profile?.display_name?": TEXT_OR_NULL,
    "user.profile?.real_name?": TEXT_OR_NULL,
}

REACTION: Shape = {
    "user": ID,
    "reaction": TEXT,
    "item.type": TEXT,
    "item.channel?": ID,
    "item.ts?": TS,
    "item_user?": ID_OR_NULL,
    "event_ts": TS,
}

MEMBERSHIP: Shape = {"user": ID, "channel": ID}

BY_EVENT: Mapping[str, Shape] = {
    "reaction_added": REACTION,
    "reaction_removed": REACTION,
    "member_joined_channel": MEMBERSHIP,
    "member_left_channel": MEMBERSHIP,
    "app_home_opened": {"user": ID},
    "team_join": PROFILE,
    "user_change": PROFILE,
}


def check(payload: Json) -> None:
    """Raises Malformed, naming the place and never what stands there."""
    _hold(payload, EVERY)
    if "command" in payload:
        _hold(payload, {"command": TEXT, **COMMAND})
        return
    kind = payload.get("type")
    _hold(payload, BY_TYPE.get(str(kind), {}))
    if kind == "event_callback":
        _check_event(payload["event"])
    elif kind == "block_actions" and "view" not in payload:
        _hold(payload, {"response_url": TEXT})
    elif kind is None and "ssl_check" not in payload:
        raise Malformed("type")


def _check_event(event: Json) -> None:
    shape = BY_EVENT.get(event["type"], {})
    _hold(event, shape)
    if shape is REACTION and event["item"]["type"] == "message":
        _hold(event, {"item.channel": ID, "item.ts": TS})


def _hold(payload: Json, shape: Shape) -> None:
    for path, kind in shape.items():
        for found in _at(payload, path.split("."), path):
            if not kind(found):
                raise Malformed(path)


def _at(node: Any, steps: list[str], path: str) -> Iterator[Any]:
    """All that stands at the end of the path."""
    if not steps:
        yield node
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        for child in _children(node, path):
            yield from _at(child, rest, path)
        return
    if not isinstance(node, dict):
        raise Malformed(path)
    name = step.removesuffix("?")
    if name != step and (name not in node or (rest and node[name] is None)):
        return
    if name not in node:
        raise Malformed(path)
    yield from _at(node[name], rest, path)


def _children(node: Any, path: str) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    if isinstance(node, list):
        return node
    raise Malformed(path)
