"""Broken on purpose: each takes one mechanism away, and some fault must then be seen to do harm."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from slack_sdk import WebClient

import bot.program
from bot.domain.deliveries import State, Timing
from bot.jobs.delivery import Deliverer
from bot.keys import mark
from bot.services import deliver
from bot.slack.sender import Sender
from storage.lockfile import LockFile
from storage.locks import SessionLocks
from storage.sending import Sending
from tests.faults.failpoints import wrap

MUTANTS: dict[str, Callable[[], None]] = {}


def install(name: str) -> None:
    MUTANTS[name]()


def _mutant(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def keep(change: Callable[[], None]) -> Callable[[], None]:
        MUTANTS[name] = change
        return change

    return keep


@_mutant("the SDK's own retries")
def _sdk_retries() -> None:
    def client(*, token: str, api_url: str, seconds: float) -> WebClient:
        return WebClient(token=token, base_url=api_url, timeout=max(1, round(seconds)))

    wrap(bot.program, "slack_client", lambda _: client)


@_mutant("plain outbox")
def _plain_outbox() -> None:
    """What is found in sending is sent again, without a look at the history."""

    def again(self: Deliverer, found: Any) -> None:
        self._follow(partial(deliver.plan_again, attempts=found.attempts), found.id)

    wrap(Deliverer, "_reconcile", lambda _: again)


@_mutant("no intent")
def _no_intent() -> None:
    """Nothing is written down before the call."""

    def post(self: Deliverer, found: Any, planned_at: float) -> None:
        outcome = self.sender.post(found, deliver.card_of(found), self._mark(found))
        self.run(_settle_anyway, found, outcome, self.timing, self.rates)

    wrap(Sending, "start", lambda _: lambda self, delivery, *, look_again_at: None)
    wrap(Deliverer, "_post", lambda _: post)


def _settle_anyway(work: Any, found: Any, outcome: Any, timing: Any, rates: Any) -> None:
    row = work.sending._row(found.id)
    row.state, row.posted_revision = State.SENDING, row.revision
    deliver.settle(work, found, outcome, timing=timing, rates=rates)


@_mutant("marked as sent before sending")
def _mark_before_send() -> None:
    def start(self: Sending, delivery: int, *, look_again_at: object) -> None:
        row = self._row(delivery)
        row.state, row.due_at, row.attempts = State.SENT, None, row.attempts + 1
        row.posted_revision = row.revision

    wrap(Sending, "start", lambda _: start)


@_mutant("no time to settle")
def _no_settle() -> None:
    """The history is believed at once."""

    def look_again_at(self: Timing, started_at: Any) -> Any:
        return started_at + self.deadline

    wrap(Timing, "look_again_at", lambda _: look_again_at)


@_mutant("history from the last attempt")
def _history_from_last_attempt() -> None:
    def only_lately(find: Callable[..., Any]) -> Callable[..., Any]:
        def found(self: Sender, delivery: Any, name: str, _since: object) -> Any:
            return find(self, delivery, name, delivery.last_started_at)

        return found

    wrap(Sender, "find", only_lately)


@_mutant("first attempt forgotten")
def _first_attempt_forgotten() -> None:
    """`first_started_at` is overwritten by every attempt."""

    def forgetful(start: Callable[..., None]) -> Callable[..., None]:
        def started(self: Sending, delivery: int, *, look_again_at: object) -> None:
            self._row(delivery).first_started_at = None
            start(self, delivery, look_again_at=look_again_at)

        return started

    wrap(Sending, "start", forgetful)


@_mutant("marks of the process")
def _marks_of_the_process() -> None:
    """Marks by a secret that is made anew at every start."""
    secret = secrets.token_hex(16)
    wrap(Deliverer, "_mark", lambda _: lambda self, delivery: mark(secret, delivery.key))


@_mutant("a lease instead of a lock")
def _lease() -> None:
    """A row that is being sent is left alone until its time is up, and that is all."""
    wrap(SessionLocks, "hold", lambda _: _nobody_is_kept_out)


@_mutant("no lock file")
def _no_lock_file() -> None:
    """Two processes on one SQLite file."""
    wrap(LockFile, "take", lambda _: lambda self: None)


@contextmanager
def _nobody_is_kept_out(_locks: object, _delivery: int) -> Iterator[bool]:
    yield True
