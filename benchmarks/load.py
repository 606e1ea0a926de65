"""Signed requests over kept connections, at a fixed rate or as fast as they are answered."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter

from sandbox.clock import wall_now
from sandbox.http_delivery import sign

PATIENCE = 10

Gesture = Callable[[], tuple[bytes, str]]
"""The next body, and its content type."""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, or as many as so many connections get answered; for some seconds."""

    seconds: float
    rate: float = 0
    connections: int = 0

    def __str__(self) -> str:
        return f"{self.rate:g} a second" if self.rate else f"{self.connections} at once"


@dataclass(slots=True)
class Measured:
    """Seconds until each answer was there, in all, and how many were not as they should be."""

    latencies: list[float] = field(default_factory=list)
    wrong: int = 0
    seconds: float = 0

    def quantile(self, share: float) -> float:
        ranked = sorted(self.latencies)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))]

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


class Line:
    """One connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, body: bytes, content_type: str) -> bytes:
        """The answer's status line and body."""
        stamp = str(int(wall_now().timestamp()))
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: bench\r\nContent-Type: {content_type}\r\n"
            f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: {sign(body, stamp)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = next(_lengths(answer), 0)
        return answer.partition(b"\r\n")[0] + b"\n" + await self._reader.readexactly(length)

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


def _lengths(head: bytes) -> Iterator[int]:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            yield int(line.partition(b":")[2])


class Lines:
    """Connections to one port: as many as are needed at the same time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[Line] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Line]:
        line = self._idle.pop() if self._idle else await self._open()
        yield line
        self._idle.append(line)

    async def _open(self) -> Line:
        return Line(*await asyncio.open_connection("127.0.0.1", self._port))

    async def close(self) -> None:
        for line in self._idle:
            await line.close()


async def _at_rate(lines: Lines, gesture: Gesture, expected: bytes, load: Load) -> Measured:
    """Time counts from when a request was due: waiting for one's turn is waiting too."""
    measured = Measured(seconds=load.seconds)
    begun = perf_counter()

    async def one(due: float) -> None:
        await asyncio.sleep(max(0, due - perf_counter()))
        async with lines.one() as line:
            answer = await asyncio.wait_for(line.ask(*gesture()), PATIENCE)
        measured.latencies.append(perf_counter() - due)
        measured.wrong += not is_fine(answer, expected)

    dues = [begun + number / load.rate for number in range(round(load.rate * load.seconds))]
    await asyncio.gather(*map(one, dues))
    return measured


async def _at_will(lines: Lines, gesture: Gesture, expected: bytes, load: Load) -> Measured:
    """Each connection sends its next request as soon as it has its answer."""
    measured = Measured()
    begun = perf_counter()

    async def go_on() -> None:
        async with lines.one() as line:
            while (now := perf_counter()) < begun + load.seconds:
                answer = await asyncio.wait_for(line.ask(*gesture()), PATIENCE)
                measured.latencies.append(perf_counter() - now)
                measured.wrong += not is_fine(answer, expected)

    await asyncio.gather(*(go_on() for _ in range(load.connections)))
    measured.seconds = perf_counter() - begun
    return measured


def is_fine(answer: bytes, expected: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 200") and expected in answer


def measure(port: int, gesture: Gesture, expected: bytes, load: Load) -> Measured:
    async def run() -> Measured:
        lines = Lines(port)
        way = _at_rate if load.rate else _at_will
        try:
            return await way(lines, gesture, expected, load)
        finally:
            await lines.close()

    return asyncio.run(run())


def send(port: int, requests: Iterable[tuple[bytes, str]]) -> None:
    """One after the other, unmeasured."""

    async def run() -> None:
        lines = Lines(port)
        async with lines.one() as line:
            for body, content_type in requests:
                await line.ask(body, content_type)
        await lines.close()

    asyncio.run(run())
