"""What is kept of a text, and which topics it names."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Topic
from bot.domain.words import COMMON, NEAR, counted, hashed, named, sketch, topics_near

KEY, OTHER = b"ours", b"theirs"
TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Queries and a QUERY", {"queri": 2}),
        ("how do I use it?", {}),
        ("c++ or c#", {"c++": 1, "c#": 1}),
        ("<@U123|ada> knows <#C1|data> postgres", {"postgr": 1}),
        ("x " + "y" * 41, {}),
        ("snake_case", {"snake_cas": 1}),
    ],
)
def test_words_are_stemmed_and_counted(text: str, stems: dict[str, int]) -> None:
    assert counted(text) == stems


@given(TEXTS)
def test_a_sketch_holds_no_word_and_is_the_same_for_the_same_key(text: str) -> None:
    ours, theirs = sketch(text, KEY), sketch(text, OTHER)
    assert ours == sketch(text, KEY)
    assert sorted(ours.values()) == sorted(theirs.values())
    assert not ours.keys() & theirs.keys()
    assert all(-(2**63) <= term < 2**63 for term in ours)


def test_a_hash_is_the_head_of_an_hmac() -> None:
    digest = hmac.new(KEY, b"kafka", "sha256").digest()
    assert hashed("kafka", KEY) == int.from_bytes(digest[:8], "big", signed=True)


def test_a_hash_is_given_back_as_the_word_that_was_written() -> None:
    assert named("Kafka topics, topic by topic", KEY) == {
        hashed("kafka", KEY): "kafka",
        hashed("topic", KEY): "topics",
    }


@pytest.mark.parametrize(
    ("text", "topic", "near"),
    [
        ("why is my postgres slow", "postgres", 1.0),
        ("why is my Postgres index slow", "postgres", 1.0),
        ("a postgresql index", "postgres", NEAR),
        ("a postgrse index", "postgres", NEAR),
        ("kuberntes pods", "kubernetes", NEAR),
        ("giving feedback", "giving feedback", 1.0),
        ("some feedback", "giving feedback", None),
        ("node.js streams", "node.js", 1.0),
        ("python queries", "query", 1.0),
        ("java", "javascript", None),
        ("a test", "rest", None),
        ("use the cat", "car", None),
        ("go", "go", None),
        ("2026 plans", "2025", None),
        ("", "sql", None),
    ],
)
def test_a_topic_is_named_in_full_or_nearly(text: str, topic: str, near: float | None) -> None:
    assert topics_near(text, [Topic(topic)]).get(Topic(topic)) == near


def test_of_two_topics_that_overlap_the_longer_counts() -> None:
    topics = [Topic("feedback"), Topic("giving feedback")]
    assert set(topics_near("giving feedback to a junior", topics)) == {topics[1]}


@given(TEXTS, st.sets(st.sampled_from(["sql", "giving feedback", "c++", "the"])))
def test_any_text_can_be_read(text: str, topics: set[str]) -> None:
    found = topics_near(text, map(Topic, topics))
    assert all(0 < near <= 1 for near in found.values())
    assert not COMMON & found.keys()
