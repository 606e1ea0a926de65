"""Join the pool of mentors and mentees, leave it, and end a pair without blame."""

from dataclasses import dataclass

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import State
from bot.domain.ids import Key, UserId
from bot.domain.matching import Role
from bot.domain.mentoring import (
    DELIVERY_KEPT_FOR,
    MOST_MENTEES,
    Enrolment,
    MentorPair,
    PairState,
    thread_key,
)
from bot.domain.refusals import Refused, refuse_if_any
from bot.services import pair_cards
from bot.services.members import leads_to_tell, require_member
from bot.services.topics import topics_and_problem
from storage.work import Work


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody filled in, as they typed it; without a role they leave the pool."""

    role: Role | None
    offers: str
    wants: str
    capacity: int


def enrolment(work: Work, *, user: UserId) -> tuple[Enrolment | None, tuple[str, ...]]:
    """How somebody stands in the pool, and the topics they can be asked about, for the form."""
    require_member(work, user)
    return work.pool.get(user), work.people.choices(user).topics


def sign_up(work: Work, *, user: UserId, wishes: SignUp) -> Card:
    """Join the pool, change what one said, or leave; nobody else hears of it."""
    if wishes.role is None:
        return leave(work, user=user)
    require_member(work, user)
    offers, offers_problem = topics_and_problem(wishes.offers)
    wants, wants_problem = topics_and_problem(wishes.wants)
    is_mentor, is_mentee = wishes.role is not Role.MENTEE, wishes.role is not Role.MENTOR
    refuse_if_any(
        offers=_missing(offers, "offer") if is_mentor and not offers_problem else offers_problem,
        wants=_missing(wants, "wish for") if is_mentee and not wants_problem else wants_problem,
        capacity=None if 1 <= wishes.capacity <= MOST_MENTEES else _TOO_MANY,
    )
    enrolled = Enrolment(
        user,
        wishes.role,
        offers if is_mentor else (),
        wants if is_mentee else (),
        wishes.capacity if is_mentor else 1,
    )
    work.pool.enrol(enrolled)
    return pair_cards.signed_up(enrolled)


def leave(work: Work, *, user: UserId) -> Card:
    """Leave the pool, whoever one is by now; pairs go on until one of the two ends them."""
    was_in = work.pool.leave(user)
    return pair_cards.left_pool(was_in=was_in, pairs=len(work.pairs.active_of(user)))


def end_pair(work: Work, *, user: UserId, pair: int) -> Card:
    """End a pair, at any time and without a reason; the other is not told who did."""
    found = work.pairs.get(pair)
    if found is None or user not in found.people:
        raise Refused("This is not one of your pairs.")
    if found.state is not PairState.ACTIVE:
        return pair_cards.ended_before()
    work.pairs.move(pair, PairState.ENDED)
    # both read the same, so that nobody can tell who it was
    thread = thread_key(pair)
    work.deliveries.edit(thread, pair_cards.introduction_over(found))
    work.deliveries.say(
        Direct(found.people),
        pair_cards.over(),
        key=Key(f"pair/{pair}/over"),
        thread=thread if work.deliveries.has(thread) else None,  # it may be past its retention
        kept_for=DELIVERY_KEPT_FOR,
    )
    return pair_cards.ended_by_you(found.partner_of(user))


def part(work: Work, user: UserId) -> None:
    """Somebody is no member any more: they leave the pool, and their partners are told."""
    work.pool.leave(user)
    for pair in work.pairs.active_of(user):
        work.pairs.move(pair.id, PairState.ENDED)
        partner = pair.partner_of(user)
        _say(work, Direct((partner,)), pair_cards.partner_left(user), pair, "over")


def settled(work: Work, key: Key, state: State) -> None:
    """Take note of what became of an introduction; the lead hears of one that never arrived."""
    pair = _pair_of(work, key)
    if pair is None or key != thread_key(pair.id) or pair.state is not PairState.ACTIVE:
        return
    found = work.rounds.get(pair.round)
    if found is None or state is State.SENT:
        return
    for lead in leads_to_tell(work, found.lead):
        _say(work, Direct((lead,)), pair_cards.not_introduced(pair), pair, f"trouble/{lead}")


def is_wanted(work: Work, key: Key) -> bool:
    """An introduction only while the two are a pair; whatever else was said of it stands."""
    pair = _pair_of(work, key)
    if pair is None:
        return False
    return key != thread_key(pair.id) or pair.state is PairState.ACTIVE


_TOO_MANY = f"A mentor has one to {MOST_MENTEES} mentees at a time."


def _missing(topics: tuple[str, ...], verb: str) -> str | None:
    return None if topics else f"Please name at least one topic you {verb}, as in: sql, feedback."


def _say(work: Work, to: Direct, card: Card, pair: MentorPair, name: str) -> None:
    work.deliveries.say(to, card, key=Key(f"pair/{pair.id}/{name}"), kept_for=DELIVERY_KEPT_FOR)


def _pair_of(work: Work, key: Key) -> MentorPair | None:
    return work.pairs.get(int(key.split("/")[1]))
