"""Broken on purpose: each takes one mechanism away, and some fault must then be seen to do harm."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial, wraps
from time import sleep
from typing import Any

from slack_sdk import WebClient

import bot.jobs.timeline
import bot.program
import bot.slack.app
import storage.put_back
from bot.activities.base import Step
from bot.clock import wall_clock
from bot.domain.cadence import WEEK, Occurrence, Weekly
from bot.domain.deliveries import State, Timing
from bot.domain.gap import Gap
from bot.domain.mentoring import RoundState
from bot.jobs.delivery import Deliverer
from bot.keys import mark
from bot.run import Run
from bot.services import deliver, home, rounds
from bot.slack.sender import Sender
from storage.lockfile import LockFile
from storage.locks import SessionLocks
from storage.occasions import Occasions
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
    def client(*, token: str, api_url: str, seconds: float, **_: Any) -> WebClient:
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


@_mutant("no claim")
def _no_claim() -> None:
    """Every replica holds an occasion of its own, and none sees what others are about to do."""

    def for_each(claim: Callable[..., Any]) -> Callable[..., Any]:
        def claimed(self: Occasions, activity: Any, occurrence: Occurrence, **more: Any) -> Any:
            sleep(0.1)
            on = date.fromordinal(random.randrange(1, 700_000))
            return claim(self, activity, replace(occurrence, on=on), **more)

        return claimed

    wrap(Occasions, "claim", for_each)
    wrap(Run, "__call__", lambda _: Run.beside)


@_mutant("steps kept in memory")
def _steps_in_memory() -> None:
    """Whoever claimed an occasion goes on with it; nobody else does."""
    ours: set[int] = set()

    def remembered(claim: Callable[..., Any]) -> Callable[..., Any]:
        def claimed(self: Occasions, *args: Any, **more: Any) -> Any:
            held = claim(self, *args, **more)
            ours.update({held.id} if held else ())
            return held

        return claimed

    wrap(Occasions, "claim", remembered)
    wrap(Occasions, "next_due_at", lambda _: lambda self: None)
    wrap(Occasions, "due", lambda due: lambda self: [each for each in due(self) if each in ours])


@_mutant("no time to catch up")
def _no_catching_up() -> None:
    """Who was not there at the moment itself is too late."""

    def is_fresh(self: Step, starts_at: datetime, now: datetime) -> bool:
        return now < self.due_at(starts_at) + timedelta(minutes=1)

    wrap(Step, "is_fresh", lambda _: is_fresh)


@_mutant("a week of 168 hours")
def _same_hours_apart() -> None:
    """A week after the last time, whatever was done to clocks since."""

    def on(self: Weekly, day: date) -> Occurrence:
        last = datetime.combine(day - WEEK, self.at, self.zone)
        return Occurrence(day, last.astimezone(UTC) + WEEK)

    wrap(Weekly, "_on", lambda _: on)


@_mutant("a tick by the wall's clock")
def _tick_by_the_wall() -> None:
    wrap(bot.jobs.timeline, "tick", lambda tick: lambda run: tick(replace(run, clock=wall_clock)))


@_mutant("published whatever its state")
def _published_again() -> None:
    def as_a_draft(existing: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: replace(existing(*args), state=RoundState.DRAFT)

    wrap(rounds, "_existing", as_a_draft)


@_mutant("a home composed before the lock")
def _composed_early() -> None:
    pages: dict[int, Any] = {}

    def composing(due: Callable[..., list[int]]) -> Callable[..., list[int]]:
        @wraps(due)
        def composed(work: Any, *, limit: int) -> list[int]:
            found = due(work, limit=limit)
            for each in map(work.sending.get, found):
                if each.is_home:
                    pages[each.id] = home.compose(work, each.reader)
            return found

        return composed

    wrap(deliver, "due", composing)
    wrap(deliver, "compose", lambda _: lambda work, delivery: pages[delivery.id])


@_mutant("forms that are not known again")
def _forms_not_known() -> None:
    def forgetful(seen_key: Callable[..., str | None]) -> Callable[..., str | None]:
        return lambda body: None if body.get("type") == "view_submission" else seen_key(body)

    wrap(bot.slack.app, "seen_key", forgetful)


@_mutant("a backup that is not noticed")
def _backup_not_noticed() -> None:
    wrap(bot.program, "notice_a_copy", lambda _: lambda *_: False)


@_mutant("numbers given twice")
def _numbers_given_twice() -> None:
    """After a restore numbers go on where the backup ended."""
    wrap(storage.put_back, "begin_numbers", lambda _: lambda *_: None)


@_mutant("what fell due before a restore")
def _due_before_a_restore() -> None:
    """Taken up again, as after any downtime."""
    wrap(Gap, "covers", lambda _: lambda self, moment: False)
