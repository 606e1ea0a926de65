"""Let people settle what nobody else can: did it arrive, or shall it be sent again."""

from collections.abc import Collection

from bot.domain.cards import Page
from bot.domain.deliveries import State
from bot.domain.ids import UserId
from bot.domain.people import Channel
from bot.domain.refusals import Refused
from bot.domain.undelivered import CALLED_OFF, Undelivered
from bot.services import undelivered_cards as cards
from bot.services.members import require_lead
from bot.services.owners import owner_of
from storage.work import Work

A_PAGE = 15


def present(work: Work, *, lead: UserId) -> Page:
    """What is in doubt or was refused, for a lead's page."""
    require_lead(work, lead)
    found = work.troubles.newest(A_PAGE)
    channels = [_channel(work, each) for each in found]
    return cards.page(found, channels, work.troubles.count() - len(found))


def confirm(work: Work, *, lead: UserId, delivery: int) -> None:
    """A lead knows that it arrived."""
    require_lead(work, lead)
    _require_doubt(work, delivery)
    arrived(work, delivery=delivery)


def repeat(work: Work, *, lead: UserId, delivery: int) -> None:
    """A lead wants it sent again; only of what is in doubt, whose words are still kept."""
    require_lead(work, lead)
    _require_doubt(work, delivery)
    send_again(work, delivery=delivery)


def listed(work: Work, *, states: Collection[State]) -> list[Undelivered]:
    return work.troubles.listed(states)


def has(work: Work, *, delivery: int) -> bool:
    return work.troubles.get(delivery) is not None


def arrived(work: Work, *, delivery: int) -> None:
    """It is sent, by a person's word: what hangs on that goes on."""
    found = _existing(work, delivery)
    if found.state is not State.UNKNOWN:
        raise Refused(f"Only what is unknown can be said to have arrived; this is {found.state}.")
    work.troubles.arrived(delivery)
    _settled(work, found, State.SENT)


def send_again(work: Work, *, delivery: int) -> None:
    """What is unknown goes out once more; what waits is looked at now."""
    found = _existing(work, delivery)
    if found.state is State.WAITING:
        work.troubles.hurry(delivery)
    elif found.is_repeatable:
        work.troubles.send_again(delivery)
    elif found.state in {State.UNKNOWN, State.NEVER}:
        raise Refused("Its words are gone, so it cannot be sent again.")
    else:
        raise Refused(f"There is nothing to send again: this is {found.state}.")
    work.deliveries.changed = True
    _show_leads(work)


def call_off(work: Work, *, delivery: int) -> None:
    """It is not going to be sent; whether what is unknown arrived is nobody's question any more."""
    found = _existing(work, delivery)
    if found.state not in {State.WAITING, State.UNKNOWN}:
        raise Refused(f"Only what waits or is unknown can be called off; this is {found.state}.")
    work.troubles.call_off(delivery, CALLED_OFF)
    _settled(work, found, State.CANCELLED)


def _settled(work: Work, found: Undelivered, state: State) -> None:
    owner = owner_of(found.key)
    if owner:
        owner.settled(work, found.key, state)
    _show_leads(work)


def _show_leads(work: Work) -> None:
    work.deliveries.freshen_homes(work.leads.all())


def _require_doubt(work: Work, delivery: int) -> None:
    """Two leads may have the page open, and the operator a terminal."""
    if _existing(work, delivery).state is not State.UNKNOWN:
        raise Refused("Somebody has settled this one in the meantime.")


def _existing(work: Work, delivery: int) -> Undelivered:
    found = work.troubles.get(delivery)
    if found is None:
        raise Refused(f"There is no delivery {delivery}.")
    return found


def _channel(work: Work, found: Undelivered) -> Channel | None:
    return work.channels.get(found.channel) if found.channel else None
