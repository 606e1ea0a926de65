"""The two ways in which Slack reaches the Bolt app: Socket Mode, and HTTP requests."""

import logging
import socket
from contextlib import suppress

import structlog
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.domain.deliveries import Later, Never, Unclear
from bot.slack import payloads
from bot.slack.errors import attempt
from bot.slack.identity import NotConnected, no_socket
from bot.slack.shapes import Json, Malformed

log = structlog.get_logger()

CONCURRENCY = 10
PING_SECONDS = 5
"""How soon a connection that broke without a word is noticed and made again."""


class Socket:
    """A WebSocket to Slack; needs no address that Slack could reach."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        self._handler = SocketModeHandler(
            app,
            app_token,
            web_client=client,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            concurrency=CONCURRENCY,
            ping_interval=PING_SECONDS,
        )

    def start(self) -> None:
        """Raises NotConnected."""
        answer = attempt(self._handler.connect)
        if isinstance(answer, Never | Later | Unclear):
            raise NotConnected(no_socket(answer.reason))

    def is_connected(self) -> bool:
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Take in nothing more, answer what is in hand, then close: closing first loses acks."""
        client = self._handler.client
        client.closed = True
        client.enqueue_message("")  # wakes the thread that waits for messages, so that it ends
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]  # slack_sdk too
        client.message_workers.shutdown(wait=True)
        client.auto_reconnect_enabled = False
        _hang_up(client)
        self._handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it so


def _hang_up(client: SocketModeClient) -> None:
    """End the read that is under way; otherwise closing waits for it, up to three seconds."""
    session = client.current_session
    if session and session.sock:
        with suppress(OSError):  # the other side may have hung up already
            session.sock.shutdown(socket.SHUT_RDWR)


class HttpDoor:
    """Answers one HTTP request of Slack's, which the guard has let in."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, body: str, content_type: str) -> tuple[int, dict[str, str], str]:
        try:
            request = _request(payloads.read(body, content_type))
        except Malformed as error:
            log.warning("malformed request", place=str(error))
            return 400, {}, ""
        answer = self._app.dispatch(request)
        return answer.status, answer.first_headers(), answer.body


def _request(payload: Json) -> BoltRequest:
    """The mode says that the payload was verified and read before Bolt saw it, which it was.

    Headers are left out: the signature does not cover them, and Bolt would obey some.
    """
    try:
        return BoltRequest(body=payload, mode="socket_mode")
    except (AttributeError, LookupError, TypeError, ValueError):
        # Bolt takes the parts that tell whose payload it is for granted
        raise Malformed("team, enterprise, user or channel") from None
