"""Mentors and mentees: who can be matched, and the pairs that are proposed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import Topic, UserId


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the pool, as what, and for what."""

    user: UserId
    role: Role
    zone: str
    offers: tuple[Topic, ...] = ()
    wants: tuple[Topic, ...] = ()
    """The most wished for comes first."""
    capacity: int = 1
    """Places that are free right now."""
    needs_mentor: bool = True
    waited: bool = False
    """Left over in the last published round."""

    @property
    def seeks_mentee(self) -> bool:
        return self.role is not Role.MENTEE and self.capacity > 0

    @property
    def seeks_mentor(self) -> bool:
        return self.role is not Role.MENTOR and self.needs_mentor


@dataclass(frozen=True, slots=True)
class Pool:
    """All that a round is decided from: the same pool always gives the same proposal."""

    members: tuple[Member, ...]
    on: date
    seed: str
    past: frozenset[tuple[UserId, UserId]] = frozenset()
    """Mentor and mentee who must not be paired now."""

    def __post_init__(self) -> None:
        if len({member.user for member in self.members}) < len(self.members):
            raise ValueError("somebody is in the pool twice")


@dataclass(frozen=True, slots=True)
class Pair:
    mentor: UserId
    mentee: UserId
    topics: tuple[Topic, ...]
    """What one offers and the other wants, in the mentee's order."""
    hours: float
    """Working hours a day that both share."""
    score: float


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody for whom nobody was found on one side."""

    user: UserId
    role: Role
    """As what: MENTOR or MENTEE."""
    why: str
    """One sentence with numbers and no names, for the lead and for the person alike."""


@dataclass(frozen=True, slots=True)
class Proposal:
    pairs: tuple[Pair, ...]
    left_over: tuple[LeftOver, ...]


def propose(pool: Pool) -> Proposal:
    """The best pairs: as many mentees as possible, then the worst pair as good as possible,
    then the highest total score.

    Everybody who seeks a mentor is in one pair or left over; everybody with free places is in as
    many pairs as they have places, at most, or left over. Only who was given a mentor and got no
    mentee is not called left over: they have a pair. Two who want to learn from each other may
    become two pairs.
    """
    from bot.domain.pairing import pair_up  # noqa: PLC0415 - SciPy only where pairs are made

    return pair_up(pool)
