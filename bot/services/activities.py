"""Start, pause, resume and end the activities that run in channels."""

from bot.activities import BY_KIND
from bot.activities.base import Settings
from bot.domain.cadence import Weekly
from bot.domain.cards import Card, Page
from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import Invalid, Refused, refuse_if_any
from bot.domain.running import RunningActivity, RunState
from bot.domain.text import normalise
from bot.services import activity_cards
from bot.services.members import require_lead
from storage.work import Work

TWIN = (
    "There is one in this channel at this time already. Choose another time, or end "
    "the other one first."
)


def start(
    work: Work,
    *,
    lead: UserId,
    kind: str,
    channel: ChannelId,
    weekly: Weekly,
    settings: Settings,
) -> Card:
    """Begin an activity; its first occasion is at the next such weekday and time."""
    require_lead(work, lead)
    chosen = {name: normalise(value) for name, value in settings.items()}
    problems = BY_KIND[kind].problems(chosen)
    if problems:
        raise Invalid(problems)
    has_twin = _has_twin(work, kind, channel, weekly)
    refuse_if_any(channel=TWIN if has_twin else None)
    first = weekly.next_after(work.now)
    work.activities.start(
        kind=kind,
        channel=channel,
        lead=lead,
        settings=chosen,
        weekly=weekly,
        due_at=first.at,
    )
    return activity_cards.started(BY_KIND[kind], chosen, channel, weekly, first)


def overview(work: Work, *, lead: UserId) -> list[RunningActivity]:
    """Everything that runs or is paused, for any lead to manage; what they started comes first."""
    require_lead(work, lead)
    return sorted(work.activities.open(), key=lambda each: each.lead != lead)


def listing(work: Work, *, lead: UserId, after: int = 0) -> Page:
    """A page of them, from the one after that number on.

    What is asked in a private channel is shown to the lead whose it is, and to no other.
    """
    found = [each for each in overview(work, lead=lead) if each.id > after]
    public = set(work.channels.public())
    shown = {each.id for each in found if each.channel in public or each.lead == lead}
    return activity_cards.listing(found, shown, is_first=after == 0)


def pause(work: Work, *, lead: UserId, activity: int) -> Card:
    """Hold no more occasions until it is resumed."""
    found = _managed(work, lead, activity)
    if found.state is RunState.RUNNING:
        work.activities.move(activity, RunState.PAUSED)
    return _managed_card(work, activity)


def resume(work: Work, *, lead: UserId, activity: int) -> Card:
    """Go on with the next occasion; those missed meanwhile are not made up for."""
    found = _managed(work, lead, activity)
    if found.state is RunState.PAUSED:
        due_at = found.weekly.next_after(work.now).at
        work.activities.move(activity, RunState.RUNNING, due_at=due_at)
    return _managed_card(work, activity)


def end(work: Work, *, lead: UserId, activity: int) -> Card:
    """Hold no more occasions; what was said stays."""
    found = _managed(work, lead, activity)
    if found.state is not RunState.ENDED:
        work.activities.move(activity, RunState.ENDED)
    return _managed_card(work, activity)


def _has_twin(work: Work, kind: str, channel: ChannelId, weekly: Weekly) -> bool:
    """Two of a kind in a channel at the same time: most likely a double click."""
    return any(
        (each.kind, each.channel, each.weekly) == (kind, channel, weekly)
        for each in work.activities.open()
    )


def _managed(work: Work, lead: UserId, activity: int) -> RunningActivity:
    require_lead(work, lead)
    found = work.activities.get(activity)
    if found is None:
        raise Refused("I know nothing of this activity any more.")
    return found


def _managed_card(work: Work, activity: int) -> Card:
    found = work.activities.get(activity)
    return activity_cards.managed(found) if found else Card("This is gone")
