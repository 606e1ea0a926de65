"""Carries a fault out: what is done, and what the bot gets to see of it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.responses import Response

from sandbox.drop import Dropped
from sandbox.errors import Json
from sandbox.faults import Fault

if TYPE_CHECKING:
    from sandbox.slack import Slack

GARBAGE = b"<!DOCTYPE html><html><head><title>Something went wr"


@dataclass
class Answer:
    body: Json = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    dropped: bool = False

    @property
    def accepted(self) -> bool:
        return not self.dropped and self.raw is None and bool(self.body.get("ok"))

    def seen(self) -> Json | None:
        """What the bot got to see, for the journal."""
        return None if self.dropped or self.raw is not None else self.body

    def response(self) -> Response:
        if self.dropped:
            return Dropped()
        body = self.raw if self.raw is not None else json.dumps(self.body).encode()
        kind = "text/html" if self.raw is not None else "application/json; charset=utf-8"
        return Response(body, self.status, {**self.headers, "Content-Type": kind})


Perform = Callable[[float], Answer]  # does what was asked; history then lags so many seconds


async def answer_with(slack: "Slack", fault: Fault | None, perform: Perform) -> Answer:
    if fault is None:
        return perform(0.0)
    if fault.kind == "history_lag":
        return perform(float(fault.options["lag"]))
    if fault.kind == "slow":
        answer = perform(0.0)
        await asyncio.sleep(float(fault.options["delay"]))
        return answer
    if fault.kind == "late":
        slack.agenda.after(float(fault.options["delay"]), lambda: _later(perform))
    elif fault.accepts:
        perform(0.0)
    return _spoiled(fault)


def _later(perform: Perform) -> None:
    perform(0.0)


def _spoiled(fault: Fault) -> Answer:
    if fault.kind == "429":
        retry_after = fault.options["retry_after"]
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
    if fault.kind in ("500", "500_accepted"):
        return Answer({"ok": False, "error": "internal_error"}, 500)
    if fault.kind == "ok_false":
        return Answer({"ok": False, "error": str(fault.options["error"])})
    if fault.kind == "garbage":
        return Answer(raw=GARBAGE)
    return Answer(dropped=True)
