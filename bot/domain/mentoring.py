"""The pool, the rounds that pair it, and the life of a pair."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import Key, Topic, UserId
from bot.domain.matching import LeftOver, Member, Role

MOST_MENTEES = 5
"""More than that at a time, and nobody gets a mentor's attention."""

NO_REPEAT_FOR = 3
"""Rounds in which the same two are not paired again."""

GIVE_UP_AFTER = 5
"""Tries to find pairs; then the lead is told that it cannot be done."""

DELIVERY_KEPT_FOR = timedelta(days=7)
"""An introduction that could not be delivered for so long is not sent any more."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How somebody is in the pool: as what, about what, and for how many at a time."""

    user: UserId
    role: Role
    offers: tuple[Topic, ...] = ()
    wants: tuple[Topic, ...] = ()
    capacity: int = 1

    @property
    def is_mentor(self) -> bool:
        return self.role is not Role.MENTEE

    @property
    def is_mentee(self) -> bool:
        return self.role is not Role.MENTOR


class RoundState(StrEnum):
    PROPOSING = "proposing"
    """Pairs are being looked for."""
    DRAFT = "draft"
    """Shown to the lead alone; nobody else has heard of it."""
    PUBLISHED = "published"
    DISCARDED = "discarded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    lead: UserId
    state: RoundState
    seed: str
    left_over: tuple[LeftOver, ...] = ()
    tries: int = 0


class PairState(StrEnum):
    PROPOSED = "proposed"
    LEFT_OUT = "left out"
    """It could not be kept when the round was published: somebody had left or paused."""
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class MentorPair:
    """Two people who were proposed to each other, and how far they have come."""

    id: int
    round: int
    mentor: UserId
    mentee: UserId
    topics: tuple[Topic, ...]
    hours: float
    state: PairState
    began_at: datetime | None = None

    @property
    def people(self) -> tuple[UserId, UserId]:
        return self.mentor, self.mentee

    def partner_of(self, user: UserId) -> UserId:
        return self.mentee if user == self.mentor else self.mentor


def sort_out(
    pairs: Iterable[MentorPair], members: Iterable[Member]
) -> tuple[list[MentorPair], list[MentorPair]]:
    """Proposed pairs that can be, as the pool stands by now, and those that cannot any more.

    Days may have passed: somebody may have left, paused, found another, or other topics.
    """
    pool = {member.user: member for member in members}
    places = Counter({each.user: each.capacity for each in pool.values() if each.seeks_mentee})
    kept, broken = [], []
    for pair in pairs:
        if places[pair.mentor] > 0 and _still_fits(pair, pool):
            places[pair.mentor] -= 1
            kept.append(pair)
        else:
            broken.append(pair)
    return kept, broken


def bereft(broken: Iterable[MentorPair], kept: Iterable[MentorPair]) -> list[LeftOver]:
    """Whoever was to meet somebody and now meets nobody: they are told, and go first next time."""
    mentors = {pair.mentor for pair in kept}
    broken = list(broken)
    alone = {pair.mentor for pair in broken} - mentors
    why = "Somebody who would have suited is not free any more."
    mentees = [LeftOver(pair.mentee, Role.MENTEE, why) for pair in broken]
    return [*mentees, *(LeftOver(mentor, Role.MENTOR, why) for mentor in sorted(alone))]


def _still_fits(pair: MentorPair, pool: Mapping[UserId, Member]) -> bool:
    mentor, mentee = pool.get(pair.mentor), pool.get(pair.mentee)
    if mentor is None or mentee is None or not mentee.seeks_mentor:
        return False
    return set(pair.topics) <= {*mentor.offers} & {*mentee.wants}


def draft_key(round_id: int, page: int = 0) -> Key:
    """The delivery that shows a draft to its lead; further pages stand in its thread."""
    return Key(f"round/{round_id}/draft" + (f"/{page}" if page else ""))


def thread_key(pair: int) -> Key:
    """The delivery that introduces the two to each other, and begins their thread."""
    return Key(f"pair/{pair}/thread")
