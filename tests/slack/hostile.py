"""Requests that Slack would not send: to the bytes, with headers and bodies of any kind."""

import copy
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from itertools import count, product
from typing import Any
from urllib.parse import urlencode

from bot.clock import wall_clock
from bot.slack.forms.ids import FormId
from sandbox.http_delivery import sign

Json = dict[str, Any]
Headers = list[tuple[str, str | bytes]]

STAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def now(off: int = 0) -> str:
    return str(int(wall_clock().timestamp()) + off)


def signed(body: bytes, stamp: str = "") -> Headers:
    stamp = stamp or now()
    return [(STAMP, stamp), (SIGNATURE, sign(body, stamp))]


class Wire:
    """One kept connection to a port of this machine, made anew where the other side hangs up."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)

    def post(self, body: bytes | Iterable[bytes], headers: Headers) -> tuple[int, bytes]:
        """Sent as it is: a body in several pieces is chunked."""
        self._connection.putrequest("POST", "/slack/events", skip_accept_encoding=True)
        for name, value in headers:
            self._connection.putheader(name, value)
        is_whole = isinstance(body, bytes)
        length = ("Content-Length", str(len(body))) if isinstance(body, bytes) else None
        self._connection.putheader(*(length or ("Transfer-Encoding", "chunked")))
        with suppress(BrokenPipeError, ConnectionResetError):  # answered before all was said
            self._connection.endheaders(body, encode_chunked=not is_whole)
        return self._answer()

    def slack(self, body: bytes, content_type: str) -> tuple[int, bytes]:
        return self.post(body, [("Content-Type", content_type), *signed(body)])

    def payload(self, payload: Any) -> tuple[int, bytes]:
        """As Slack sends it: events as JSON, commands as a form, the rest in one field of it."""
        is_object = isinstance(payload, dict)
        if is_object and ("event" in payload or "challenge" in payload):
            return self.slack(json.dumps(payload).encode(), JSON)
        fields = payload if is_object and "command" in payload else {"payload": json.dumps(payload)}
        return self.slack(urlencode(fields, errors="surrogatepass").encode(), FORM)

    def close(self) -> None:
        self._connection.close()

    def _answer(self) -> tuple[int, bytes]:
        answer = self._connection.getresponse()
        told = answer.status, answer.read()
        if answer.status >= 400:  # what is left of the body may still be under way
            self._connection.close()
        return told


FILLED: dict[str, dict[str, Json]] = {
    FormId.QUESTION: {"question": {"value": "why is my index slow?"}},
    FormId.CHOICES: {
        "topics": {"value": "sql"},
        "limit": {"value": "3"},
        "asking": {"selected_option": {"value": "paused"}},
        "until": {"selected_date": "2026-04-01"},
        "receipts": {"selected_options": [{"value": "receipts"}]},
    },
    FormId.MENTORING: {
        "role": {"selected_option": {"value": "both"}},
        "capacity": {"selected_option": {"value": "1"}},
        "wants": {"value": "sql"},
        "offers": {"value": "go"},
    },
    FormId.ACTIVITY: {
        "channel": {"selected_conversation": "C_GENERAL"},
        "weekday": {"selected_option": {"value": "0"}},
        "time": {"selected_time": "09:00"},
        "zone": {"value": "UTC"},
    },
    FormId.LEADS: {"leads": {"selected_users": ["U_CY"]}},
}

# Payloads of every kind, as Slack sends them, with all that listeners read.


def event(team: str, about: Json, number: str) -> Json:
    envelope = {"type": "event_callback", "team_id": team, "event_id": f"Ev{number}"}
    return {
        **envelope,
        "authorizations": [{"team_id": team, "enterprise_id": None}],
        "event": {"event_ts": "1772442000.000100", **about},
    }


def gesture(team: str, kind: str, number: str, **about: Any) -> Json:
    return {
        "type": kind,
        "team": {"id": team},
        "enterprise": None,
        "user": {"id": "U_CY", "team_id": team},
        "trigger_id": f"trigger.{number}",
        **about,
    }


def command(team: str, name: str, text: str, number: str) -> Json:
    return {
        "command": name,
        "text": text,
        "team_id": team,
        "user_id": "U_CY",
        "channel_id": "C_GENERAL",
        "trigger_id": f"trigger.{number}",
        "response_url": "https://hooks.invalid/answer",
    }


def button(action_id: str, value: str = "1") -> Json:
    return {"action_id": action_id, "block_id": "b", "type": "button", "value": value}


def form(callback_id: str, **filled: Json) -> Json:
    return {
        "id": "V1",
        "hash": "1.a",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": "",
        "blocks": [{"type": "input", "block_id": "question"}],
        "state": {"values": {name: {name: value} for name, value in filled.items()}},
    }


def every_kind(team: str, number: str) -> dict[str, Json]:
    """One of each, with keys of their own."""
    item = {"type": "message", "channel": "C_GENERAL", "ts": "1772441000.000100"}
    person = {"id": "U_CY", "name": "cy", "tz": "UTC", "profile": {"display_name": "Cy"}}
    reaction = {"user": "U_CY", "reaction": "bulb", "item": item, "item_user": "U_ADA"}
    url = {"response_url": "https://hooks.invalid/answer"}
    return {
        "command": command(team, "/ask-peer", "why is my index slow?", number),
        "command alone": command(team, "/learning", "", number),
        "reaction": event(team, {"type": "reaction_added", **reaction}, number),
        "person": event(team, {"type": "user_change", "user": person}, number),
        "home": event(team, {"type": "app_home_opened", "user": "U_CY", "tab": "home"}, number),
        "joined": event(
            team, {"type": "member_joined_channel", "user": "U_BOT", "channel": "C_X"}, number
        ),
        "button": gesture(team, "block_actions", number, actions=[button("question.send")], **url),
        "button in a form": gesture(
            team,
            "block_actions",
            number,
            actions=[button("activity.end")],
            view=form("form.question"),
        ),
        **{
            each: gesture(team, "view_submission", number, view=form(each, **FILLED.get(each, {})))
            for each in FormId
        },
        "closed form": gesture(team, "view_closed", number, view=form("form.question")),
        "options": gesture(team, "block_suggestion", number, action_id="topics", value="a"),
        "shortcut": gesture(team, "shortcut", number, callback_id="ask_peer"),
        "message shortcut": gesture(
            team,
            "message_action",
            number,
            callback_id="ask_peer_about_this",
            channel={"id": "C_GENERAL"},
            message={"ts": "1772441000.000100", "text": "?"},
            **url,
        ),
        "address": {"type": "url_verification", "challenge": "abc"},
    }


GONE = object()
ODD: dict[str, Any] = {
    "gone": GONE,
    "null": None,
    "list of numbers": [5],
    "text": "\ud800\0<!channel>" + "x" * 300,
}


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key of every object, and every place in a list."""
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children if isinstance(node, dict | list) else ():
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from places(child, (*path, key))


def spoilt(payload: Json, path: tuple[Any, ...], odd: Any) -> Json:
    """A copy with something odd in one place, or nothing."""
    made = copy.deepcopy(payload)
    node: Any = made
    for step in path[:-1]:
        node = node[step]
    if odd is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = odd
    return made


def spoilt_in_every_place(team: str, odds: Iterable[str]) -> Iterator[tuple[Any, Json]]:
    """Every kind with something odd in each of its places, once where kinds are alike; and which.

    Each has keys of its own: what was seen before would not be looked at.
    """
    numbers, done = count(1), set()
    for kind, whole in every_kind(team, "").items():
        alike = (whole.get("type"), whole.get("event", {}).get("type"))
        fresh = [path for path in places(whole) if (alike, path) not in done]
        done |= {(alike, path) for path in fresh}
        for path, odd in product(fresh, odds):
            payload = every_kind(team, str(next(numbers)))[kind]
            yield (kind, path, odd), spoilt(payload, path, ODD[odd])
