"""Moves the clock together with the bot: every instant is told, and what fell due is waited for."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.clock import format_instant, parse_instant
from sandbox.errors import ControlError, Json

if TYPE_CHECKING:
    from sandbox.slack import Slack

BOT_PATIENCE = 30.0  # a bot that drains a long queue before it answers
SETTLE_PATIENCE = 15.0
MOST_STOPS = 5000
LAST_DAY = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Coming:
    """One instant that a bot names: a kind of thing, and perhaps words for people."""

    at: datetime
    what: str
    words: str = ""

    def describe(self) -> Json:
        named = {"at": format_instant(self.at), "what": self.what}
        return named | ({"words": self.words} if self.words else {})


@dataclass
class Told:
    """What the bot's processes answered to the instant `at`."""

    at: datetime
    idle: bool = True
    upcoming: list[Coming] = field(default_factory=list)
    troubles: list[Json] = field(default_factory=list)

    def earliest(self, until: datetime, what: str | None) -> datetime | None:
        """An instant already reached is done: a bot may name it again without being asked again.

        Reached when the bot was told; on a running clock it may have passed only since then.
        """
        instants = [
            each.at
            for each in self.upcoming
            if self.at < each.at <= until and what in (None, each.what)
        ]
        return min(instants, default=None)


def _ask(url: str, now: str, held: bool) -> Json | None:
    """Blocking; None from a bot that is not there or has no such address."""
    body = json.dumps({"now": now, "held": held}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/clock", data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=BOT_PATIENCE) as response:
            answer = json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return None if error.code in (404, 405) else {"error": f"answered {error.code}"}
    except (OSError, ValueError) as error:
        refused = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
        return None if refused else {"error": f"gave no answer ({error})"}
    return answer if isinstance(answer, dict) else {"error": "answered something else than JSON"}


class Pace:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._turn = asyncio.Lock()  # one mover at a time

    async def advance(self, seconds: float) -> Json:
        async with self._turn:
            now = self._slack.clock.now()
            return await self._travel(now, now + timedelta(seconds=seconds))

    async def move(self, target: datetime) -> Json:
        async with self._turn:
            return await self._travel(self._slack.clock.now(), target)

    async def _travel(self, now: datetime, target: datetime) -> Json:
        """Stops wherever the bot or the local Slack has something to do."""
        _refuse_past(now, target)
        told = await self._arrive(self._slack.clock.now())
        for _ in range(MOST_STOPS):
            stop = self._next_stop(told, target, None)
            if stop is None:
                break
            told = await self._arrive(stop)
        told = await self._arrive(target)
        return self._report(told)

    async def jump(self, target: datetime) -> Json:
        async with self._turn:
            _refuse_past(self._slack.clock.now(), target)
            return self._report(await self._arrive(target))

    async def to_next(self) -> Json:
        """To the next instant at which the bot or the local Slack has something to do."""
        async with self._turn:
            told = await self._arrive(self._slack.clock.now())
            stop = self._next_stop(told, LAST_DAY, None)
            if stop is None:
                raise ControlError("Nothing is coming: the bot names no instant ahead of now.")
            return self._report(await self._arrive(stop))

    async def hold(self, held: bool) -> Json:
        """Whether time stands from now on, or goes by as it does outside."""
        async with self._turn:
            self._slack.clock.hold(held)
            return self._report(await self._arrive(self._slack.clock.now()))

    def _next_stop(self, told: Told, target: datetime, what: str | None) -> datetime | None:
        own = self._slack.agenda.next_at()
        stops = [own] if own is not None and own <= target else []
        upcoming = told.earliest(target, what)
        return min([*stops, *([upcoming] if upcoming else [])], default=None)

    async def _arrive(self, at: datetime) -> Told:
        self._slack.clock.move(at)
        self._slack.agenda.run_due()
        await self._slack.delivery.landed()
        told = await self._tell()
        await self._slack.delivery.landed()
        return told

    async def _tell(self) -> Told:
        at, held = self._slack.clock.now(), self._slack.clock.held
        urls = list(self._slack.bots)
        answers = await asyncio.gather(
            *(asyncio.to_thread(_ask, url, format_instant(at), held) for url in urls)
        )
        told = Told(at)
        for url, answer in zip(urls, answers, strict=True):
            _hear(told, url, answer)
        return told

    def _report(self, told: Told) -> Json:
        upcoming = [each.describe() for each in sorted(told.upcoming)]
        now = format_instant(self._slack.clock.now())
        return {"now": now, "upcoming": upcoming, "troubles": told.troubles}

    # --- settle -------------------------------------------------------------------------------

    async def settle(self, within: float) -> Json:
        """Until nothing is on its way to the bot and the bot has nothing left to send."""
        horizon = self._slack.clock.now() + timedelta(seconds=within)
        give_up = time.monotonic() + SETTLE_PATIENCE + within
        async with self._turn:
            while True:
                told = await self._arrive(self._slack.clock.now())
                stop = self._next_delivery(told, horizon)
                if stop is None and told.idle and not self._slack.delivery.in_flight:
                    return self._report(told)
                if time.monotonic() > give_up:
                    raise ControlError(_unsettled(told))
                await self._wait_for(stop)

    def _next_delivery(self, told: Told, horizon: datetime) -> datetime | None:
        """On the way there the local Slack's own instants are not passed over."""
        stop = told.earliest(horizon, "delivery")
        own = self._slack.agenda.next_at()
        return min(stop, own) if stop is not None and own is not None else stop

    async def _wait_for(self, stop: datetime | None) -> None:
        if stop is not None and self._slack.clock.held:
            self._slack.clock.move(stop)
        else:
            await asyncio.sleep(0.02)


def _refuse_past(now: datetime, target: datetime) -> None:
    if target < now:
        stands, wanted = format_instant(now), format_instant(target)
        raise ControlError(f"The clock stands at {stands} and never goes back to {wanted}.")


def _hear(told: Told, url: str, answer: Json | None) -> None:
    if answer is None:
        return
    if "error" in answer:
        told.troubles.append({"url": url, "error": answer["error"]})
        return
    told.idle = told.idle and bool(answer.get("idle", True))
    for each in answer.get("upcoming") or []:
        what, words = str(each.get("what", "")), str(each.get("words", ""))
        told.upcoming.append(Coming(parse_instant(each["at"]), what, words))


def _unsettled(told: Told) -> str:
    named = [f"{each.what} at {format_instant(each.at)}" for each in sorted(told.upcoming)]
    waiting = ", ".join(named)
    return f"The bot did not settle. It still names: {waiting or 'nothing, but is not idle'}."
