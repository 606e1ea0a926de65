"""Where questions about a topic go: as leads said, or by a channel's name."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChannelId, Topic
from bot.domain.people import Channel
from bot.domain.topic_channel import channel_for

SQL, GIT, GIVING = Topic("sql"), Topic("git"), Topic("giving feedback")


def public(*names: str) -> list[Channel]:
    """Channels whose ids are their names."""
    return [Channel(ChannelId(name), is_private=False, name=name) for name in names]


def named(topic: str, *names: str) -> str | None:
    return channel_for([Topic(topic)], {}, public(*names))


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("postgres", "postgres"),
        ("postgres", "help-postgres"),
        ("postgres", "ask-postgres"),
        ("postgres", "postgres-help"),
        ("postgres", "postgres_questions"),
        ("query", "queries"),
        ("apis", "help-api"),
        ("giving feedback", "giving-feedback"),
        ("giving feedback", "help-giving_feedback"),
        ("help", "help"),
        ("données", "données"),
    ],
)
def test_a_channel_that_bears_the_topics_name_serves(topic: str, name: str) -> None:
    assert named(topic, "general", name) == name


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("postgres", "postgres-tuning"),
        ("postgres", "team-postgres"),
        ("postgres", "postgresql"),
        ("sql", "nosql"),
        ("feedback", "giving-feedback"),
        ("giving feedback", "feedback"),
        ("giving feedback", "feedback-giving"),
        ("postgres", "help"),
        ("postgres", "ask-help"),
        ("c++", "c"),
        ("postgres", ""),
        ("postgres", "-"),
    ],
)
def test_no_other_channel_does(topic: str, name: str) -> None:
    assert named(topic, "general", name) is None


def test_the_plain_name_comes_first_and_the_longer_topic() -> None:
    assert named("sql", "help-sql", "sql") == "sql"
    channels = public("sql", "giving-feedback")
    assert channel_for([SQL, GIVING], {}, channels) == "giving-feedback"


def test_what_a_lead_said_comes_before_a_name() -> None:
    channels = public("sql", "data")
    assert channel_for([SQL], {SQL: ChannelId("data")}, channels) == "data"
    assert channel_for([GIT], {SQL: ChannelId("data")}, channels) is None


def test_the_channel_of_most_topics_comes_first() -> None:
    assigned = {SQL: ChannelId("b"), GIT: ChannelId("b"), GIVING: ChannelId("a")}
    assert channel_for([SQL, GIT, GIVING], assigned, public("a", "b")) == "b"
    assert channel_for([SQL, GIVING], assigned, public("a", "b")) == "a"


def test_only_a_public_channel_the_bot_is_in_can_be_it() -> None:
    secret = Channel(ChannelId("sql"), is_private=True, name="sql")
    assert channel_for([SQL], {SQL: ChannelId("sql")}, [secret]) is None
    assert channel_for([SQL], {SQL: ChannelId("gone")}, public("help-sql")) == "help-sql"
    assert channel_for([], {SQL: ChannelId("sql")}, public("sql")) is None


NAMES = st.sampled_from(["sql", "help-sql", "git", "ask-git", "general", "x_help", "-", ""])
CHANNELS = st.lists(st.builds(public, NAMES).map(lambda found: found[0]), max_size=6)
ASSIGNED = st.dictionaries(
    st.sampled_from([SQL, GIT, GIVING]), st.sampled_from(["sql", "git", "gone"]).map(ChannelId)
)
TOPICS = st.lists(st.sampled_from([SQL, GIT, GIVING]), unique=True)


@given(TOPICS, ASSIGNED, CHANNELS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_it_is_always_one_of_them(
    topics: list[Topic], assigned: dict[Topic, ChannelId], channels: list[Channel], chance: Random
) -> None:
    found = channel_for(topics, assigned, channels)
    assert found is None or found in {each.channel for each in channels}
    for each in (topics, channels):
        chance.shuffle(each)
    assert channel_for(topics, assigned, channels) == found
