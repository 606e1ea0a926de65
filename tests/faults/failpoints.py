"""Places at which a process of the bot dies or is stopped; put there from outside, by wrapping."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from time import sleep
from typing import Any, Literal

from bot.run import Run
from bot.slack.sender import Sender
from bot.slack.session import Session
from storage.deliveries import Deliveries
from storage.locks import LocalLocks, SessionLocks

Phase = Literal["before", "in", "after"]
Action = Literal["kill", "stop"]
HEARS_THE_TIME = 30
"""Who was stopped has a held clock that stood still too: so many hundredths to be told the time."""

PHASES: dict[str, Phase] = {"before": "before", "in": "in", "after": "after"}


@dataclass(frozen=True)
class Failpoint:
    """The `passage`th time the process comes there, it ends at once, or stops until continued.

    `name` is a use case, with the step it decided on where it plans one (`plan:Start`), or
    `hold`, `post`, `find`, `open`, `publish`, `say`, `ack`.
    `in` a use case: done, and not yet committed.
    """

    phase: Phase
    name: str
    passage: int = 1
    action: Action = "kill"

    @classmethod
    def at(cls, place: str, passage: int = 1, action: Action = "kill") -> "Failpoint":
        """Of `before post`."""
        phase, _, name = place.partition(" ")
        return cls(PHASES[phase], name, passage, action)


class Trap:
    """Counts the passages and does the deed."""

    def __init__(self, failpoint: Failpoint) -> None:
        self._failpoint = failpoint
        self._left = failpoint.passage
        self._lock = threading.Lock()

    def __call__(self, phase: Phase, name: str) -> None:
        if (phase, name) != (self._failpoint.phase, self._failpoint.name):
            return
        with self._lock:
            self._left -= 1
            is_it = self._left == 0
        if is_it:
            deed = signal.SIGKILL if self._failpoint.action == "kill" else signal.SIGSTOP
            os.kill(os.getpid(), deed)
            for _ in range(HEARS_THE_TIME):  # in steps: a sleep goes by while standing still
                sleep(0.01)


def install(failpoint: Failpoint) -> None:
    """Wrap every place; only the one named does anything."""
    trap = Trap(failpoint)
    wrap(Run, "_retried", lambda retried: _use_cases(retried, trap))
    for owner, method, name in (
        (Sender, "post", "post"),
        (Sender, "find", "find"),
        (Sender, "open", "open"),
        (Sender, "publish", "publish"),
        (Deliveries, "say", "say"),
        (Session, "acknowledge", "ack"),
    ):
        wrap(owner, method, partial(_around, name=name, trap=trap))
    for locks in (LocalLocks, SessionLocks):
        wrap(locks, "hold", lambda hold: _held(hold, trap))


def wrap(owner: Any, name: str, wrapping: Callable[[Any], Any]) -> None:
    setattr(owner, name, wrapping(getattr(owner, name)))


def _around(call: Callable[..., Any], *, name: str, trap: Trap) -> Callable[..., Any]:
    @wraps(call)
    def watched(*args: Any, **kwargs: Any) -> Any:
        trap("before", name)
        result = call(*args, **kwargs)
        trap("after", name)
        return result

    return watched


def _use_cases(retried: Callable[..., Any], trap: Trap) -> Callable[..., Any]:
    def watched(
        run: Run, mode: object, use_case: Callable[..., Any], *args: Any, **more: Any
    ) -> Any:
        @wraps(use_case)
        def inside(work: Any, *args: Any, **more: Any) -> Any:
            result = use_case(work, *args, **more)
            trap("in", _named(use_case, result))
            return result

        trap("before", _name(use_case))
        result = retried(run, mode, inside, *args, **more)
        trap("after", _named(use_case, result))
        return result

    return watched


def _named(use_case: Callable[..., Any], result: Any) -> str:
    """`plan:Start` where a step was planned, `due:found` where something is; else the name."""
    name = _name(use_case)
    if name.startswith("plan"):
        return f"{name}:{type(result[1]).__name__}"
    return f"{name}:found" if name == "due" and result else name


def _name(use_case: Callable[..., Any]) -> str:
    plain = use_case.func if isinstance(use_case, partial) else use_case
    return str(plain.__name__)


def _held(hold: Callable[..., Any], trap: Trap) -> Callable[..., Any]:
    @contextmanager
    def watched(locks: Any, delivery: int) -> Iterator[bool]:
        with hold(locks, delivery) as is_ours:
            if is_ours:
                trap("after", "hold")
            yield is_ours

    return watched
