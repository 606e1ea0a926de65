"""Makes pairs of a pool: draws an order, finds who fits, assigns, and says who is left over."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from bot.domain.assignment import assign
from bot.domain.edges import Edges, find_edges
from bot.domain.fit import Verdict
from bot.domain.left_over import Reasons, Tally
from bot.domain.matching import LeftOver, Member, Pair, Pool, Proposal, Role


def pair_up(pool: Pool) -> Proposal:
    """The proposal that `bot.domain.matching.propose` promises."""
    drawn = sorted(pool.members, key=lambda member: _lot(pool.seed, member))
    mentees = [member for member in drawn if member.seeks_mentor]
    mentors = [member for member in drawn if member.seeks_mentee]
    edges = find_edges(mentees, mentors, past=pool.past, on=pool.on)
    chosen = assign(
        edges.mentees,
        edges.mentors,
        edges.scores,
        n_rows=len(mentees),
        capacities=[mentor.capacity for mentor in mentors],
    )
    pairs = [_pair(mentees, mentors, edges, place) for place in chosen]
    left_over = _left_over(pool, mentees, mentors, edges, pairs)
    return Proposal(
        tuple(sorted(pairs, key=lambda pair: (pair.mentor, pair.mentee))),
        tuple(sorted(left_over, key=lambda left: (left.user, left.role))),
    )


def _lot(seed: str, member: Member) -> bytes:
    """What decides between equals: anybody can draw it again from the seed."""
    return sha256(f"{seed}\0{member.user}".encode()).digest()


def _pair(mentees: Sequence[Member], mentors: Sequence[Member], edges: Edges, place: int) -> Pair:
    mentee, mentor = mentees[edges.mentees[place]], mentors[edges.mentors[place]]
    return Pair(
        mentor.user,
        mentee.user,
        tuple(topic for topic in dict.fromkeys(mentee.wants) if topic in mentor.offers),
        float(edges.hours[place]),
        float(edges.scores[place]),
    )


def _left_over(
    pool: Pool,
    mentees: Sequence[Member],
    mentors: Sequence[Member],
    edges: Edges,
    pairs: Sequence[Pair],
) -> Iterator[LeftOver]:
    """A mentor who was given a mentor is not left over: an unused offer is no bad news to them."""
    reasons = Reasons(pool.members)
    given = {pair.mentee for pair in pairs}
    giving = {pair.mentor for pair in pairs}
    for mentee, verdicts in zip(mentees, edges.of_mentees.tolist(), strict=True):
        if mentee.user not in given:
            why = reasons.why_no_mentor(mentee, _tally(verdicts))
            yield LeftOver(mentee.user, Role.MENTEE, why)
    for mentor, verdicts in zip(mentors, edges.of_mentors.tolist(), strict=True):
        if mentor.user not in given | giving:
            why = reasons.why_no_mentee(mentor, _tally(verdicts))
            yield LeftOver(mentor.user, Role.MENTOR, why)


def _tally(verdicts: Sequence[int]) -> Tally:
    return dict(zip(Verdict, verdicts, strict=True))
