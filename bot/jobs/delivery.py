"""The delivery workers: wait for a nudge, take what is due, send it, settle it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic

import structlog

from bot import keys
from bot.domain.deliveries import (
    Delivery,
    Drop,
    Open,
    Publish,
    Reconcile,
    Start,
    State,
    Step,
    Timing,
    Update,
)
from bot.domain.outcomes import Absent, Later, Never, Outcome, Sent, Unclear, Unreadable
from bot.domain.pace import Rates
from bot.domain.refusals import Busy
from bot.run import Run
from bot.services import deliver
from bot.slack.sender import Sender
from bot.watch.meters import SILENT, Meters
from storage.locks import Locks
from storage.trouble import is_away

AT_ONCE = 50
"""How many due deliveries are looked at: more than there are workers, so each finds a free one."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Carries one workspace's deliveries; each only while it holds the lock on it."""

    run: Run
    locks: Locks
    sender: Sender
    timing: Timing
    rates: dict[str, Rates]
    meters: Meters = SILENT

    def work_one(self) -> bool:
        """Do what one due delivery needs; whether there was one."""
        for delivery in self.run.look(deliver.due, limit=AT_ONCE):
            with self.locks.hold(delivery) as is_ours:
                if is_ours:
                    self._carry(delivery)
                    return True
        return False

    def _carry(self, delivery: int) -> None:
        try:
            self._follow(deliver.plan, delivery)
        except Busy:  # where it was left, somebody will find it
            log.warning("delivery waits: the database is busy", delivery=delivery)
        except Exception as error:  # one that cannot be handled must not hold up the others
            if is_away(error):
                raise  # whoever works for all says so once, and not for each
            log.exception("delivery failed", delivery=delivery)
            self.run(deliver.postpone, delivery)

    def _follow(self, plan: Callable[..., tuple[Delivery, Step]], delivery: int) -> None:
        planned_at = monotonic()
        found, step = self.run.beside(plan, delivery, timing=self.timing, rates=self.rates)
        match step:
            case Drop():
                self._drop(found, step)
            case Open():
                self._open(found)
            case Start():
                self._post(found, planned_at)
            case Reconcile():
                self._reconcile(found)
            case Update():
                self._update(found, planned_at)
            case Publish():
                self._publish(found, planned_at)

    def _drop(self, delivery: Delivery, drop: Drop) -> None:
        self.run(deliver.drop, delivery.id, drop.state, drop.reason)
        self.meters.settled(drop.state)
        _log(delivery, "drop", drop.state, drop.reason)

    def _open(self, delivery: Delivery) -> None:
        channel = self.sender.open(delivery.people)
        if isinstance(channel, Later | Never):
            self.run(deliver.not_opened, delivery.id, channel, rates=self.rates)
            self._note_end(delivery, channel)
            _log_outcome(delivery, "open", channel)
            return
        self.run.beside(deliver.opened, delivery.id, channel)
        _log(delivery, "open", "opened")
        self._follow(deliver.plan, delivery.id)

    def _post(self, delivery: Delivery, planned_at: float) -> None:
        card, mark = deliver.card_of(delivery), self._mark(delivery)
        if self._is_late(delivery, planned_at):
            return  # they who took over will look, or have looked
        outcome = self.sender.post(delivery, card, mark)
        self._settle(delivery, outcome)
        _log_outcome(delivery, "post", outcome)

    def _update(self, delivery: Delivery, planned_at: float) -> None:
        if self._is_late(delivery, planned_at):
            return  # somebody may have shown a newer text since
        outcome = self.sender.update(delivery, deliver.card_of(delivery))
        self.run(deliver.updated, delivery, outcome, rates=self.rates)
        _log_outcome(delivery, "edit", outcome)

    def _publish(self, delivery: Delivery, planned_at: float) -> None:
        page = self.run.look(deliver.compose, delivery)
        if self._is_late(delivery, planned_at):
            return  # somebody may have shown a newer page since
        outcome = self.sender.publish(delivery, page)
        self.run.beside(deliver.published, delivery, outcome, rates=self.rates)
        _log_outcome(delivery, "show", outcome)

    def _reconcile(self, delivery: Delivery) -> None:
        if delivery.first_started_at is None:
            raise ValueError(f"Delivery {delivery.id} was never started.")
        finding = self.sender.find(delivery, self._mark(delivery), delivery.first_started_at)
        self.meters.looked(_name(finding))
        _log_outcome(delivery, "look", finding)
        match finding:
            case Sent():
                self._settle(delivery, finding)
            case Absent():
                again = partial(deliver.plan_again, attempts=delivery.attempts)
                self._follow(again, delivery.id)
            case Later():
                self.run(deliver.postpone_look, delivery, finding, rates=self.rates)
            case Unreadable(reason):
                self._drop(delivery, Drop(State.UNKNOWN, f"history unreadable: {reason}"))

    def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        # with no owner to tell, all that is written is locked: nothing to be refused for
        run = self.run if isinstance(outcome, Sent | Never) else self.run.beside
        run(deliver.settle, delivery, outcome, timing=self.timing, rates=self.rates)
        self._note_end(delivery, outcome)

    def _note_end(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome:
            case Sent():
                self.meters.settled(State.SENT)
            case Never():
                self.meters.settled(State.NEVER)
            case Unclear() if delivery.reader:  # a whisper is said at most once
                self.meters.settled(State.UNKNOWN)

    def _is_late(self, delivery: Delivery, planned_at: float) -> bool:
        """Whether we were stopped for so long that somebody may have taken over."""
        is_late = monotonic() - planned_at > self.timing.deadline.total_seconds()
        if is_late:
            _log(delivery, "none", "late")
        return is_late

    def _mark(self, delivery: Delivery) -> str:
        return keys.mark(self.run.look(deliver.delivery_secret), delivery.key)


def _log_outcome(delivery: Delivery, step: str, outcome: Outcome | Absent | Unreadable) -> None:
    trouble = isinstance(outcome, Never | Unclear | Unreadable)
    weight = logging.WARNING if trouble else logging.INFO
    _log(delivery, step, _name(outcome), getattr(outcome, "reason", None), weight)


def _log(
    delivery: Delivery,
    step: str,
    outcome: str,
    reason: str | None = None,
    weight: int = logging.INFO,
) -> None:
    """One line for each step; of the key only what it begins with: the rest may name somebody."""
    log.log(
        weight,
        "delivery",
        id=delivery.id,
        what=delivery.key.partition("/")[0],
        step=step,
        attempt=delivery.attempts,
        outcome=outcome,
        reason=reason,
    )


def _name(outcome: object) -> str:
    return type(outcome).__name__.lower()
