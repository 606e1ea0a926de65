"""Drops an HTTP connection without a byte of answer, which ASGI itself has no word for."""

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

Ends = tuple[tuple[str, int], tuple[str, int]]
_open: dict[Ends, asyncio.Transport] = {}


def _ends(transport: asyncio.Transport) -> Ends | None:
    peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
    return ((peer[0], peer[1]), (own[0], own[1])) if peer and own else None


class DroppableProtocol(H11Protocol):
    """Remembers each connection's transport, so that a response can cut it."""

    _named: Ends | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._named = _ends(transport)
        if self._named:
            _open[self._named] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._named:
            _open.pop(self._named, None)
        super().connection_lost(exc)


def cut(scope: Scope) -> None:
    """Closes the connection of this request or WebSocket at once, as a broken network does."""
    transport = _open.pop((tuple(scope["client"]), tuple(scope["server"])), None)
    if transport is not None:
        transport.abort()


def forget(scope: Scope) -> None:
    """A WebSocket has a protocol of its own, so its end is not seen here."""
    _open.pop((tuple(scope["client"]), tuple(scope["server"])), None)


class Dropped(Response):
    """Instead of answering: the client sees the connection close."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cut(scope)
        while (await receive())["type"] != "http.disconnect":
            continue  # what is left of the request
