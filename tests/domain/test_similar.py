"""Which published answers are close enough to a question to be read first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChannelId
from bot.domain.published import Published, post_key, read_post_key
from bot.domain.similar import ENOUGH, MOST_SHOWN, closeness, most_similar, words_of

INDEX = "Why is my postgres index not used?"
OTHERS = (
    "How do I mock the time in pytest?",
    "How do I give feedback to a junior colleague?",
    "Which chart suits shares of a whole?",
    "How do I rotate a kafka certificate?",
)


def answers(*questions: str) -> list[Published]:
    return [
        Published(number, ChannelId("C"), None, question, "It depends.", frozenset())
        for number, question in enumerate(questions, 1)
    ]


def found(text: str, *questions: str) -> list[str]:
    return [answer.question for answer in most_similar(text, answers(*questions))]


@pytest.mark.parametrize(
    "text",
    [
        INDEX,
        "postgres does not use an index, why?",
        "POSTGRES INDEXES",
        "my index in postgres is ignored",
        "After loading a lot of rows postgres reads the whole table; is the index broken?",
    ],
)
def test_the_same_thing_in_other_words_is_found(text: str) -> None:
    assert found(text, *OTHERS, INDEX) == [INDEX]


@pytest.mark.parametrize(
    "text",
    [
        "postgres?",  # one word says too little
        "Why is my bike not used?",  # only what questions are built with
        "How do I upgrade postgres to the next version without downtime?",
        "Which share index should a pension fund follow?",
        "how do I?",
        "",
        "?!",
        "…",
    ],
)
def test_something_else_is_not_offered(text: str) -> None:
    assert found(text, *OTHERS, INDEX) == []


def test_one_word_is_enough_where_both_say_nothing_else() -> None:
    assert found("what is kafka?", "Kafka?") == ["Kafka?"]
    assert found("what is kafka?", "What is kafka good for in payments?") == []


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common = [f"deploy service number{n}" for n in range(20)]
    rare, frequent = "rollback deploy canary", "service deploy canary"
    best = most_similar("rollback deploy service", answers(*common, frequent, rare))
    assert best[0].question == rare


def test_two_are_enough() -> None:
    many = [f"postgres index of table{n}" for n in range(9)]
    assert found("postgres index", *many) == many[:MOST_SHOWN]  # the order given decides


WORDS = st.sampled_from(
    ["kafka", "sql", "index", "table", "lambda", "the", "how", "feedback", "c++", "été"]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@given(TEXTS, st.lists(TEXTS, max_size=8))
def test_at_most_two_of_those_given_each_once(text: str, questions: list[str]) -> None:
    given_answers = answers(*questions)
    best = most_similar(text, given_answers)
    assert len(best) <= MOST_SHOWN
    assert len({answer.question_id for answer in best}) == len(best)
    assert all(answer in given_answers for answer in best)
    assert all(words_of(text) & words_of(answer.question) for answer in best)


@given(TEXTS.filter(words_of), st.lists(TEXTS, max_size=8))
def test_the_very_same_question_is_always_found(text: str, others: list[str]) -> None:
    best = most_similar(f"{text.upper()}?", answers(*others, text))
    assert best
    weights = dict.fromkeys(words_of(text), 1.0)
    assert closeness(words_of(text), words_of(text), weights) == 1.0


@given(TEXTS, TEXTS)
def test_closeness_is_a_share_and_the_same_from_both_sides(one: str, other: str) -> None:
    first, second = words_of(one), words_of(other)
    weights = {word: 1.0 + len(word) for word in first | second}
    assert 0 <= closeness(first, second, weights) <= 1
    assert closeness(first, second, weights) == closeness(second, first, weights)
    assert 0 < ENOUGH < 1


@pytest.mark.parametrize("attempt", [1, 2, 17])
def test_every_attempt_belongs_to_its_question(attempt: int) -> None:
    assert read_post_key(post_key(42, attempt)) == 42
    assert post_key(42, attempt) != post_key(42, attempt + 1)
