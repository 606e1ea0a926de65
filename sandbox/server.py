"""Runs a local Slack: uvicorn on loopback, in a thread of its own or in the foreground."""

import asyncio
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from websockets.exceptions import WebSocketException

from sandbox.app import build_app
from sandbox.clock import parse_instant
from sandbox.company import load_company
from sandbox.drop import DroppableProtocol
from sandbox.errors import Json
from sandbox.manifest import load_manifest
from sandbox.slack import Slack

HOST = "127.0.0.1"
PATIENCE_AT_STOP = 0.3


class _Server(uvicorn.Server):
    """Starts and stops without uvicorn's pauses of a tenth of a second."""

    def __init__(self, config: uvicorn.Config, slack: Slack) -> None:
        super().__init__(config)
        self._slack = slack
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    async def main_loop(self) -> None:
        await self._leave.wait()

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        self.leave()

    def leave(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._slack.agenda.clear()
        self._slack.sockets.abandon()
        await self._slack.delivery.abandon()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            _shut(connection)
        if not await self._emptied():
            for task in list(self.server_state.tasks):
                task.cancel()

    async def _emptied(self) -> bool:
        """Whether what is being answered was answered in time."""
        for _ in range(round(PATIENCE_AT_STOP / 0.002)):
            if not self.server_state.connections and not self.server_state.tasks:
                return True
            await asyncio.sleep(0.002)
        return False


def _shut(connection: Any) -> None:
    """Says goodbye, except to a client that is saying it already: uvicorn fails on that."""
    try:
        connection.shutdown()
    except WebSocketException:
        connection.transport.close()


def _listen(port: int) -> socket.socket:
    # With the protocol named, asyncio sends an answer at once and not 40 ms after its headers.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


class LocalSlack:
    """A local Slack for tests: `with LocalSlack() as slack: ... slack.url ...`."""

    def __init__(
        self,
        port: int = 0,
        *,
        data: str | Path | None = None,
        manifest: str | Path | None = None,
        held: bool = True,
        start_at: str | datetime | None = None,
        patience: float = 3.0,
        guide: Json | None = None,
    ) -> None:
        """`patience` is how long Slack waits for an ack: three seconds, less in hurried tests.

        `guide` is what the page knows of the app beyond its manifest: its emoji and its tour.
        """
        begin = parse_instant(start_at) if isinstance(start_at, str) else start_at
        self.slack = Slack(
            load_company(data),
            load_manifest(manifest),
            held=held,
            start_at=begin,
            patience=patience,
            guide=guide,
        )
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return self.slack.url

    def _bind(self) -> tuple[_Server, socket.socket]:
        listener = _listen(self._port)
        self.slack.url = f"http://{HOST}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            build_app(self.slack),
            http=DroppableProtocol,
            ws="websockets-sansio",
            loop="asyncio",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=60,
        )
        return _Server(config, self.slack), listener

    def start(self) -> "LocalSlack":
        """Returns when connections are accepted."""
        self._server, listener = self._bind()
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="local-slack", daemon=True
        )
        self._thread.start()
        while not self._server.ready.wait(0.1):
            if not self._thread.is_alive():
                raise RuntimeError("the local Slack did not start")
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.leave()
            self._thread.join()
        self._server = self._thread = None

    def run(self, announce: Callable[[str], None]) -> None:
        """In the foreground, until interrupted."""
        server, listener = self._bind()
        announce(self.url)
        server.run([listener])

    def __enter__(self) -> "LocalSlack":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
