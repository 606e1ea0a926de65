"""Which topics a text names, and how people type the ones they know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.expertise import read_topics, topics_in
from bot.domain.ids import Topic

WORDS = ("sql", "api", "test", "query", "c++", "node.js", "ci/cd", "giving feedback", "redis")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("why is my Postgres index not used?", "postgres"),
        ("POSTGRES", "postgres"),
        ("postgres.", "postgres"),
        ("(postgres)", "postgres"),
        ("how do I write unit tests", "unit test"),
        ("how do I write a unit test", "unit tests"),
        ("what do our APIs return?", "api"),
        ("the slowest queries", "query"),
        ("one slow query", "queries"),
        ("one cookie", "cookies"),
        ("keys", "key"),
        ("abstract classes", "class"),
        ("too many indexes", "index"),
        ("the caches are cold", "cache"),
        ("which databases", "database"),
        ("code-review for beginners", "code review"),
        ("code review for beginners", "code-review"),
        ("is C++ worth it?", "c++"),
        ("C++", "c++"),
        ("c# or f#?", "f#"),
        ("what is new in Node.js?", "node.js"),
        ("we use node.js.", "node.js"),
        ("our ci/cd is red", "ci/cd"),
        ("I find giving\nfeedback hard", "giving feedback"),
        ("Redis is down", "redis"),
        ("die große Straße", "grosse strasse"),
        ("日本語 を学ぶ", "日本語"),
    ],
)
def test_a_topic_is_found(text: str, topic: str) -> None:
    assert topics_in(text, [Topic(topic), Topic("knitting")]) == {topic}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("my postgresql server", "sql"),
        ("a cplusplus question", "c++"),
        ("plan c", "c++"),
        ("what is a node?", "node.js"),
        ("feedback on giving", "giving feedback"),
        ("giving good feedback", "giving feedback"),
        ("my bus is late", "bu"),
        ("raspberry pi", "py"),
        ("a class of its own", "clas"),
        ("", "sql"),
        ("anything at all", ""),
        ("anything at all", "!!!"),
    ],
)
def test_a_topic_is_not_found_in_other_words(text: str, topic: str) -> None:
    assert topics_in(text, [Topic(topic)]) == frozenset()


def test_every_topic_that_is_named_is_found() -> None:
    found = topics_in("sql tests for our node.js api", map(Topic, WORDS))
    assert found == {"sql", "test", "node.js", "api"}


@given(st.sampled_from(WORDS), st.text(max_size=20), st.text(max_size=20))
def test_a_topic_that_stands_alone_is_found_whatever_is_around_it(
    topic: str, before: str, after: str
) -> None:
    assert topics_in(f"{before} {topic} {after}", [Topic(topic)]) == {topic}


@given(st.text(max_size=80), st.sets(st.sampled_from(WORDS).map(Topic)))
def test_only_topics_of_the_vocabulary_are_found(text: str, vocabulary: set[Topic]) -> None:
    assert topics_in(text, vocabulary) <= vocabulary


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("sql", ("sql",)),
        ("SQL, Giving   Feedback", ("sql", "giving feedback")),
        ("sql; git\npython", ("sql", "git", "python")),
        ("sql,SQL , sql", ("sql",)),
        ("b, a, b", ("b", "a")),
        (" , ;;\n", ()),
        ("", ()),
        ("c++, node.js", ("c++", "node.js")),
    ],
)
def test_topics_are_read_as_typed(typed: str, topics: tuple[str, ...]) -> None:
    assert read_topics(typed) == topics


@given(st.text(max_size=80))
def test_topics_read_once_read_the_same_again(typed: str) -> None:
    topics = read_topics(typed)
    assert read_topics(", ".join(topics)) == topics
    assert len(set(topics)) == len(topics)
    assert all(topic == topic.strip() and topic for topic in topics)
