"""A small HTTP server: Slack's requests in HTTP mode, health, and the sandbox's clock."""

import asyncio
import json
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.slack.guard import MAX_BODY, Guard

BODY_SECONDS = 10
"""How long a request may take to arrive; Slack's come at once."""

LINGER_SECONDS = 1
LINGER_BYTES = 16 * MAX_BODY
"""How long and how much we listen to what is refused already. Whoever is hung up on while still
speaking, a proxy of ours for one, sees a broken connection and not our answer."""

KEEP_ALIVE_SECONDS = 75
"""Longer than proxies keep theirs: whoever sends just as we hang up gets an error instead."""


class PortTaken(Exception):
    """We cannot listen where we should; most often another program does."""


class SlackApp(Protocol):
    """What answers Slack: body and content type in; status, headers and body out."""

    def __call__(self, body: str, content_type: str) -> tuple[int, dict[str, str], str]: ...


Refused = Callable[[int], None]
"""Is told of each request that was not handed on, by its status."""


class Timeline(Protocol):
    """What the local Slack may ask of the bot when it moves the clock."""

    def upcoming(self) -> dict[str, Any]: ...

    def move(self, now: datetime, *, held: bool) -> dict[str, Any]: ...


def build(
    *,
    slack: tuple[Guard, SlackApp, Refused] | None,
    timeline: Timeline | None,
    more: Sequence[Route] = (),
) -> Starlette:
    """The pages that this process serves; `timeline` only under the local Slack."""
    routes = [Route("/health", _health), *more]
    if slack:
        routes.append(Route("/slack/events", _slack(*slack), methods=["POST"]))
    if timeline:
        routes.append(Route("/upcoming", _upcoming(timeline)))
        routes.append(Route("/clock", _clock(timeline), methods=["POST"]))
    return Starlette(routes=routes)


async def _health(_request: Request) -> Response:
    return JSONResponse({"ok": True})


def _slack(guard: Guard, answer: SlackApp, refused: Refused) -> Callable[[Request], Any]:
    def refuse(status: int) -> Response:
        refused(status)
        return Response(status_code=status)

    async def slack(request: Request) -> Response:
        names = set(request.headers.keys())
        headers = {name: ", ".join(request.headers.getlist(name)) for name in names}
        refusal = guard.refusal_of_headers(headers)
        if refusal:
            await _hear_out(request)
            return refuse(refusal)
        body = await _read(request)
        if body is None:
            return refuse(408)
        refusal = guard.refusal(body, headers)
        if refusal:
            return refuse(refusal)
        kind = headers.get("content-type", "")
        # in a thread of its own: one slow request must not hold up the next
        status, given, text = await run_in_threadpool(answer, body.decode("utf-8"), kind)
        return Response(text, status, given)

    return slack


async def _read(request: Request) -> bytes | None:
    """The body, or as much of it as shows that it is too long; None if it does not come."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in _listen_on(request):
                body += chunk[: MAX_BODY + 1 - len(body)]
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)


async def _hear_out(request: Request) -> None:
    """What is not worth reading is listened to all the same, for a moment."""
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(LINGER_SECONDS):
            async for _ in _listen_on(request):
                pass


async def _listen_on(request: Request) -> AsyncIterator[bytes]:
    heard = 0
    async for chunk in request.stream():
        yield chunk
        heard += len(chunk)
        if heard > LINGER_BYTES:
            return


def _upcoming(timeline: Timeline) -> Callable[[Request], Any]:
    async def upcoming(_request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(timeline.upcoming))

    return upcoming


def _clock(timeline: Timeline) -> Callable[[Request], Any]:
    async def clock(request: Request) -> Response:
        try:
            asked = json.loads(await _read(request) or b"")
            now, held = datetime.fromisoformat(asked["now"]), bool(asked["held"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": 'Send {"now": instant, "held": true or false}.'}, 400)
        if now.tzinfo is None:
            return JSONResponse({"error": "The instant needs its time zone: end it with Z."}, 400)
        return JSONResponse(await run_in_threadpool(lambda: timeline.move(now, held=held)))

    return clock


class Server:
    """Serves until it is stopped, in a thread of its own, on the loopback address or all."""

    def __init__(self, app: Starlette, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._address = (host, port)
        self._thread: threading.Thread | None = None
        self.port = port

    def start(self) -> None:
        """Returns once it accepts connections. Raises PortTaken."""
        listener = listen(self._address)
        self.port = listener.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="web")
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.005)
            if not self._thread.is_alive():  # uvicorn says why, and then no more than that
                listener.close()
                raise RuntimeError("the web server ended before it had begun")

    def stop(self) -> None:
        """Answer what came in, and end."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join()


def listen(address: tuple[str, int]) -> socket.socket:
    """Where clients may connect. Raises PortTaken."""
    try:
        listener = socket.create_server(address)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise PortTaken(
            f"Port {address[1]} cannot be used ({reason}). Set PORT to a free one."
        ) from error
    # asyncio leaves this to whoever made the socket; without it a body waits 40 ms for its headers
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
