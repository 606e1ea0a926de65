"""Who is left over hears why: in one sentence, with numbers, without names."""

import pytest
from hypothesis import given, settings

from bot.domain.ids import Topic, UserId
from bot.domain.left_over import either
from bot.domain.matching import Member, Pool, Proposal, Role, propose
from tests.domain.test_matching import (
    BERLIN,
    GIT,
    NEW_YORK,
    SQL,
    TEA,
    TOKYO,
    is_mentor,
    mentee,
    mentor,
    pools,
    proposed,
)

FAR = [mentor(f"far{n}", SQL, zone=TOKYO) for n in range(2)]
FULL = [mentor(f"full{n}", SQL, places=0) for n in range(2)]
PAST = [mentor(f"past{n}", SQL) for n in range(2)]
NEVER = frozenset((member.user, UserId("cy")) for member in PAST)
WISHES = tuple(Topic(name) for name in ("a", "b", "c", "d", "sql"))
ELSEWHERE = [mentor(f"else{n}", wish, zone=TOKYO) for n, wish in enumerate(WISHES[:-1])]
WEAK = [mentor(f"weak{n}", SQL, zone=NEW_YORK) for n in range(2)]


def why(proposal: Proposal, user: str, role: Role) -> str:
    [found] = [left for left in proposal.left_over if (left.user, left.role) == (user, role)]
    return found.why


@pytest.mark.parametrize(
    ("others", "wants", "said"),
    [
        ([], (), "No topic to learn was named."),
        ([], (SQL,), "Nobody in the pool offers sql."),
        ([mentor("ada", TEA)], (SQL, GIT), "Nobody in the pool offers sql or git."),
        (FULL[:1], (SQL,), "1 mentor offers sql, but has no free place left."),
        (FULL, (SQL,), "2 mentors offer sql, and all their places are taken."),
        (FULL, (GIT, SQL), "2 mentors offer sql, and all their places are taken."),
        (FAR[:1], (SQL,), "1 mentor offers sql, but has fewer than two working hours in common."),
        (FAR, (SQL,), "2 mentors offer sql, but none has two working hours in common."),
        (PAST[:1], (SQL,), "1 mentor offers sql, but cannot be matched this time."),
        (PAST, (SQL,), "2 mentors offer sql, but none can be matched this time."),
        (
            [*FAR, *FULL[:1], mentor("ada", GIT, zone=TOKYO)],
            (GIT, SQL),
            "4 mentors offer git or sql: 1 has no free place left "
            "and 3 have fewer than two working hours in common.",
        ),
        (
            [*FAR[:1], *FULL, *PAST[:1]],
            (SQL,),
            "4 mentors offer sql: 2 have no free place left, "
            "1 has fewer than two working hours in common and 1 cannot be matched this time.",
        ),
        (
            [*ELSEWHERE, *WEAK],
            WISHES,
            "6 mentors offer a, b, c or 2 other topics: "
            "4 have fewer than two working hours in common "
            "and 2 meet too little of what is wished for.",
        ),
    ],
)
def test_a_mentee_is_told_why(others: list[Member], wants: tuple[Topic, ...], said: str) -> None:
    proposal = proposed(*others, mentee("cy", *wants), past=NEVER)
    assert why(proposal, "cy", Role.MENTEE) == said


