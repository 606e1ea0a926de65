"""What becomes of a draft when time has passed before it is published."""

from dataclasses import replace

import pytest

from bot.domain.ids import Topic, UserId
from bot.domain.matching import Member, Role
from bot.domain.mentoring import MentorPair, PairState, bereft, sort_out

ADA, BO, CY, DEE = (UserId(f"U_{name}") for name in ("ADA", "BO", "CY", "DEE"))
SQL, RUST = Topic("sql"), Topic("rust")

MENTOR = Member(ADA, Role.MENTOR, "UTC", offers=(SQL, RUST), capacity=2)
MENTEE = Member(CY, Role.MENTEE, "UTC", wants=(SQL,), capacity=0)
OTHER = Member(DEE, Role.MENTEE, "UTC", wants=(RUST,), capacity=0)


def pair(number: int, mentee: UserId, topic: Topic, mentor: UserId = ADA) -> MentorPair:
    return MentorPair(number, 1, mentor, mentee, (topic,), 8.0, PairState.PROPOSED)


FIRST, SECOND = pair(1, CY, SQL), pair(2, DEE, RUST)


def test_pairs_that_still_fit_are_kept() -> None:
    assert sort_out([FIRST, SECOND], [MENTOR, MENTEE, OTHER]) == ([FIRST, SECOND], [])


@pytest.mark.parametrize(
    "members",
    [
        [MENTEE, OTHER],
        [MENTOR, OTHER],
        [replace(MENTOR, capacity=0), MENTEE],
        [replace(MENTOR, role=Role.MENTEE), MENTEE],
        [replace(MENTOR, offers=(RUST,)), MENTEE],
        [MENTOR, replace(MENTEE, wants=(RUST,))],
        [MENTOR, replace(MENTEE, needs_mentor=False)],
        [MENTOR, replace(MENTEE, role=Role.MENTOR)],
    ],
    ids=[
        *("the mentor left", "the mentee left", "no place left", "mentor no more"),
        *("offers something else", "wants something else", "found another", "mentee no more"),
    ],
)
def test_a_pair_that_cannot_be_any_more_is_broken(members: list[Member]) -> None:
    assert sort_out([FIRST], members) == ([], [FIRST])


def test_places_are_taken_in_order() -> None:
    one_place = replace(MENTOR, capacity=1)

    assert sort_out([FIRST, SECOND], [one_place, MENTEE, OTHER]) == ([FIRST], [SECOND])


def test_whoever_meets_nobody_now_is_left_over() -> None:
    elsewhere = pair(3, DEE, RUST, mentor=BO)

    left = bereft([FIRST, elsewhere], kept=[replace(SECOND, mentor=ADA)])

    assert [(each.user, each.role) for each in left] == [
        (CY, Role.MENTEE),
        (DEE, Role.MENTEE),
        (BO, Role.MENTOR),
    ]
