"""Hold the occasions of activities on time: once for each local date, or skipped on record."""

from datetime import timedelta

from bot.activities import BY_KIND
from bot.activities.base import ActivityKind, Occasion, Step
from bot.domain.cadence import Occurrence
from bot.domain.cards import Direct, InChannel
from bot.domain.deliveries import NOT_WANTED, TOO_LATE, Priority, State
from bot.domain.ids import Key
from bot.domain.refusals import Refused
from bot.domain.running import (
    TEXT_KEPT_FOR,
    HeldOccasion,
    OccasionState,
    RunningActivity,
    RunState,
    step_key,
)
from bot.services import activity_cards
from bot.services.members import leads_to_tell
from storage.work import Work

OURS = frozenset({NOT_WANTED, TOO_LATE})
"""Reasons for which a message was not sent that say nothing about its channel."""

ZONES_CHANGE = timedelta(days=2)
"""By less than this, when a country decides on another time: no week is lost by it."""


def due(work: Work) -> list[int]:
    """The activities whose next occasion is to begin."""
    return work.activities.due()


def begin_occasions(work: Work, activity: int) -> None:
    """Claim the local dates that have come since the last look; skip those that are too late."""
    found = work.activities.get(activity)
    if found is None or found.state is not RunState.RUNNING or found.due_at is None:
        return
    occurrence = found.weekly.next_after(found.due_at - ZONES_CHANGE)
    while occurrence.at <= work.now:
        _begin(work, found, occurrence)
        occurrence = found.weekly.next_after(occurrence.at)
    work.activities.move(activity, RunState.RUNNING, due_at=occurrence.at)


def due_steps(work: Work) -> list[int]:
    """The occasions of which a step is to be made."""
    return work.occasions.due()


def make_step(work: Work, occasion: int) -> None:
    """Say what the next step of an occasion has to say, unless it is too late for that."""
    found = work.occasions.get(occasion)
    activity = work.activities.get(found.activity) if found else None
    if found is None or activity is None or found.due_at is None or found.due_at > work.now:
        return
    steps = BY_KIND[activity.kind].steps
    step, rest = steps[found.steps_done], steps[found.steps_done + 1 :]
    if activity.state is RunState.RUNNING and step.is_fresh(found.starts_at, work.now):
        _say_step(work, activity, found, step)
    elif step is steps[0]:
        work.occasions.skip(occasion)
        return
    work.occasions.step_done(occasion, due_at=rest[0].due_at(found.starts_at) if rest else None)


def settled(work: Work, key: Key, state: State) -> None:
    """What was never asked was not held; where Slack forbids it, the activity rests."""
    found = work.occasions.get(_occasion_of(key))
    activity = work.activities.get(found.activity) if found else None
    if found is None or activity is None or state is not State.NEVER:
        return
    if "/answer/" in key:
        _tell_author(work, activity, key)
    if key != step_key(found.id, BY_KIND[activity.kind].steps[0].name):
        return
    work.occasions.skip(found.id)
    reason = work.deliveries.reason_of(key)
    if activity.state is not RunState.RUNNING or reason is None or reason in OURS:
        return
    work.activities.move(activity.id, RunState.PAUSED, reason=reason)
    card = activity_cards.could_not_post(BY_KIND[activity.kind], activity, reason)
    for lead in leads_to_tell(work, activity.lead):
        key = Key(f"lead/{lead}/activity/{found.id}")
        work.deliveries.say(Direct((lead,)), card, key=key)


def is_wanted(work: Work, key: Key) -> bool:
    """What an occasion says, while its activity runs; what people added, always."""
    found = work.occasions.get(_occasion_of(key))
    activity = work.activities.get(found.activity) if found else None
    if activity is None:
        return False
    return "/answer/" in key or activity.state is RunState.RUNNING


def open_occasion(work: Work, occasion: int) -> tuple[ActivityKind, Occasion]:
    found = work.occasions.get(occasion)
    activity = work.activities.get(found.activity) if found else None
    if found is None or activity is None:
        raise Refused("I know nothing of this question any more.")
    kind = BY_KIND[activity.kind]
    if found.starts_at < work.now - TEXT_KEPT_FOR or not work.deliveries.has(
        step_key(occasion, kind.steps[0].name)
    ):
        raise Refused("This was asked long ago, and is closed by now. Thank you all the same.")
    return kind, _occasion(work, activity, found)


def _tell_author(work: Work, activity: RunningActivity, key: Key) -> None:
    """Whoever was thanked for an answer hears that it never arrived, if we may know who."""
    author = work.contributions.author_of(int(key.split("/")[3]))
    if author:
        card = activity_cards.answer_not_posted(activity)
        work.deliveries.say(Direct((author,)), card, key=Key(f"sorry/{key}"))


def _begin(work: Work, activity: RunningActivity, occurrence: Occurrence) -> None:
    first = BY_KIND[activity.kind].steps[0]
    gap = work.installation.gap()
    was_held = gap is not None and gap.covers(occurrence.at)  # as far as one can tell
    if first.is_fresh(occurrence.at, work.now) and not was_held:
        work.occasions.claim(activity, occurrence, due_at=first.due_at(occurrence.at))
    else:
        work.occasions.claim(activity, occurrence, OccasionState.SKIPPED)


def _say_step(work: Work, activity: RunningActivity, found: HeldOccasion, step: Step) -> None:
    opening = BY_KIND[activity.kind].steps[0]
    stale_at = step.due_at(found.starts_at) + step.fresh_for
    work.deliveries.say(
        InChannel(activity.channel),
        step.compose(_occasion(work, activity, found)),
        key=step_key(found.id, step.name),
        thread=None if step is opening else step_key(found.id, opening.name),
        kept_for=stale_at - work.now,
        priority=Priority.BULK,
    )


def _occasion(work: Work, activity: RunningActivity, found: HeldOccasion) -> Occasion:
    before = work.occasions.before(found)
    return Occasion(
        id=found.id,
        activity=activity.id,
        channel=activity.channel,
        on=found.on,
        number=found.number,
        settings=found.settings,
        answers_last_time=work.contributions.count(before.id) if before else None,
    )


def _occasion_of(key: Key) -> int:
    return int(key.split("/")[1])
