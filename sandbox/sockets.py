"""Socket Mode: tickets, open WebSocket connections, and envelopes waiting for their ack."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox import drop
from sandbox.clock import Clock
from sandbox.errors import Json

MOST_CONNECTIONS = 10
LOST = object()  # stands for the answer that can no longer come


@dataclass(eq=False)
class Connection:
    number: int
    socket: WebSocket
    waiting: dict[str, asyncio.Future[object]] = field(default_factory=dict)
    retiring: bool = False  # asked to refresh: it still acks but is given nothing new

    async def send(self, message: Json) -> None:
        await self.socket.send_text(json.dumps(message))


class Sockets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tickets: set[str] = set()
        self._count = 0
        self._turn = 0
        self._closed_until = clock.now()
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    def next_connection(self, besides: list[Connection]) -> Connection | None:
        """Connections take turns; those in `besides` are taken again only if there is no other."""
        ready = [each for each in self.connections if not each.retiring] or self.connections
        fresh = [each for each in ready if each not in besides] or ready
        if not fresh:
            return None
        self._turn += 1
        return fresh[self._turn % len(fresh)]

    async def serve(self, socket: WebSocket, app_id: str) -> None:
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or self._clock.now() < self._closed_until:
            await socket.close(1008)
            return
        self._tickets.remove(ticket)  # a ticket opens one connection
        await socket.accept()
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        self._count += 1
        connection = Connection(self._count, socket)
        self.connections.append(connection)
        try:
            await connection.send(self._hello(app_id))
            await self._listen(connection)
        except WebSocketDisconnect:
            return
        finally:
            self._forget(connection)
            drop.forget(socket.scope)

    def _hello(self, app_id: str) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": app_id},
            "debug_info": {"host": "local-slack", "approximate_connection_time": 18060},
        }

    async def _listen(self, connection: Connection) -> None:
        while True:
            ack = _read_ack(await connection.socket.receive_text())
            waiting = connection.waiting.pop(str(ack.get("envelope_id")), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(ack.get("payload"))

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for waiting in connection.waiting.values():
            if not waiting.done():
                waiting.set_result(LOST)
        connection.waiting.clear()

    async def cut(self, count: int, refuse_for: float, abruptly: bool) -> int:
        """Closes connections: properly, or without a word, as a broken network does."""
        self._closed_until = self._clock.now() + timedelta(seconds=refuse_for)
        chosen = self.connections[:count]
        for connection in chosen:
            self._forget(connection)
            if abruptly:
                drop.cut(connection.socket.scope)
            else:
                await connection.socket.close(1001)
        return len(chosen)

    async def warn(self) -> int:
        """What Slack says before it refreshes a connection: first a warning, then the request."""
        for connection in list(self.connections):
            await connection.send({"type": "disconnect", "reason": "warning"})
            await connection.send({"type": "disconnect", "reason": "refresh_requested"})
            connection.retiring = True
        return len(self.connections)

    def reopen(self) -> None:
        """After a reset nobody is kept out any longer."""
        self._closed_until = self._clock.now()

    def abandon(self) -> None:
        """Nobody will ack any more: the server is stopping."""
        for connection in list(self.connections):
            self._forget(connection)


def _read_ack(text: str) -> Json:
    try:
        ack = json.loads(text)
    except json.JSONDecodeError:
        return {}  # Slack ignores what it cannot read; the envelope then counts as unacked
    return ack if isinstance(ack, dict) else {}
