"""Socket Mode: connections to Slack that renew themselves without losing an answer."""

import json
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.deliveries import Later, Never, Unclear
from bot.slack.errors import attempt
from bot.slack.identity import NotConnected, no_socket

log = structlog.get_logger()

R = TypeVar("R")

CONCURRENCY = 10
PING_SECONDS = 5
"""How soon a connection that broke without a word is noticed and made again."""

ACK_SECONDS = 3
"""Slack waits no longer for an answer, so neither does a connection that is to be renewed."""

REST_SECONDS = 5
"""Between two renewals of one connection: Slack may send it away again at once."""

EVERYDAY = ("warning", "refresh_requested")

AGAIN_SECONDS = 60
"""Until another try to open one more connection: Slack lets us ask about once a minute."""


class Hands(ThreadPoolExecutor):
    """Threads that answer Slack, and how to wait until they have."""

    def __init__(self) -> None:
        super().__init__(max_workers=CONCURRENCY, thread_name_prefix="slack")
        self._full: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        future = super().submit(fn, *args, **kwargs)
        self._full.add(future)
        future.add_done_callback(self._full.discard)
        return future

    def finish(self, seconds: float) -> None:
        """Wait until all that was taken in is answered, but not for ever."""
        wait(list(self._full), seconds)


class Line(SocketModeClient):
    """One connection. When Slack asks to renew it, what came by it is answered first.

    The SDK's own closes the old connection at once and answers on the new one, where Slack does
    not wait for it; it comes back at once however often Slack sends it away, and twice if Slack
    says so twice.
    """

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        super().__init__(
            app_token,
            web_client=client,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            ping_interval=PING_SECONDS,
        )
        self.message_workers: Hands = Hands()
        self.socket_mode_request_listeners.append(self._answer)
        self._app = app
        self._ending = threading.Event()
        self._is_renewing = False
        self._renewed_at = 0.0

    def enqueue_message(self, message: str) -> None:
        reason = _farewell(message)
        if reason and self._is_renewing:
            return  # said again of a connection that is being left already
        if reason:
            self._is_renewing = True
            log.log(_weight(reason), "slack ends a connection", reason=reason)
        super().enqueue_message(message)

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        try:
            if force and self.is_connected():
                self.message_workers.finish(ACK_SECONDS)
            self._ending.wait(self._renewed_at + REST_SECONDS - monotonic())
            super().connect_to_new_endpoint(force)
        finally:
            self._renewed_at = monotonic()
            self._is_renewing = False

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        begun = monotonic()
        answer = run_bolt_app(self._app, request)
        send_response(client, request, answer, begun)

    def end(self) -> None:
        """Take in nothing more, answer what is in hand, then close: closing first loses acks."""
        self._ending.set()
        self.closed = True
        self.enqueue_message("")  # wakes the thread that waits for messages, so that it ends
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]  # slack_sdk's
        self.message_workers.shutdown(wait=True)
        self.auto_reconnect_enabled = False
        self._hang_up()
        self.close()

    def _hang_up(self) -> None:
        """End the read that is under way; otherwise closing waits for it, up to three seconds."""
        session = self.current_session
        if session and session.sock:
            with suppress(OSError):  # the other side may have hung up already
                session.sock.shutdown(socket.SHUT_RDWR)


def _farewell(message: str) -> str | None:
    """Why Slack ends the connection, if that is what it says."""
    if '"disconnect"' not in message:
        return None
    said = json.loads(message)
    return str(said.get("reason")) if said.get("type") == "disconnect" else None


def _weight(reason: str) -> int:
    """Renewals are everyday; anything else somebody should read."""
    return logging.INFO if reason in EVERYDAY else logging.WARNING


class Sockets:
    """Several connections, so that there is one while another is made again; no address needed."""

    def __init__(self, app: App, app_token: str, client: WebClient, *, connections: int) -> None:
        self._lines = [Line(app, app_token, client) for _ in range(connections)]
        self._stopping = threading.Event()

    def start(self) -> None:
        """Returns with the first connection; the others follow. Raises NotConnected."""
        first, *others = self._lines
        answer = attempt(first.connect)
        if isinstance(answer, Never | Later | Unclear):
            raise NotConnected(no_socket(answer.reason))
        for line in others:
            threading.Thread(target=self._open, args=(line,), name="socket", daemon=True).start()

    def is_connected(self) -> bool:
        return any(line.is_connected() for line in self._lines)

    def stop(self) -> None:
        """Answer what is in hand, on all connections at the same time."""
        self._stopping.set()
        with ThreadPoolExecutor(len(self._lines)) as pool:
            list(pool.map(Line.end, self._lines))

    def _open(self, line: Line) -> None:
        while not self._stopping.is_set():
            answer = attempt(line.connect)
            if not isinstance(answer, Never | Later | Unclear):
                return
            log.warning("one connection fewer", reason=answer.reason)
            self._stopping.wait(AGAIN_SECONDS)
