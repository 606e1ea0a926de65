"""Open a round, let pairs be proposed, and publish or discard the draft."""

from collections import Counter

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority, State, back_off
from bot.domain.ids import Key, UserId
from bot.domain.matching import LeftOver, Member, Pool, Proposal
from bot.domain.mentoring import (
    DELIVERY_KEPT_FOR,
    GIVE_UP_AFTER,
    NO_REPEAT_FOR,
    Enrolment,
    MentorPair,
    PairState,
    Round,
    RoundState,
    bereft,
    draft_key,
    sort_out,
    thread_key,
)
from bot.domain.refusals import Refused
from bot.services import pair_cards, round_cards
from bot.services.members import require_lead
from storage.work import Work


def open_round(work: Work, *, lead: UserId) -> Card:
    """Have pairs looked for; the draft comes to the lead alone, and takes the place of an older."""
    require_lead(work, lead)
    if not work.pool.all():
        raise Refused(
            "Nobody has signed up yet, so there is nobody to pair. Invite your colleagues to type "
            "the command alone: it opens the form."
        )
    for older in work.rounds.unsettled():
        _discard(work, older, round_cards.replaced(lead))
    seed = f"{work.tenant}/{work.now.isoformat()}"
    work.rounds.open(lead=lead, seed=seed)
    return round_cards.looking()


def due(work: Work) -> list[int]:
    """The rounds for which pairs are to be looked for."""
    return work.rounds.due()


def problem(work: Work, round_id: int) -> Pool | None:
    """Who can be paired with whom, as things stand; None if nobody waits for it any more."""
    found = work.rounds.get(round_id)
    if found is None or found.state is not RoundState.PROPOSING:
        return None
    last = work.rounds.published(newest=NO_REPEAT_FOR)
    past = work.pairs.of_rounds(each.id for each in last)
    return Pool(
        members=tuple(_members(work, last[0].left_over if last else ())),
        on=work.now.date(),
        seed=found.seed,
        past=frozenset(pair.people for pair in past),
    )


def propose(work: Work, round_id: int, proposal: Proposal) -> None:
    """Show the proposed pairs to the lead who asked for them."""
    found = work.rounds.get(round_id)
    if found is None or found.state is not RoundState.PROPOSING:
        return
    if found.lead not in work.leads.all():  # whoever is no lead any more has no business with it
        _discard(work, found, round_cards.discarded())
        return
    work.pairs.propose(round_id, proposal.pairs)
    work.rounds.move(round_id, RoundState.DRAFT, left_over=proposal.left_over)
    pairs = work.pairs.of_round(round_id)
    for number, card in enumerate(round_cards.draft(found, pairs, proposal.left_over)):
        work.deliveries.say(
            Direct((found.lead,)),
            card,
            key=draft_key(round_id, number),
            thread=draft_key(round_id) if number else None,
            priority=Priority.REPLY,
        )


def postpone(work: Work, round_id: int) -> None:
    """Looking for pairs failed; try again later, and in the end tell the lead."""
    found = work.rounds.get(round_id)
    if found is None or found.state is not RoundState.PROPOSING:
        return
    if found.tries < GIVE_UP_AFTER:
        work.rounds.try_again(round_id, work.now + back_off(found.tries + 3))
        return
    work.rounds.move(round_id, RoundState.FAILED)
    key = Key(f"round/{round_id}/failed")
    work.deliveries.say(Direct((found.lead,)), round_cards.failed(), key=key)


