"""All of one's own terms in one form: shown as they are, and taken over as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.domain.availability import Availability
from bot.domain.cards import Card, body
from bot.domain.ids import Topic, UserId
from bot.domain.people import Choices, Switch
from bot.domain.refusals import refuse_if_any
from bot.domain.working_time import WorkingHours
from bot.services.choose import end_of_pause, limit_problem
from bot.services.hours import days_problem, hours_problem, place_and_problem
from bot.services.members import require_member
from bot.services.overview import standing
from bot.services.topics import topics_and_problem
from storage.work import Work

MOST_AVOIDED = 50
"""In one form; a colleague put there by a button stays, whether it is shown or not."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody chose so far."""

    choices: Choices
    at_work: Availability
    refused: tuple[Topic, ...] = ()
    avoided: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody filled in about themselves, as they typed it."""

    topics: str
    limit: str
    is_paused: bool
    until: date | None
    starts: time
    ends: time
    days: frozenset[int]
    country: str
    refused: str = ""
    avoided: Sequence[UserId] = ()
    shown: Sequence[UserId] = ()
    """Whom they avoided when the form was shown."""
    switches: frozenset[Switch] = field(default_factory=frozenset)


def current(work: Work, *, user: UserId) -> Terms:
    require_member(work, user)
    people = [work.people.get(other) for other in sorted(work.boundaries.avoided_by(user))]
    return Terms(
        work.people.choices(user),
        work.people.hours_of(user),
        work.boundaries.refused_by(user),
        tuple(person.user for person in people if person and person.takes_part)[:MOST_AVOIDED],
    )


def too_many(avoided: Sequence[UserId]) -> str | None:
    if len(avoided) <= MOST_AVOIDED:
        return None
    return f"Please choose at most {MOST_AVOIDED} colleagues here."


def save(work: Work, *, user: UserId, wishes: Wishes) -> Card:
    """Take over a whole form; with anything wrong in it, nothing is changed."""
    person = require_member(work, user)
    topics, topics_problem = topics_and_problem(wishes.topics)
    refused, refused_problem = topics_and_problem(wishes.refused)
    place, place_problem = place_and_problem(wishes.country)
    until, until_problem = end_of_pause(work, person, wishes.until)
    refuse_if_any(
        topics=topics_problem,
        refused=refused_problem,
        limit=limit_problem(wishes.limit),
        until=until_problem if wishes.is_paused else None,
        ends=hours_problem(wishes.starts, wishes.ends),
        days=days_problem(wishes.days),
        country=place_problem,
        avoided=too_many(wishes.avoided),
    )
    work.people.set_topics(user, topics)
    work.people.set_limit(user, int(wishes.limit))
    work.people.set_paused(user, wishes.is_paused, until)
    work.people.set_hours(user, WorkingHours(wishes.starts, wishes.ends, wishes.days))
    work.people.set_place(user, place)
    for switch in Switch:
        work.people.switch(user, switch, switch in wishes.switches)
    work.boundaries.refuse_only(user, refused)
    _avoid(work, user, wishes)
    return Card("Saved", body(*standing(work, user)), footnote=body("Only you can see this."))


def _avoid(work: Work, user: UserId, wishes: Wishes) -> None:
    """Only what was changed in the form: who was not shown in it stays where they are."""
    dropped = set(wishes.shown) - set(wishes.avoided)
    chosen = work.people.known(wishes.avoided) - {user}
    work.boundaries.avoid_only(user, (work.boundaries.avoided_by(user) | chosen) - dropped)
