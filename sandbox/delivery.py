"""Everything sent to the bot: envelopes or HTTP requests, their acks, the retries of events."""

import asyncio
import json
import secrets
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocketDisconnect

from sandbox import http_delivery
from sandbox.errors import ControlError, Json
from sandbox.journal import without_secrets
from sandbox.sockets import LOST, Connection

if TYPE_CHECKING:
    from sandbox.slack import Slack

RETRY_AFTER = (0, 60, 300)  # at once, after a minute, after five


@dataclass(frozen=True)
class Ack:
    status: str  # acked, timeout or refused
    payload: Any = None
    reason: str = ""
    final: bool = False  # the app asked not to be told again


@dataclass(frozen=True)
class Retry:
    attempt: int
    reason: str


class Delivery:
    def __init__(self, slack: "Slack", patience: float) -> None:
        self._slack = slack
        self.patience = patience
        self.url: str | None = None
        self.sent: list[Json] = []  # the events of this run, for redelivery
        self._flying: set[asyncio.Task[None]] = set()

    def reset(self) -> None:
        self.url = None
        self.sent.clear()

    # --- events -------------------------------------------------------------------------------

    def event(self, payload: Json) -> None:
        """Sends an event on its own; retried until it is acked."""
        self.sent.append(payload)
        self.start(self._deliver_event(payload, None))

    async def _deliver_event(self, payload: Json, retry: Retry | None) -> None:
        ack = await self.deliver("events_api", payload, retry)
        attempt = retry.attempt if retry else 0
        if ack.status == "acked" or ack.final or attempt >= len(RETRY_AFTER):
            return
        again = Retry(attempt + 1, ack.reason)

        def deliver_again() -> None:
            self.start(self._deliver_event(payload, again))

        if RETRY_AFTER[attempt]:
            self._slack.agenda.after(RETRY_AFTER[attempt], deliver_again)
        else:
            deliver_again()

    def redeliver(self, event_id: str | None, times: int, together: bool) -> Json:
        found = [each for each in self.sent if event_id in (None, each["event_id"])]
        if not found:
            raise ControlError("No such event was sent.")
        payload = found[-1]
        self.start(self._redeliver(payload, times, together))
        return {"event_id": payload["event_id"]}

    async def _redeliver(self, payload: Json, times: int, together: bool) -> None:
        used: list[Connection] = []
        again = [
            self.deliver("events_api", payload, Retry(number, "timeout"), used)
            for number in range(1, times + 1)
        ]
        if together:
            await asyncio.gather(*again)
        else:
            for each in again:
                await each

    # --- anything -----------------------------------------------------------------------------

    async def deliver(
        self,
        kind: str,
        payload: Json,
        retry: Retry | None = None,
        besides: list[Connection] | None = None,
        to: str | None = None,
    ) -> Ack:
        entry = self._slack.journal.write(
            "envelope",
            type=kind,
            what=_what(kind, payload),
            size=len(json.dumps(payload)),
            event_id=payload.get("event_id"),
            envelope_id=None,
            attempt=retry.attempt if retry else 0,
            connection=None,
            ack=None,
            ms=None,
        )
        begun = time.monotonic()
        url = to or self.url
        if url:
            ack = await self._by_http(url, kind, payload, retry)
        else:
            ack = await self._by_socket(kind, payload, retry, entry, besides)
        entry |= {"ack": ack.status, "ms": round(1000 * (time.monotonic() - begun), 1)}
        self._slack.journal.keep(entry, payload=without_secrets(payload), answer=ack.payload)
        self._slack.live.stir()
        return ack

    async def _by_http(self, url: str, kind: str, payload: Json, retry: Retry | None) -> Ack:
        again = (retry.attempt, retry.reason) if retry else None
        answer = await asyncio.to_thread(
            http_delivery.post, url, kind, payload, again, self.patience
        )
        if 200 <= answer.status < 300:
            return Ack("acked", answer.payload)
        status = "refused" if answer.failure == "http_error" else "timeout"
        return Ack(status, reason=answer.failure, final=answer.no_retry)

    async def _by_socket(
        self,
        kind: str,
        payload: Json,
        retry: Retry | None,
        entry: Json,
        besides: list[Connection] | None,
    ) -> Ack:
        connection = self._slack.sockets.next_connection(besides or [])
        if connection is None:
            return Ack("timeout", reason="connection_failed")
        if besides is not None:
            besides.append(connection)
        envelope = _envelope(kind, payload, retry)
        entry |= {"envelope_id": envelope["envelope_id"], "connection": connection.number}
        answer = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = answer
        try:
            await connection.send(envelope)
            result = await asyncio.wait_for(answer, self.patience)
        except TimeoutError:
            connection.waiting.pop(envelope["envelope_id"], None)
            return Ack("timeout", reason="timeout")
        except (
            RuntimeError,
            WebSocketDisconnect,
        ):  # the connection closed between choosing it and writing to it
            connection.waiting.pop(envelope["envelope_id"], None)
            return Ack("timeout", reason="connection_failed")
        if result is LOST:
            return Ack("timeout", reason="connection_failed")
        return Ack("acked", result)

    async def verify(self, url: str) -> bool:
        """Whether this Request URL answers a challenge."""
        asked = http_delivery.challenge()
        ack = await self.deliver("events_api", asked, to=url)
        return ack.status == "acked" and http_delivery.answers(asked, ack.payload)

    # --- what is on its way -------------------------------------------------------------------

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)

    @property
    def in_flight(self) -> bool:
        return bool(self._flying)

    async def landed(self) -> None:
        while self._flying:
            await asyncio.wait(self._flying)

    async def abandon(self) -> None:
        for task in list(self._flying):
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)


def _envelope(kind: str, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": secrets.token_hex(16),
        "type": kind,
        "accepts_response_payload": kind != "events_api",
        "payload": payload,
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.attempt if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope


def _what(kind: str, payload: Json) -> str:
    if kind == "events_api":
        return str(payload.get("event", payload)["type"])
    return str(payload.get("command") or payload.get("type"))
