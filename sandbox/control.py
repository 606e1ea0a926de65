"""The control API: one address per thing a person, the world or the wire can do."""

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox.arranging import Arranging
from sandbox.clock import parse_instant
from sandbox.errors import ControlError, Json
from sandbox.events import send
from sandbox.fields import check_fields, read_body
from sandbox.guard import LOOPBACK
from sandbox.pace import Pace
from sandbox.pressing import Pressing
from sandbox.reading import Reading
from sandbox.seeing import Seeing
from sandbox.submitting import Submitting
from sandbox.suggesting import Suggesting
from sandbox.visiting import Visiting

if TYPE_CHECKING:
    from sandbox.slack import Slack


@dataclass(frozen=True)
class Command:
    run: Callable[[Json], Json | Awaitable[Json]]
    needed: frozenset[str]
    allowed: frozenset[str]


def _takes(run: Callable[[Json], Json | Awaitable[Json]], needed: str, more: str = "") -> Command:
    names = frozenset(needed.split())
    return Command(run, names, names | frozenset(more.split()))


class Control:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._pace = Pace(slack)
        self._seeing, self._reading = Seeing(slack), Reading(slack)
        self._commands = self._people() | self._surroundings() | self._wire()

    def _people(self) -> dict[str, Command]:
        person, forms = Pressing(self._slack), Submitting(self._slack)
        menu = "channel ts view_id block_id value"
        chosen = f"{menu} selected forged"
        return {
            "command": _takes(person.command, "user channel command", "text"),
            "message": _takes(person.say, "user channel text", "thread_ts"),
            "reaction": _takes(person.react, "user channel ts name", "present"),
            "action": _takes(person.action, "user action_id", chosen),
            "submit": _takes(forms.submit, "user view_id", "values"),
            "close": _takes(forms.close, "user view_id", "all"),
            "shortcut": _takes(person.shortcut, "user callback_id", "channel ts"),
            "suggest": _takes(Suggesting(self._slack).suggest, "user action_id", menu),
            "home": _takes(Visiting(self._slack).home, "user", "tab"),
            "read": _takes(self._reading.read, "user channel", "ts"),
        }

    def _surroundings(self) -> dict[str, Command]:
        arranging = Arranging(self._slack)
        about = "name real_name title tz topics deleted is_restricted is_ultra_restricted"
        flags = "is_admin is_owner is_bot is_stranger team"
        channel = "name is_private is_archived is_ext_shared members add remove"
        return {
            "person": _takes(arranging.person, "id", f"{about} {flags}"),
            "channel": _takes(arranging.channel, "id", channel),
            "delete": _takes(arranging.delete, "channel ts"),
            "clock": _takes(self._clock, "", "advance to jump to_next held"),
            "settle": _takes(self._settle, "", "within"),
            "reset": _takes(self._reset, "", "team now held data"),
        }

    def _wire(self) -> dict[str, Command]:
        fault = "method kind times after where retry_after error accepted delay lag clear"
        return {
            "bots": _takes(self._bots, "urls"),
            "http": _takes(self._http, "url", "verify"),
            "fault": _takes(self._fault, "", fault),
            "scopes": _takes(self._scopes, "", "grant revoke"),
            "limits": _takes(self._limits, "enforce"),
            "socket": _takes(self._socket, "", "cut refuse_for abruptly warn"),
            "redeliver": _takes(self._redeliver, "", "event_id times together"),
            "events": _takes(self._events, "type event", "event_id"),
        }

    # --- the door -----------------------------------------------------------------------------

    async def serve(self, request: Request) -> Response:
        try:
            if request.method == "GET":
                answer = self._look(request)
            else:
                answer = await self._do(request)
        except ControlError as refusal:
            return _json({"ok": False, "error": str(refusal)}, 400)
        return _json({"ok": True, **answer})

    async def _do(self, request: Request) -> Json:
        name = request.path_params["path"]
        command = self._commands.get(name)
        if command is None:
            raise ControlError(f"There is no /control/{name}; see docs/sandbox.md.")
        body = await read_body(request)
        check_fields(name, command.needed, command.allowed, body)
        result = command.run(body)
        return await result if inspect.isawaitable(result) else result

    def _look(self, request: Request) -> Json:
        name, _, rest = request.path_params["path"].partition("/")
        query = request.query_params
        if name in ("state", "guide"):
            return self._seeing.state() if name == "state" else {"guide": self._slack.guide}
        if name == "desk" and rest:
            return self._reading.desk(rest)
        if name == "news":
            return self._reading.news(query.get("since", ""))
        if name == "messages" and rest:
            return self._seeing.messages(rest, query.get("as"))
        if name == "views" and rest:
            return self._seeing.views(rest)
        if name == "journal" and rest:
            return self._slack.journal.one(_number(rest))
        if name == "journal":
            since = _number(query.get("since", "0"))
            return self._slack.journal.since(since, query.get("kind"), query.get("method"))
        raise ControlError(f"There is nothing to see at /control/{name}; see docs/sandbox.md.")

    # --- clock --------------------------------------------------------------------------------

    async def _clock(self, body: Json) -> Json:
        match body:
            case {"advance": seconds, **more} if not more:
                return await self._pace.advance(float(seconds))
            case {"to": instant, **more} if not more:
                return await self._pace.move(parse_instant(instant))
            case {"to_next": True, **more} if not more:
                return await self._pace.to_next()
            case {"jump": instant, **more} if not more:
                return await self._pace.jump(parse_instant(instant))
            case {"held": bool(held), **more} if not more:
                return await self._pace.hold(held)
        raise ControlError("Give exactly one of advance, to, to_next (true), jump and held.")

    async def _settle(self, body: Json) -> Json:
        return await self._pace.settle(float(body.get("within", 5)))

    async def _reset(self, body: Json) -> Json:
        now = parse_instant(body["now"]) if body.get("now") else None
        await self._slack.delivery.abandon()
        self._slack.reset(body.get("data"), body.get("team"), now, body.get("held"))
        return {}

    # --- wire ---------------------------------------------------------------------------------

    def _bots(self, body: Json) -> Json:
        self._slack.bots = [_loopback(url) for url in body["urls"]]
        return {"urls": self._slack.bots}

    async def _http(self, body: Json) -> Json:
        url = _loopback(body["url"]) if body["url"] else None
        if url and body.get("verify") and not await self._slack.delivery.verify(url):
            raise ControlError(f"{url} did not answer the challenge, so it is not used.")
        self._slack.delivery.url = url
        return {"url": url}

    def _fault(self, body: Json) -> Json:
        faults = self._slack.faults
        if body.get("clear"):
            faults.pending.clear()
        else:
            missing = {"method", "kind"} - set(body)
            if missing:
                raise ControlError(f"A fault needs {', '.join(sorted(missing))}.")
            faults.add(body)
        return {"faults": [fault.describe() for fault in faults.pending]}

    def _scopes(self, body: Json) -> Json:
        self._slack.scopes |= set(body.get("grant") or [])
        self._slack.scopes -= set(body.get("revoke") or [])
        return {"scopes": sorted(self._slack.scopes)}

    def _limits(self, body: Json) -> Json:
        self._slack.limits.enforced = bool(body["enforce"])
        return {"enforce": self._slack.limits.enforced}

    async def _socket(self, body: Json) -> Json:
        sockets = self._slack.sockets
        if body.get("warn"):
            return {"warned": await sockets.warn()}
        cut = body.get("cut", "all")
        count = len(sockets.connections) if cut == "all" else int(cut)
        refuse_for = float(body.get("refuse_for", 0))
        return {"cut": await sockets.cut(count, refuse_for, bool(body.get("abruptly")))}

    def _redeliver(self, body: Json) -> Json:
        times, together = int(body.get("times", 1)), bool(body.get("together"))
        return self._slack.delivery.redeliver(body.get("event_id"), times, together)

    def _events(self, body: Json) -> Json:
        event = {**body["event"], "type": body["type"]}
        return {"event_id": send(self._slack, event, event_id=body.get("event_id"))}


def _json(body: Json, status: int = 200) -> Response:
    """In ASCII, because people paste lone surrogates that no encoding can carry."""
    return Response(json.dumps(body) + "\n", status, media_type="application/json")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ControlError(f"{text!r} is not a number.") from None


def _loopback(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise ControlError(f"{url!r} is not an http address on this machine.")
    return url.rstrip("/")
