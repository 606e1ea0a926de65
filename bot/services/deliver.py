"""Decide what each delivery needs now, and write down what became of it."""

from bot.domain.cards import Card, Page
from bot.domain.deliveries import (
    NOT_DELIVERABLE,
    NOT_WANTED,
    SETTLED,
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
    Wait,
    back_off,
    next_step,
    once_absent,
)
from bot.domain.ids import ChannelId
from bot.domain.outcomes import Later, Never, Outcome, Sent, Unclear
from bot.domain.pace import Rates
from bot.domain.undelivered import concerns_people
from bot.services import home
from bot.services.owners import owner_of
from storage.work import Work

HISTORY = "conversations.history"


def due(work: Work, *, limit: int) -> list[int]:
    return work.sending.due(limit)


def delivery_secret(work: Work) -> str:
    return work.installation.delivery_secret()


def plan(
    work: Work, delivery: int, *, timing: Timing, rates: dict[str, Rates]
) -> tuple[Delivery, Step]:
    """What `delivery` needs now. Of a Start, the intent is committed with this transaction."""
    found = work.sending.get(delivery)
    step = _checked(work, found, next_step(found, work.now, timing), rates)
    return _entered(work, delivery, step, timing), step


def plan_again(
    work: Work, delivery: int, *, attempts: int, timing: Timing, rates: dict[str, Rates]
) -> tuple[Delivery, Step]:
    """What follows when Slack's history shows that it did not arrive: send it again, or drop it.

    `attempts` is what was looked for: if somebody has gone on since, it is theirs.
    """
    found = work.sending.get(delivery)
    if found.state is not State.SENDING or found.attempts != attempts:
        return found, Wait(found.due_at)
    step = _checked(work, found, once_absent(found, work.now), rates)
    return _entered(work, delivery, step, timing), step


def opened(work: Work, delivery: int, channel: ChannelId) -> None:
    """The conversation with its people is known; it is kept before anything is sent there."""
    work.sending.opened(delivery, channel)


def not_opened(
    work: Work, delivery: int, outcome: Later | Never, *, rates: dict[str, Rates]
) -> None:
    """The conversation could not be opened, so nothing was sent."""
    found = work.sending.get(delivery)
    if found.channel or found.state not in {State.WAITING, State.SENDING}:
        return
    match outcome:
        case Never(reason):
            drop(work, delivery, State.NEVER, reason)
        case Later():
            _try_again(work, found, outcome, rates)


def settle(
    work: Work, attempt: Delivery, outcome: Outcome, *, timing: Timing, rates: dict[str, Rates]
) -> None:
    """Write down what became of an attempt to post; only the last attempt has a say."""
    found = work.sending.get(attempt.id)
    if found.state is not State.SENDING or found.attempts != attempt.attempts:
        return
    match outcome:
        case Sent(channel, ts):
            work.sending.sent(found.id, channel, ts)
            _tell_owner(work, found, State.SENT)
        case Never(reason):
            drop(work, found.id, State.NEVER, reason)
        case Later(reason, pause):
            _rest(work, found, outcome, rates)
            until = work.now + (pause or back_off(found.attempts))
            work.sending.not_sent(found.id, until, reason)
        case Unclear(reason) if found.reader:
            drop(work, found.id, State.UNKNOWN, reason)
        case Unclear(reason):  # from now on: whoever stood still has called later than intended
            work.sending.wait(found.id, timing.look_again_at(work.now), reason)


def postpone_look(
    work: Work, attempt: Delivery, outcome: Later, *, rates: dict[str, Rates]
) -> None:
    """The history could not be read just now; it is looked at again later."""
    found = work.sending.get(attempt.id)
    if outcome.pause:
        work.pace.pause(HISTORY, work.now + outcome.pause, rates[HISTORY])
    if found.state is State.SENDING:
        until = work.now + (outcome.pause or back_off(found.attempts))
        work.sending.try_again(found.id, until, outcome.reason)


def updated(work: Work, shown: Delivery, outcome: Outcome, *, rates: dict[str, Rates]) -> None:
    """Write down whether a sent message now shows its newer text."""
    match outcome:
        case Sent() | Never():
            work.sending.updated(shown.id, shown.revision)
        case Later():
            _try_again(work, shown, outcome, rates)
        case Unclear(reason):  # saying the same text again does no harm
            _try_again(work, shown, Later(reason), rates)


