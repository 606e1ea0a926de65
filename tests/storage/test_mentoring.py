"""Leads, the pool, rounds and pairs, as they are kept."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.ids import Topic, UserId
from bot.domain.matching import LeftOver, Pair, Role
from bot.domain.mentoring import Enrolment, MentorPair, PairState, Round, RoundState
from storage.database import Database
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    CY,
    DAY,
    NOW,
    ON_SQLITE,
    SECOND,
    SQL,
    join,
    meet,
    run_at,
    run_on,
)

RUST, GO = Topic("rust"), Topic("go")
MENTOR = Enrolment(ADA, Role.MENTOR, offers=(SQL, RUST), capacity=3)
MENTEE = Enrolment(BO, Role.MENTEE, wants=(RUST, SQL, GO))
DREW = Pair(ADA, BO, (SQL, RUST), 6.5, 0.75)


# Leads.


def test_leads_stand_in_the_order_in_which_they_were_named(database: Database) -> None:
    run_on(database)(lambda work: work.leads.name(CY, by=ADA))
    later = run_at(database, NOW + SECOND)
    later(lambda work: work.leads.name(BO, by=ADA))
    later(lambda work: work.leads.name(ADA, by=ADA))
    assert later.look(lambda work: work.leads.all()) == [CY, ADA, BO]


@ON_SQLITE
def test_a_lead_who_is_relieved_can_be_named_again(database: Database) -> None:
    run = run_on(database)
    for user in (ADA, BO):
        run(_name, user)
    run(lambda work: work.leads.relieve([ADA, CY]))
    assert run.look(lambda work: work.leads.all()) == [BO]
    run(lambda work: work.leads.name(ADA, by=CY))
    assert run.look(lambda work: work.leads.all()) == [ADA, BO]


def _name(work: Work, user: UserId) -> None:
    work.leads.name(user, by=CY)


def test_nobody_is_a_lead_twice(database: Database) -> None:
    run = run_on(database)
    run(lambda work: work.leads.name(ADA, by=CY))
    with pytest.raises(IntegrityError):
        run(lambda work: work.leads.name(ADA, by=BO))


# The pool.


@ON_SQLITE
@pytest.mark.parametrize(
    "enrolment", [MENTOR, MENTEE, Enrolment(CY, Role.BOTH, (SQL,), (GO, RUST), 5)]
)
def test_the_pool_keeps_what_was_said_wishes_in_their_order(
    database: Database, enrolment: Enrolment
) -> None:
    run = run_on(database)
    run(lambda work: work.pool.enrol(enrolment))
    assert run.look(lambda work: work.pool.get(enrolment.user)) == enrolment


@ON_SQLITE
def test_to_enrol_again_takes_the_place_of_what_was_said(database: Database) -> None:
    run = run_on(database)
    run(lambda work: work.pool.enrol(MENTOR))
    changed = Enrolment(ADA, Role.MENTEE, wants=(GO,))
    run(lambda work: work.pool.enrol(changed))
    run(lambda work: work.pool.enrol(MENTEE))
    assert run.look(lambda work: work.pool.all()) == [changed, MENTEE]


@ON_SQLITE
def test_whoever_leaves_the_pool_is_out_of_it(database: Database) -> None:
    run = run_on(database)
    run(lambda work: work.pool.enrol(MENTOR))
    assert run(lambda work: work.pool.leave(ADA)) is True
    assert run(lambda work: work.pool.leave(ADA)) is False
    assert run.look(lambda work: work.pool.get(ADA)) is None


# Rounds.


def test_a_round_is_due_at_once_and_until_something_becomes_of_it(database: Database) -> None:
    run = run_on(database)
    number = run(lambda work: work.rounds.open(lead=ADA, seed="s"))
    found = run.look(lambda work: work.rounds.get(number))
    assert found == Round(number, ADA, RoundState.PROPOSING, "s")
    assert run.look(lambda work: work.rounds.due()) == [number]

    run(lambda work: work.rounds.try_again(number, NOW + SECOND))
    assert run.look(lambda work: work.rounds.due()) == []
    assert run.look(lambda work: work.rounds.next_due_at()) == NOW + SECOND
    later = run_at(database, NOW + SECOND)
    assert later.look(lambda work: work.rounds.due()) == [number]
    tried = later.look(lambda work: work.rounds.get(number))
    assert tried
    assert tried.tries == 1

    later(lambda work: work.rounds.move(number, RoundState.DRAFT))
    assert later.look(lambda work: work.rounds.next_due_at()) is None


@ON_SQLITE
def test_those_left_over_are_remembered_until_they_are_replaced(database: Database) -> None:
    run = run_on(database)
    number = run(lambda work: work.rounds.open(lead=ADA, seed="s"))
    left = (LeftOver(BO, Role.MENTEE, "Nobody offers go."), LeftOver(CY, Role.MENTOR, "“Why?”"))
    run(lambda work: work.rounds.move(number, RoundState.DRAFT, left_over=left))
    run(lambda work: work.rounds.move(number, RoundState.PUBLISHED))
    found = run.look(lambda work: work.rounds.get(number))
    assert found
    assert found.left_over == left


@ON_SQLITE
def test_only_a_round_that_waits_is_unsettled(database: Database) -> None:
    run = run_on(database)
    for state in RoundState:
        number = run(lambda work: work.rounds.open(lead=ADA, seed="s"))
        run(_move, number, state)
    waiting = run.look(lambda work: work.rounds.unsettled())
    assert [each.state for each in waiting] == [RoundState.PROPOSING, RoundState.DRAFT]


def _move(work: Work, number: int, state: RoundState) -> None:
    work.rounds.move(number, state)


@ON_SQLITE
def test_the_newest_published_rounds_come_first(database: Database) -> None:
    run = run_on(database)
    numbers = [run(lambda work: work.rounds.open(lead=ADA, seed="s")) for _ in range(5)]
    for number in (numbers[0], *numbers[2:]):
        run(_move, number, RoundState.PUBLISHED)
    found = run.look(lambda work: work.rounds.published(newest=3))
    assert [each.id for each in found] == list(reversed(numbers[2:]))


# Pairs.


@ON_SQLITE
def test_a_proposed_pair_keeps_why_it_was_drawn(database: Database) -> None:
    run = run_on(database)
    number = run(lambda work: work.rounds.open(lead=ADA, seed="s"))
    run(lambda work: work.pairs.propose(number, [DREW]))
    [pair] = run.look(lambda work: work.pairs.of_round(number))
    assert pair == MentorPair(
        pair.id, number, ADA, BO, (SQL, RUST), 6.5, PairState.PROPOSED, began_at=None
    )
    assert run.look(lambda work: work.pairs.get(pair.id)) == pair
    assert run.look(lambda work: work.pairs.active()) == []


@ON_SQLITE
def test_a_pair_begins_when_it_is_introduced(database: Database) -> None:
    [pair] = run_at(database, NOW + DAY)(meet, (ADA, BO))
    found = run_on(database).look(lambda work: work.pairs.get(pair.id))
    assert found
    assert (found.state, found.began_at) == (PairState.ACTIVE, NOW + DAY)


def test_my_pairs_are_those_in_which_i_am_either_of_the_two(database: Database) -> None:
    run = run_on(database)
    first, second, third = run(meet, (ADA, BO), (ADA, CY), (BO, ADA))
    assert _ids(run.look(lambda work: work.pairs.active_of(ADA))) == _ids([first, second, third])
    assert _ids(run.look(lambda work: work.pairs.active_of(CY))) == _ids([second])

    run(lambda work: work.pairs.move(second.id, PairState.ENDED))
    assert run.look(lambda work: work.pairs.active_of(CY)) == []
    assert _ids(run.look(lambda work: work.pairs.active())) == _ids([first, third])


def test_those_who_met_in_a_round_are_known_whatever_became_of_them(database: Database) -> None:
    run = run_on(database)
    kept, ended, left_out = run(meet, (ADA, BO), (BO, CY), (CY, ADA))
    run(lambda work: work.pairs.move(ended.id, PairState.ENDED))
    run(lambda work: work.pairs.move(left_out.id, PairState.LEFT_OUT))
    [other] = run(meet, (ADA, BO))
    run(lambda work: join(work, ADA))
    met = run.look(lambda work: work.pairs.of_rounds([kept.round]))
    assert _ids(met) == _ids([kept, ended])
    assert _ids(run.look(lambda w: w.pairs.of_rounds([kept.round, other.round]))) == _ids(
        [kept, ended, other]
    )
    assert run.look(lambda work: work.pairs.of_rounds([])) == []


def test_nobody_has_two_mentors_of_one_round(database: Database) -> None:
    with pytest.raises(IntegrityError):
        run_on(database)(meet, (ADA, BO), (CY, BO))


def _ids(pairs: list[MentorPair]) -> list[int]:
    return [pair.id for pair in pairs]