@pytest.mark.parametrize(
    ("others", "offers", "said"),
    [
        ([], (), "No topic to teach was named."),
        ([], (SQL, GIT), "Nobody in the pool wants to learn sql or git."),
        (
            [mentee("cy", SQL, zone=TOKYO)],
            (SQL,),
            "1 person wants to learn sql, but has fewer than two working hours in common.",
        ),
        (
            [mentee("cy", GIT, SQL), mentee("di", SQL, GIT), mentor("bo", GIT, SQL, places=2)],
            (SQL,),
            "2 people want to learn sql, and all found another mentor.",
        ),
        (
            [*ELSEWHERE, mentee("cy", *WISHES, zone=NEW_YORK)],
            (SQL,),
            "1 person wants to learn sql, but has other wishes that weigh more.",
        ),
        (
            [mentee("cy", SQL, zone=TOKYO), mentee("di", SQL), mentor("bo", SQL, waited=True)],
            (SQL,),
            "2 people want to learn sql: 1 found another mentor "
            "and 1 has fewer than two working hours in common.",
        ),
    ],
)
def test_a_mentor_is_told_why(others: list[Member], offers: tuple[Topic, ...], said: str) -> None:
    assert why(proposed(*others, mentor("zoe", *offers)), "zoe", Role.MENTOR) == said


def test_places_that_others_took_are_taken() -> None:
    members = mentor("ada", SQL), mentee("cy", SQL), mentee("di", SQL, GIT, waited=True)
    said = "1 mentor offers sql, but has no free place left."
    assert why(proposed(*members), "cy", Role.MENTEE) == said


def test_who_offers_what_they_want_is_told_that_nobody_else_does() -> None:
    ada = Member(UserId("ada"), Role.BOTH, BERLIN, (SQL,), (SQL,))
    proposal = proposed(ada)
    assert why(proposal, "ada", Role.MENTEE) == "Nobody else in the pool offers sql."
    assert why(proposal, "ada", Role.MENTOR) == "Nobody else in the pool wants to learn sql."


def test_a_full_mentor_who_wants_what_they_offer_is_not_counted() -> None:
    ada = Member(UserId("ada"), Role.BOTH, BERLIN, (SQL,), (SQL,), capacity=0)
    said = "1 mentor offers sql, but has fewer than two working hours in common."
    assert why(proposed(ada, FAR[0]), "ada", Role.MENTEE) == said


def test_who_has_a_mentor_is_not_left_over_for_want_of_a_mentee() -> None:
    cy = Member(UserId("cy"), Role.BOTH, BERLIN, (TEA,), (SQL,))
    assert proposed(mentor("ada", SQL), cy).left_over == ()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "a"),
        (2, "a or b"),
        (3, "a, b or c"),
        (4, "a, b, c or d"),
        (5, "a, b, c or 2 other topics"),
        (20, "a, b, c or 17 other topics"),
    ],
)
def test_topics_are_named_as_long_as_they_are_few(count: int, words: str) -> None:
    assert either(Topic(name) for name in "abcdefghijklmnopqrst"[:count]) == words


@given(pools(10))
@settings(deadline=None)
def test_a_sentence_counts_all_there_are_and_names_nobody(pool: Pool) -> None:
    members = {member.user: member for member in pool.members}
    for left in propose(pool).left_over:
        person = members[left.user]
        offering = [
            each
            for each in pool.members
            if each.role is not Role.MENTEE
            and each.user != left.user
            and set(each.offers) & set(person.wants)
        ]
        words = left.why.removesuffix(".").replace(",", "").replace(":", "").split()
        assert left.why.count(".") == 1
        assert not set(words) & set(members)
        if left.role is Role.MENTEE and person.wants:
            assert words[0] == (str(len(offering)) if offering else "Nobody")
            counts = [int(word) for word in words[1:] if word.isdigit()]
            assert not counts or sum(counts) == len(offering)


@given(pools(10))
@settings(deadline=None)
def test_no_place_stays_free_that_somebody_was_told_is_taken(pool: Pool) -> None:
    proposal = propose(pool)
    load = {member.user: 0 for member in pool.members if is_mentor(member)}
    for pair in proposal.pairs:
        load[pair.mentor] += 1
    for left in proposal.left_over:
        if left.why.endswith(("all their places are taken.", "has no free place left.")):
            wants = next(set(m.wants) for m in pool.members if m.user == left.user)
            assert all(
                load[member.user] == member.capacity
                for member in pool.members
                if is_mentor(member) and wants & set(member.offers) and member.user != left.user
            )
