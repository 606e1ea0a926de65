"""One connection of Socket Mode: what comes by it is answered on it, until its end."""

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from contextlib import ExitStack
from typing import Any

import structlog
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bot.slack.shapes import Json

log = structlog.get_logger()

Answer = Callable[[Json], Json | None]

ACK_SECONDS = 3
"""Slack waits no longer for an answer, so neither does a connection that is to go."""

PING_SECONDS = 10
"""How often the other side is asked whether it is there, and how long it may take to say so."""

MOST_BYTES = 4 * 1024 * 1024
"""Far more than Slack puts into one message."""

EVERYDAY = ("warning", "refresh_requested")


class Session:
    """Opens at once. Raises OSError or WebSocketException."""

    def __init__(self, url: str, answer: Answer, hands: Executor) -> None:
        self._answer = answer
        self._hands = hands
        self._door = threading.Lock()
        self._takes_in = True
        self._in_hand: set[Future[None]] = set()
        self._gone = threading.Event()
        self._open = ExitStack()
        self._connection = self._open.enter_context(
            connect(
                url,
                compression=None,
                ping_interval=PING_SECONDS,
                ping_timeout=PING_SECONDS,
                close_timeout=1,
                max_size=MOST_BYTES,
            )
        )
        self.farewell = ""
        """Why Slack wants the connection to end, in its own word."""
        self.is_leaving = threading.Event()
        """Slack has asked us to leave, or the connection is gone."""
        self._reader = threading.Thread(target=self._read, name="socket", daemon=True)
        self._reader.start()

    @property
    def is_open(self) -> bool:
        return not self._gone.is_set()

    def linger(self, seconds: float) -> None:
        """Go on taking in for a while: things may be under way to us. Ends with the connection."""
        self._gone.wait(seconds)

    def end(self) -> None:
        """Take in nothing more, answer what is in hand, then hang up: the other order loses acks.

        May be called more than once, and by several threads.
        """
        with self._door:
            self._takes_in = False
            in_hand = list(self._in_hand)
        wait(in_hand, ACK_SECONDS)
        self._open.close()
        self._reader.join()

    def _read(self) -> None:
        try:
            for message in self._connection:
                self._take(message)
        except ConnectionClosed as error:
            log.info("a connection broke", reason=str(error))
        finally:  # whatever ended it, nobody reads here any more
            self._gone.set()
            self.is_leaving.set()

    def _take(self, message: str | bytes) -> None:
        said = _read(message)
        if said.get("type") == "disconnect":
            self._leave(str(said.get("reason")))
        elif "envelope_id" in said:
            self._hand_over(said)

    def _hand_over(self, envelope: Json) -> None:
        with self._door:  # or `end` might find nothing in hand, and hang up on this one
            if not self._takes_in:
                return
            future = self._hands.submit(self._reply, envelope)
            self._in_hand.add(future)
        future.add_done_callback(self._put_down)

    def _put_down(self, future: Future[None]) -> None:
        with self._door:
            self._in_hand.discard(future)
        error = future.exception()
        if error:  # not acknowledged, so an event comes again
            log.error("an envelope was not answered", exc_info=error)

    def _leave(self, reason: str) -> None:
        if self.is_leaving.is_set():
            return  # said again of a connection that is being left already
        weight = logging.INFO if reason in EVERYDAY else logging.WARNING
        log.log(weight, "slack ends a connection", reason=reason)
        self.farewell = reason
        self.is_leaving.set()

    def _reply(self, envelope: Json) -> None:
        ack = self._answer(envelope)
        if ack is not None:
            self.acknowledge(ack)

    def acknowledge(self, ack: Json) -> None:
        try:
            self._connection.send(json.dumps(ack))
        except ConnectionClosed:
            # an event comes again by another connection, and is known then
            log.info("the connection was gone before the answer")


def _read(message: str | bytes) -> dict[str, Any]:
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, dict):
        return said
    log.warning("slack said something that cannot be read")
    return {}
