"""The life of a delivery: what to do with it next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.cards import Card
from bot.domain.ids import ChannelId, Key, Ts, UserId


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """The intent to send is committed. Whether Slack has it is not known yet."""
    SENT = "sent"
    NEVER = "never"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """It may have arrived; it is not said again, because twice would be worse."""


TOO_LATE = "too late"
NOT_WANTED = "not wanted any more"
NOT_DELIVERABLE = "the person is deactivated"

SETTLED = frozenset({State.SENT, State.NEVER, State.CANCELLED, State.UNKNOWN})


class Priority(IntEnum):
    """Lower goes first: an answer to somebody who waits, then direct messages, then the rest."""

    REPLY = 0
    DIRECT = 1
    BULK = 2


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one call may take, and how long Slack may still show what it took in."""

    deadline: timedelta = timedelta(seconds=10)
    settle: timedelta = timedelta(seconds=30)

    def look_again_at(self, started_at: datetime) -> datetime:
        return started_at + self.deadline + self.settle


@dataclass(frozen=True, slots=True)
class Parent:
    """The message in whose thread a delivery belongs; `ts` once it has one."""

    state: State
    ts: Ts | None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing the bot says or changes in Slack, as it stands in the database."""

    id: int
    key: Key
    state: State
    card: Card | None
    people: tuple[UserId, ...] = ()
    channel: ChannelId | None = None
    reader: UserId | None = None
    """Set on a whisper: the one person who may read it."""
    parent: Parent | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0
    first_started_at: datetime | None = None
    last_started_at: datetime | None = None
    ts: Ts | None = None
    revision: int = 1
    posted_revision: int = 0

    @property
    def is_home(self) -> bool:
        """An App Home: not a message in a place, but a page of its reader's."""
        return self.reader is not None and self.channel is None

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


def home_key(user: UserId) -> Key:
    """The delivery that keeps somebody's App Home current."""
    return Key(f"home/{user}")


# What to do next.


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Resolve the people to a conversation first."""


@dataclass(frozen=True, slots=True)
class Start:
    """Commit the intent, then post."""


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Look in Slack's history whether it arrived."""


@dataclass(frozen=True, slots=True)
class Update:
    """It was sent, and has a newer text."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Compose an App Home as things stand, and show it; showing it again changes nothing."""


@dataclass(frozen=True, slots=True)
class Drop:
    state: State
    reason: str


Step = Wait | Open | Start | Reconcile | Update | Publish | Drop


def next_step(delivery: Delivery, now: datetime, timing: Timing) -> Step:
    """What to do with `delivery` at `now`; nothing is done twice on the word of this alone."""
    if delivery.is_home:
        return _of_home(delivery, now)
    match delivery.state:
        case State.WAITING:
            return _of_waiting(delivery, now)
        case State.SENDING:
            return _of_sending(delivery, now, timing)
        case State.SENT if delivery.revision > delivery.posted_revision:
            return _unless_early(Update(), delivery, now)
    return Wait()


def once_absent(delivery: Delivery, now: datetime) -> Step:
    """What follows when the history shows that it did not arrive."""
    if delivery.is_expired(now):
        return Drop(State.NEVER, TOO_LATE)
    return _after_parent(delivery.parent, now)


def back_off(attempts: int) -> timedelta:
    """How long to let Slack rest after `attempts` tries: 1 s, 2 s, 4 s … at most 5 minutes."""
    return timedelta(seconds=min(2 ** min(attempts, 10), 300))


def _of_home(delivery: Delivery, now: datetime) -> Step:
    is_stale = delivery.state is State.WAITING or delivery.revision > delivery.posted_revision
    if delivery.state is State.NEVER or not is_stale:
        return Wait()
    return _unless_early(Publish(), delivery, now)


def _of_waiting(delivery: Delivery, now: datetime) -> Step:
    if delivery.is_expired(now):
        return Drop(State.NEVER, TOO_LATE)
    return _unless_early(_turn(delivery, now), delivery, now)


def _of_sending(delivery: Delivery, now: datetime, timing: Timing) -> Step:
    if delivery.reader:
        return Drop(State.UNKNOWN, "a whisper is said at most once")
    if delivery.last_started_at is None:
        raise ValueError(f"Delivery {delivery.id} is being sent but was never started.")
    until = timing.look_again_at(delivery.last_started_at)
    turn = _turn(delivery, now)  # one that a backup brought back may not know its place yet
    look = turn if isinstance(turn, Open | Wait) else Reconcile()
    return Wait(until) if now < until else _unless_early(look, delivery, now)


def _turn(delivery: Delivery, now: datetime) -> Step:
    return _after_parent(delivery.parent, now) if delivery.channel else Open()


def _after_parent(parent: Parent | None, now: datetime) -> Step:
    if parent is None or parent.ts or parent.state in {State.UNKNOWN, State.SENT}:
        return Start()  # not known to have arrived, or only from people: beside it, then
    if parent.state in SETTLED:
        return Drop(State.NEVER, "the message it answers was never sent")
    soonest = now + timedelta(seconds=1)
    if parent.state is State.SENDING or parent.due_at is None:
        return Wait(soonest)  # most often it has arrived by then
    return Wait(max(parent.due_at, soonest))


def _unless_early(step: Step, delivery: Delivery, now: datetime) -> Step:
    is_early = delivery.due_at is not None and delivery.due_at > now
    return Wait(delivery.due_at) if is_early else step
