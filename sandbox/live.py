"""The live feed: tells open pages what has changed, so that they look again."""

import asyncio
import logging
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.clock import format_instant
from sandbox.conversations import Conversation
from sandbox.errors import Json
from sandbox.messages import Message

if TYPE_CHECKING:
    from sandbox.slack import Slack

log = logging.getLogger(__name__)

TOGETHER = 0.03  # seconds of changes that make one notice
AT_LEAST_EVERY = 1.0  # some things happen without anybody asking: a connection ends, a retry is due

Prints = dict[str, Hashable]


class Live:
    """A notice names what to look at again; it never carries what somebody may not see."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._pages: set[asyncio.Event] = set()

    def stir(self) -> None:
        """Something may have changed."""
        for page in self._pages:
            page.set()

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept()
        stirred = asyncio.Event()
        self._pages.add(stirred)
        watching = asyncio.create_task(self._watch(socket, stirred))
        hearing = asyncio.create_task(_until_it_leaves(socket))
        try:
            await asyncio.wait((watching, hearing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._pages.discard(stirred)
            hearing.cancel()
            watching.cancel()
        if not hearing.done():
            await _part(socket, watching.exception())

    async def _watch(self, socket: WebSocket, stirred: asyncio.Event) -> None:
        known: Prints = {}
        while True:
            seen = dict(self._prints())
            changed = sorted(name for name in {*known, *seen} if known.get(name) != seen.get(name))
            if changed:
                await socket.send_json(self._notice(changed, bool(known)))
            known = seen
            await _either(stirred)
            stirred.clear()

    def _notice(self, changed: list[str], is_old: bool) -> Json:
        clock = self._slack.clock
        return {
            "run": self._slack.run,
            "now": format_instant(clock.now()),
            "held": clock.held,
            "changed": changed if is_old else ["everything"],
        }

    def _prints(self) -> Iterator[tuple[str, Hashable]]:
        """Something of each part that differs whenever a reader would see a difference."""
        slack = self._slack
        yield "run", slack.run
        yield "clock", (slack.clock.held, slack.clock.now() if slack.clock.held else None)
        yield "people", tuple(map(repr, slack.world.people.values()))
        yield "faults", repr([fault.describe() for fault in slack.faults.pending])
        yield "sockets", len(slack.sockets.connections)
        yield "marks", slack.marks.version
        entries = slack.journal.entries
        yield "journal", (len(entries), sum(entry["ms"] is not None for entry in entries))
        for conversation in slack.world.conversations.values():
            yield conversation.id, _print(conversation)
        for user, home in slack.views.homes.items():
            yield f"home/{user}", home.hash
        for user, stack in slack.views.stacks.items():
            yield f"modals/{user}", tuple((view.id, view.hash) for view in stack)


async def _until_it_leaves(socket: WebSocket) -> None:
    """A page says nothing, so whatever it does say is of no interest."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


async def _part(socket: WebSocket, error: BaseException | None) -> None:
    """A page that is told nothing more would show what was; one that is left comes back."""
    if isinstance(error, WebSocketDisconnect):
        return  # it was not there any more when it was to be told
    log.error("a page cannot be told what has changed", exc_info=error)
    await socket.close(1011)


async def _either(stirred: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stirred.wait(), AT_LEAST_EVERY)
        await asyncio.sleep(TOGETHER)
    except TimeoutError:
        return


def _print(conversation: Conversation) -> Hashable:
    said = (*conversation.messages, *conversation.whispers)
    facts = (conversation.name, conversation.topic, conversation.is_archived)
    return (facts, tuple(conversation.members), tuple(map(_print_of_message, said)))


def _print_of_message(message: Message) -> Hashable:
    reactions = tuple((name, len(users)) for name, users in message.reactions.items())
    return (message.ts, message.edited, message.subtype, reactions)
