"""Who comes first when somebody needs help, and why."""

from datetime import UTC, datetime, timedelta
from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.expertise import Candidate, Help, rank_experts
from bot.domain.ids import Topic, UserId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SQL, GIT, TEA = Topic("sql"), Topic("git"), Topic("tea")
ABOUT = frozenset({SQL, GIT})


def candidate(
    user: str,
    *declared: Topic,
    helped: dict[int, Topic] | None = None,
    asked: int = 0,
    limit: int = 3,
) -> Candidate:
    """`helped` gives a topic for how many days ago."""
    times = tuple(Help(t, NOW - timedelta(days=days)) for days, t in (helped or {}).items())
    return Candidate(UserId(user), frozenset(declared), times, asked, limit)


def ranked(*candidates: Candidate, topics: frozenset[Topic] = ABOUT) -> list[str]:
    return [expert.user for expert in rank_experts(candidates, topics=topics, now=NOW)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (candidate("b", SQL, GIT), candidate("a", SQL)),
        (candidate("b", SQL), candidate("a", SQL, asked=1)),
        (candidate("b", SQL, helped={3: SQL}), candidate("a", SQL)),
        (candidate("b", SQL), candidate("a", helped={0: SQL})),
        (candidate("b", helped={0: SQL, 1: SQL, 2: SQL}), candidate("a", SQL)),
        (candidate("b", helped={10: SQL}), candidate("a", helped={90: SQL})),
        (candidate("b", helped={1: SQL, 2: GIT}), candidate("a", helped={1: SQL, 2: SQL})),
        (candidate("a", SQL), candidate("b", SQL)),
        (candidate("b", SQL, asked=1, limit=9), candidate("a", SQL, asked=2, limit=9)),
        (candidate("b", SQL, GIT, asked=5, limit=9), candidate("a", SQL)),
    ],
    ids=[
        "more of the topics",
        "the less burdened",
        "who also helped",
        "a topic declared over one help",
        "much help over a topic declared",
        "help that is fresher",
        "help with both topics over twice the same",
        "a tie goes by id",
        "the less burdened of two",
        "two topics outweigh five questions",
    ],
)
def test_the_first_comes_before_the_second(first: Candidate, second: Candidate) -> None:
    assert ranked(second, first) == [first.user, second.user]


def test_a_tie_goes_to_the_less_burdened_before_it_goes_by_id() -> None:
    # both have a score of 1.0: without LOAD the burden alone decides
    busy, free = candidate("a", SQL), candidate("b", SQL)
    assert ranked(free, busy) == ["a", "b"]
    assert ranked(candidate("a", SQL, asked=1), free) == ["b", "a"]


@pytest.mark.parametrize(
    "nobody",
    [
        candidate("a"),
        candidate("a", TEA),
        candidate("a", helped={1: TEA}),
        candidate("a", SQL, GIT, asked=3),
        candidate("a", SQL, limit=0),
        candidate("a", SQL, asked=9, limit=3),
    ],
    ids=["knows nothing", "knows else", "helped else", "is full", "wants none", "is over"],
)
def test_who_knows_nothing_of_it_or_has_no_room_is_not_asked(nobody: Candidate) -> None:
    assert ranked(nobody) == []
    assert ranked(candidate("z", SQL), nobody) == ["z"]


def test_room_for_one_more_is_room() -> None:
    assert ranked(candidate("a", SQL, asked=2, limit=3)) == ["a"]


def test_a_question_without_topics_has_no_experts() -> None:
    assert ranked(candidate("a", SQL), topics=frozenset()) == []


@pytest.mark.parametrize(
    ("given", "score"),
    [
        (candidate("a", SQL), 1.0),
        (candidate("a", SQL, GIT, TEA), 2.0),
        (candidate("a", SQL, asked=1), 1.0 - 0.35 * log(2)),
        (candidate("a", helped={0: SQL}), 0.8 * log(2)),
        (candidate("a", helped={60: SQL}), 0.8 * log(1.5)),
        (candidate("a", helped={120: SQL}), 0.8 * log(1.25)),
        (candidate("a", helped={0: SQL, 60: SQL, 1: TEA}), 0.8 * log(2.5)),
        (candidate("a", helped={0: SQL, 60: GIT}), 0.8 * (log(2) + log(1.5))),
        (candidate("a", helped={-1: SQL}), 0.8 * log(2)),
        (candidate("a", SQL, helped={60: SQL}, asked=2), 1.0 + 0.8 * log(1.5) - 0.35 * log(3)),
    ],
)
def test_the_score_is_the_one_worked_out_by_hand(given: Candidate, score: float) -> None:
    [expert] = rank_experts([given], topics=ABOUT, now=NOW)
    assert expert.score == pytest.approx(score)


def test_the_reason_holds_the_very_numbers_that_ranked() -> None:
    known = candidate("a", TEA, GIT, SQL, helped={9: SQL, 4: SQL, 6: GIT, 1: TEA}, asked=2)
    [expert] = rank_experts([known], topics=ABOUT, now=NOW)
    assert expert.reason.declared == (GIT, SQL)
    assert expert.reason.helped == {SQL: 2, GIT: 1}
    assert expert.reason.last_helped_at == NOW - timedelta(days=4)
    assert expert.reason.asked_this_week == 2


HELPS = st.builds(
    Help,
    st.sampled_from([SQL, GIT, TEA]),
    st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
)
CANDIDATES = st.builds(
    Candidate,
    st.sampled_from("abcdefgh").map(UserId),
    st.frozensets(st.sampled_from([SQL, GIT, TEA])),
    st.lists(HELPS, max_size=5).map(tuple),
    st.integers(0, 4),
    st.integers(0, 4),
)
PEOPLE = st.lists(CANDIDATES, max_size=8, unique_by=lambda c: c.user)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_found_does_not_matter(
    people: list[Candidate], chance: Random
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert ranked(*shuffled) == ranked(*people)


@given(PEOPLE)
def test_only_people_with_knowledge_and_room_are_ranked(people: list[Candidate]) -> None:
    can_help = {
        c.user
        for c in people
        if c.asked_this_week < c.weekly_limit
        and ABOUT & (c.topics | {help_.topic for help_ in c.helped})
    }
    assert set(ranked(*people)) == can_help


@given(CANDIDATES, HELPS)
def test_more_help_never_lowers_a_score(before: Candidate, more: Help) -> None:
    after = Candidate(
        before.user,
        before.topics,
        (*before.helped, more),
        before.asked_this_week,
        before.weekly_limit,
    )
    old = rank_experts([before], topics=ABOUT, now=NOW)
    new = rank_experts([after], topics=ABOUT, now=NOW)
    assert not old or new[0].score >= old[0].score


@given(CANDIDATES)
def test_the_score_agrees_with_an_independent_sum(given: Candidate) -> None:
    """The same formula, written the long way round."""
    total = float(len([topic for topic in ("sql", "git") if topic in given.topics]))
    for topic in ("sql", "git"):
        ages = [(NOW - h.at).days for h in given.helped if h.topic == topic]
        total += 0.8 * log(1 + sum(0.5 ** (age / 60) for age in ages))
    total -= 0.35 * log(1 + given.asked_this_week)
    found = rank_experts([given], topics=ABOUT, now=NOW)
    assert [e.score for e in found] == [pytest.approx(total)] * len(found)
