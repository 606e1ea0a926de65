"""The door of the Web API and of response_url: token, scope, limit, method, fault, journal."""

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.api import METHODS, Method
from sandbox.call import Call, parse_json_fields
from sandbox.errors import ControlError, Json, SlackError
from sandbox.journal import without_secrets
from sandbox.misbehave import Answer, answer_with

if TYPE_CHECKING:
    from sandbox.slack import Slack

TOKENS = {"xoxb-sandbox": "bot", "xapp-sandbox": "app"}
POSTS_BURST, POSTS_PER_SECOND = 2, 1.0  # per channel


async def read_args(request: Request) -> Json:
    """Query, form and JSON all count; an empty body is no error whatever its content type."""
    args: Json = dict(request.query_params)
    body = await request.body()
    if not body:
        return args
    if request.headers.get("content-type", "").startswith("application/json"):
        return args | _read_json(body)
    return args | dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def _read_json(body: bytes) -> Json:
    try:
        parsed: Any = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


def token_of(request: Request, args: Json) -> str:
    header = request.headers.get("authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    return str(args.get("token") or "")


class WebApi:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    async def serve(self, request: Request) -> Response:
        begun = time.monotonic()
        method = str(request.path_params["method"])
        args, broken = await _args_or_refusal(request)
        token = token_of(request, args)
        entry = self._slack.journal.write(
            "call",
            method=method,
            token=TOKENS.get(token, "none"),
            args=without_secrets(args),
            size=len(await request.body()),
            **_UNANSWERED,
        )

        def perform(lag: float) -> Answer:
            answer = broken or self._perform(method, args, token, lag)
            return _note_acceptance(entry, answer)

        return await self._answer(method, entry, perform, begun)

    async def serve_response_url(self, request: Request) -> Response:
        """Slack answers these with a bare `ok`, not with JSON."""
        begun = time.monotonic()
        key = str(request.path_params["key"])
        args, broken = await _args_or_refusal(request)
        entry = self._slack.journal.write(
            "response_url",
            method="response_url",
            token="none",
            args=args,
            size=len(await request.body()),
            **_UNANSWERED,
        )

        def perform(lag: float) -> Answer:
            return _note_acceptance(entry, broken or self._respond(key, args))

        response = await self._answer("response_url", entry, perform, begun)
        return PlainTextResponse("ok") if entry["ok"] else response

    async def _answer(self, method: str, entry: Json, perform: Any, begun: float) -> Response:
        fault = self._slack.faults.take(method, entry["args"])
        entry["fault"] = fault.kind if fault else None
        answer = await answer_with(self._slack, fault, perform)
        if not answer.dropped:
            entry["status"] = answer.status
            entry["ok"] = answer.accepted
            entry["error"] = answer.body.get("error")
        entry["ms"] = round(1000 * (time.monotonic() - begun), 1)
        self._slack.journal.keep(entry, answer=answer.seen())
        return answer.response()

    def _respond(self, key: str, body: Json) -> Answer:
        try:
            ts, channel = self._slack.responses.use(key, body)
        except SlackError as refusal:
            return Answer(refusal.answer(), 404 if refusal.code.endswith("_url") else 200)
        return Answer({"ok": True, "ts": ts, "channel": channel})

    def _perform(self, name: str, args: Json, token: str, lag: float) -> Answer:
        method = METHODS.get(name)
        headers = {"x-oauth-scopes": ",".join(sorted(self._slack.scopes))}
        try:
            if method is None:
                raise SlackError("unknown_method", req_method=name)
            _check_token(method, token)
            call = Call(self._slack, name, args, lag)
            call.require(*method.scopes)
            wait = self._wait(name, method, call)
            if wait is not None:
                refusal = {"ok": False, "error": "ratelimited"}
                return Answer(refusal, 429, {"Retry-After": str(wait)})
            return Answer({"ok": True, **method.run(call)}, headers=headers)
        except SlackError as refusal:
            return Answer(refusal.answer(), headers=headers)

    def _wait(self, name: str, method: Method, call: Call) -> int | None:
        if method.per_minute is not None:
            return self._slack.limits.wait(name, method.per_minute, method.per_minute / 60)
        place = self._place(call.text("channel"))
        return self._slack.limits.wait(f"{name} {place}", POSTS_BURST, POSTS_PER_SECOND)

    def _place(self, channel: str) -> str:
        """A person, a name and an id can mean the same conversation."""
        world = self._slack.world
        if channel in world.people:
            known = world.existing_direct([channel, world.bot_user])
            return known.id if known else channel
        try:
            return world.conversation(channel).id
        except ControlError:
            return channel


_UNANSWERED: Json = {
    "status": None,
    "ok": False,
    "error": None,
    "ts": None,
    "channel": None,
    "fault": None,
    "ms": None,
}


async def _args_or_refusal(request: Request) -> tuple[Json, Answer | None]:
    try:
        args = await read_args(request)
    except SlackError as refusal:
        return {}, Answer(refusal.answer())
    try:
        return parse_json_fields(args), None
    except SlackError as refusal:
        return args, Answer(refusal.answer())


def _note_acceptance(entry: Json, answer: Answer) -> Answer:
    """Written even if the bot never hears of it."""
    if answer.accepted:
        entry["ts"] = answer.body.get("ts") or answer.body.get("message_ts")
        channel = answer.body.get("channel")
        entry["channel"] = channel["id"] if isinstance(channel, dict) else channel
    return answer


def _check_token(method: Method, token: str) -> None:
    if not token:
        raise SlackError("not_authed")
    if token not in TOKENS:
        raise SlackError("invalid_auth")
    if TOKENS[token] != method.token:
        raise SlackError("not_allowed_token_type")
