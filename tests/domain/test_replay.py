"""Played again, the evidence says what was known when each question came, and nothing later."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence import Fact, Kind, Sketch
from bot.domain.ids import ChannelId, UserId
from bot.domain.postings import pack
from bot.domain.refit import MOST_LABELS, Label
from bot.domain.replay import labels_of
from bot.domain.weights import GROUNDS

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
A, B, CY = UserId("a"), UserId("b"), UserId("cy")
DATA = ChannelId("C_DATA")
KAFKA = 1
Asked = tuple[Sketch, list[Fact]]


def asked(
    number: int,
    *helpers: UserId,
    kind: Kind = Kind.ANSWERED,
    asker: UserId = CY,
    after: float = 1,
    word: int = KAFKA,
) -> Asked:
    """A question for every day, answered so many hours later."""
    at = NOW + number * 24 * HOUR
    facts = [Fact(who, asker, DATA, kind, number, at + after * HOUR) for who in helpers]
    return Sketch(number, None, None, pack({word: 1}), at), facts


def played(questions: Sequence[Asked]) -> list[Label]:
    facts = [fact for _, answers in questions for fact in answers]
    return labels_of([sketch for sketch, _ in questions], facts)


def column(label: Label, ground: str) -> list[float]:
    return [float(each) for each in label.grounds[:, GROUNDS.index(ground)]]


@pytest.mark.parametrize(
    ("questions", "answered"),
    [
        ([], []),
        ([asked(1, A)], []),
        ([asked(1, A), asked(2)], []),
        ([asked(1, A), asked(2, B)], []),
        ([asked(1, A), asked(2, A)], [[True]]),
        ([asked(1, A, B), asked(2, B)], [[False, True]]),
        ([asked(1, A, B), asked(2, A, B)], [[True, True]]),
        ([asked(1, A, B), asked(2, B, asker=A)], [[True]]),
        ([asked(1, A), asked(2, A, kind=Kind.NOT_ME)], []),
        ([asked(1, A, after=30), asked(2, A)], []),
        ([asked(1, A), asked(2, B), asked(3, B)], [[False, True]]),
    ],
    ids=[
        "nothing",
        "nobody was known then",
        "nobody answered",
        "who answered was not known then",
        "the one who was known",
        "one of two",
        "both",
        "the asker is no candidate",
        "not me is no answer",
        "the first was not answered yet",
        "known by the one before",
    ],
)
def test_a_label_says_who_of_those_known_then_answered(
    questions: list[Asked], answered: list[list[bool]]
) -> None:
    assert [label.answered.tolist() for label in played(questions)] == answered


def test_its_grounds_are_those_of_that_moment() -> None:
    [label] = played([asked(1, A), asked(2, B, word=2), asked(4, A)])
    words, helped, active = (column(label, name) for name in ("words", "helped_here", "active"))
    assert (words[0] > 0, words[1]) == (True, 0)
    assert helped[1] > helped[0] > 0
    assert active[1] > active[0] > 0


def test_help_without_a_question_counts_from_when_it_was_given() -> None:
    thanks = [Fact(A, CY, DATA, Kind.THANKED, None, NOW + hours * HOUR) for hours in (1, 100)]
    (first, _), (second, facts) = asked(1), asked(2, A)
    [label] = labels_of([first, second], [*thanks, *facts])
    assert column(label, "helped_here") == pytest.approx([np.log1p(0.3 * 2 ** (-47 / 24 / 60))])


def test_the_newest_are_enough() -> None:
    questions = [asked(number, A) for number in range(MOST_LABELS + 20)]
    assert len(played(questions)) == MOST_LABELS


QUESTIONS = st.lists(
    st.tuples(
        st.lists(st.sampled_from([A, B, UserId("c"), UserId("d")]), unique=True, max_size=3),
        st.sampled_from(list(Kind)),
        st.sampled_from([CY, A, B]),
        st.sampled_from([0.5, 1.0, 30.0, 100.0]),  # never two at the same moment
        st.integers(1, 3),
    ),
    max_size=10,
).map(
    lambda drawn: [
        asked(
            number,
            *(who for who in helpers if who != asker),
            kind=kind,
            asker=asker,
            after=after,
            word=word,
        )
        for number, (helpers, kind, asker, after, word) in enumerate(drawn)
    ]
)


def same(one: Sequence[Label], other: Sequence[Label]) -> bool:
    """Whether they are equal, as far as sums taken in another order are."""
    return len(one) == len(other) and all(
        np.array_equal(mine.answered, theirs.answered)
        and np.allclose(mine.grounds, theirs.grounds, rtol=1e-9, atol=1e-9)
        for mine, theirs in zip(one, other, strict=True)
    )


@settings(deadline=None)
@given(QUESTIONS, st.integers(0, 10))
def test_what_came_later_changes_nothing(questions: list[Asked], known: int) -> None:
    earlier = played(questions[:known])
    assert same(earlier, played(questions)[: len(earlier)])


@settings(deadline=None)
@given(QUESTIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_read_makes_no_difference(
    questions: list[Asked], chance: Random
) -> None:
    assert same(played(chance.sample(questions, len(questions))), played(questions))