def compose(work: Work, delivery: Delivery) -> Page:
    """What an App Home says, as things stand at this moment."""
    if delivery.reader is None:
        raise ValueError(f"Delivery {delivery.id} is nobody's App Home.")
    return home.compose(work, delivery.reader)


def published(work: Work, shown: Delivery, outcome: Outcome, *, rates: dict[str, Rates]) -> None:
    """Write down whether an App Home is current now; it may have become stale in between."""
    match outcome:
        case Sent():
            work.sending.published(shown.id, shown.revision)
        case Never(reason):
            work.sending.drop(shown.id, State.NEVER, reason)
        case Later():
            _try_again(work, shown, outcome, rates)
        case Unclear(reason):
            _try_again(work, shown, Later(reason), rates)


def drop(work: Work, delivery: int, state: State, reason: str) -> None:
    """It is not going to be sent (any more); its owner is told why in the same transaction."""
    found = work.sending.get(delivery)
    if found.is_home or found.state not in SETTLED:  # a home that was shown may be stale again
        work.sending.drop(delivery, state, reason)
        _tell_owner(work, found, state)
        if concerns_people(state, reason) and not found.reader:
            work.deliveries.freshen_homes(work.leads.all())


def postpone(work: Work, delivery: int) -> None:
    """Something unforeseen happened to this one; let the others go first."""
    work.sending.postpone(delivery, work.now + back_off(6), "unforeseen error")


def method_of(delivery: Delivery) -> str:
    """Slack's method that carries it on; what we may call how often is counted by method."""
    if delivery.is_home:
        return "views.publish"
    if delivery.state is State.SENT:
        return "chat.update"
    if delivery.channel is None:
        return "conversations.open"
    return "chat.postEphemeral" if delivery.reader else "chat.postMessage"


def card_of(delivery: Delivery) -> Card:
    if delivery.card is None:
        raise ValueError(f"Delivery {delivery.id} has nothing to say any more.")
    return delivery.card


def _checked(work: Work, delivery: Delivery, step: Step, rates: dict[str, Rates]) -> Step:
    """Just before sending: still there to read it? our turn to speak?"""
    if isinstance(step, Reconcile):
        until = work.pace.turn(HISTORY, delivery.channel, rates[HISTORY])
        return Wait(until) if until else step
    if not isinstance(step, Open | Start | Update | Publish):
        return step
    owner = owner_of(delivery.key)
    if owner and not isinstance(step, Update) and not owner.is_wanted(work, delivery.key):
        return Drop(State.NEVER, NOT_WANTED)
    readers = (*delivery.people, *([delivery.reader] if delivery.reader else []))
    if not isinstance(step, Update) and work.people.deactivated(readers):
        return Drop(State.NEVER, NOT_DELIVERABLE)
    method = method_of(delivery)
    until = work.pace.turn(method, delivery.channel, rates[method])
    if until is None:
        return step
    # everybody in line would look at once for the one turn there is: each comes for its own
    return Wait(until + rates[method].workspace.interval * work.sending.ahead_of(delivery))


def _entered(work: Work, delivery: int, step: Step, timing: Timing) -> Delivery:
    if isinstance(step, Start):
        work.sending.start(delivery, look_again_at=timing.look_again_at(work.now))
    elif isinstance(step, Wait):
        work.sending.wait(delivery, step.until)
    return work.sending.get(delivery)


def _try_again(work: Work, delivery: Delivery, outcome: Later, rates: dict[str, Rates]) -> None:
    """For calls that may be repeated: what they did is done, or is done again to no harm."""
    _rest(work, delivery, outcome, rates)
    until = work.now + (outcome.pause or back_off(delivery.attempts))
    work.sending.try_again(delivery.id, until, outcome.reason)


def _rest(work: Work, delivery: Delivery, outcome: Later, rates: dict[str, Rates]) -> None:
    method = method_of(delivery)
    if outcome.pause:
        work.pace.pause(method, work.now + outcome.pause, rates[method])


def _tell_owner(work: Work, delivery: Delivery, state: State) -> None:
    owner = owner_of(delivery.key)
    if owner:
        owner.settled(work, delivery.key, state)