def publish(work: Work, *, lead: UserId, round_id: int) -> Card:
    """Introduce every pair that can still be; nothing was sent to anybody before this."""
    require_lead(work, lead)
    found = _existing(work, round_id)
    if found.state is not RoundState.DRAFT:
        return round_cards.stale(found.state)
    kept, broken = sort_out(work.pairs.of_round(round_id), _members(work, ()))
    for pair in kept:
        introduce(work, pair)
    for pair in broken:
        work.pairs.move(pair.id, PairState.LEFT_OUT)
    left_over = (*found.left_over, *bereft(broken, kept))
    for left in left_over:
        _console(work, round_id, left)
    for older in work.rounds.published(newest=1):  # only the last one's are asked for
        work.rounds.move(older.id, RoundState.PUBLISHED, left_over=())
    work.rounds.move(round_id, RoundState.PUBLISHED, left_over=left_over)
    _close_draft(work, round_id, round_cards.published(lead, kept, broken, left_over))
    return round_cards.publishing(len(kept))


def discard(work: Work, *, lead: UserId, round_id: int) -> Card:
    """Let a draft go; nobody ever hears of it."""
    require_lead(work, lead)
    found = _existing(work, round_id)
    if found.state is not RoundState.DRAFT:
        return round_cards.stale(found.state)
    _discard(work, found, round_cards.discarded())
    return round_cards.discarded()


def settled(work: Work, key: Key, state: State) -> None:
    """A draft that cannot be shown can be asked for again; there is nothing to take note of."""


def is_wanted(work: Work, key: Key) -> bool:
    """A draft only until it is published or discarded."""
    _, number, name, *_ = key.split("/")
    found = work.rounds.get(int(number))
    if found is None or name != "draft":
        return found is not None
    return found.state is RoundState.DRAFT and found.lead in work.leads.all()


def _existing(work: Work, round_id: int) -> Round:
    found = work.rounds.get(round_id)
    if found is None:
        raise Refused("I know nothing of this round any more. Please open a new one.")
    return found


def _discard(work: Work, found: Round, outcome: Card) -> None:
    """Of a draft nobody has heard of, nothing is kept."""
    work.rounds.move(found.id, RoundState.DISCARDED, left_over=())
    work.pairs.forget(found.id)
    _close_draft(work, found.id, outcome)


def _close_draft(work: Work, round_id: int, outcome: Card) -> None:
    """The first page says what became of it, and the others nothing of anybody any more."""
    work.deliveries.edit(draft_key(round_id), outcome)
    page = 1
    while work.deliveries.edit(draft_key(round_id, page), round_cards.settled_page()):
        page += 1


def _members(work: Work, left_over: tuple[LeftOver, ...]) -> list[Member]:
    """Those in the pool who are here and not paused, with the places they have left."""
    pool = {each.user: each for each in work.pool.all()}
    waited = {left.user for left in left_over}
    active = work.pairs.active()
    mentees_of = Counter(pair.mentor for pair in active)
    has_mentor = {pair.mentee for pair in active}
    return [
        Member(
            user=person.user,
            role=pool[person.user].role,
            zone=person.zone,
            offers=pool[person.user].offers,
            wants=pool[person.user].wants,
            capacity=_free(pool[person.user], mentees_of[person.user]),
            needs_mentor=person.user not in has_mentor,
            waited=person.user in waited,
        )
        for person in work.people.available(pool)
    ]


def _free(enrolment: Enrolment, mentees: int) -> int:
    return max(0, enrolment.capacity - mentees) if enrolment.is_mentor else 0


def introduce(work: Work, pair: MentorPair) -> None:
    """Make them a pair, and begin their thread."""
    work.pairs.move(pair.id, PairState.ACTIVE)
    work.deliveries.say(
        Direct(pair.people),
        pair_cards.introduction(pair),
        key=thread_key(pair.id),
        kept_for=DELIVERY_KEPT_FOR,
        keep=True,
    )


def _console(work: Work, round_id: int, left: LeftOver) -> None:
    """Nobody is dropped in silence."""
    if work.pool.get(left.user) is None:
        return
    work.deliveries.say(
        Direct((left.user,)),
        round_cards.nobody_this_time(left),
        key=Key(f"round/{round_id}/left/{left.user}/{left.role}"),
        kept_for=DELIVERY_KEPT_FOR,
        priority=Priority.BULK,
    )
