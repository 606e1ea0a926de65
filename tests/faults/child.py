"""One process of the bot, made to be killed: what it is told to be, and how it says it is ready."""

import inspect
import multiprocessing
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import bot.jobs.matchmaker
import bot.jobs.pairing
import bot.jobs.workers
import bot.program
import storage.database
from bot import logs
from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.pace import Rate, Rates
from bot.ending import asked_to_end
from bot.program import Program
from tests.faults import failpoints, mutants
from tests.faults.failpoints import Failpoint, wrap
from tests.world import local_settings

# Everything is imported once, in a server that then forks: a start takes milliseconds.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])
inspect.stack()  # Bolt asks for it at every start; the first answer takes a tenth of a second

POLL_SECONDS = 0.4
"""Workers look more often than in earnest: stories wait less for other replicas."""

IDLE_MS = 500
"""A transaction that does nothing is ended sooner than in earnest, for the same reason."""


@dataclass(frozen=True)
class Orders:
    """What a process is to be."""

    slack_url: str
    database_url: str
    log: Path
    settings: dict[str, Any] = field(default_factory=dict)
    failpoint: Failpoint | None = None
    mutant: str | None = None
    now: datetime | None = None
    """Where a held clock stands; without it, time is the wall's and the metronome beats."""
    unpaced: bool = False
    """Whether the workspace as a whole may be spoken to as fast as one can."""
    matchmaker: tuple[str, float] | None = None
    """A script that takes the place of the child process that makes pairs, and its seconds."""


class Child:
    """A running process, as its story holds it."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.is_stopped = False
        self.url = ""
        self._ready, theirs = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=main, args=(orders, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> bool:
        """Whether it came so far as to serve; then its address is known."""
        try:
            port = self._ready.recv()
        except EOFError:
            return False
        finally:
            self._ready.close()
        self.url = f"http://127.0.0.1:{port}"
        return True

    def helpers(self) -> list[int]:
        """The processes that it has started itself and that still run."""
        ask = ["pgrep", "-P", str(self._process.pid)]
        found = subprocess.run(ask, capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def join(self, seconds: float) -> bool:
        """Whether it has ended within that time."""
        self._process.join(seconds)
        return not self.is_alive

    def ask_to_end(self) -> None:
        self._signal(signal.SIGTERM)

    @property
    def code(self) -> int | None:
        """How it ended; None while it has not."""
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        self._signal(signal.SIGSTOP)
        self.is_stopped = True

    def stands_still(self) -> bool:
        """Whether it was stopped, by us or by itself."""
        ask = ["ps", "-o", "state=", "-p", str(self._process.pid)]
        self.is_stopped = subprocess.check_output(ask, text=True).startswith("T")
        return self.is_stopped

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)
        self.is_stopped = False

    def _signal(self, number: signal.Signals) -> None:
        pid = self._process.pid
        if pid is not None and self.is_alive:
            os.kill(pid, number)


def main(orders: Orders, ready: Connection) -> None:
    """Be a bot until killed, or asked to end."""
    with asked_to_end() as stop:
        _be_a_bot(orders, ready, stop)


def _be_a_bot(orders: Orders, ready: Connection, stop: threading.Event) -> None:
    _write_to(orders.log)
    logs.configure("WARNING", "plain")
    bot.jobs.workers.POLL_SECONDS = POLL_SECONDS
    storage.database.IDLE_MS = IDLE_MS
    if orders.matchmaker:
        script, seconds = orders.matchmaker
        bot.jobs.matchmaker.COMMAND = ("-c", script)
        wrap(bot.jobs.pairing, "propose_in_child", lambda call: partial(call, seconds=seconds))
    if orders.mutant:
        mutants.install(orders.mutant)
    if orders.failpoint:
        failpoints.install(orders.failpoint)
    if orders.unpaced:
        wrap(bot.program, "rates_of", _without_limits)
    settings = local_settings(orders.slack_url, orders.database_url, **orders.settings)
    program = Program(settings, metronome=orders.now is None, stopping=stop)
    if orders.now:  # until it is told the time, a bot would take the wall's for it
        wrap(program, "_clock", lambda _: MovableClock(orders.now, held=True))
    program.start()
    ready.send(program.port)
    ready.close()
    stop.wait()
    program.stop()


def _without_limits(rates_of: Callable[[Settings], dict[str, Rates]]) -> Any:
    """A message a second in each conversation stays."""
    fast = Rate(timedelta(microseconds=100), burst=1000)

    def rates(settings: Settings) -> dict[str, Rates]:
        return {
            method: Rates(channel=rate.channel, workspace=fast)
            for method, rate in rates_of(settings).items()
        }

    return rates


def _write_to(log: Path) -> None:
    """Standard error goes to a file, where tracebacks are looked for."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 2)
    os.close(descriptor)
