"""Who comes first when somebody needs help, what adds up to it, and what the asker is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence import Fact, Kind, Sketch
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.people import Candidate
from bot.domain.postings import pack
from bot.domain.presence import Presence
from bot.domain.recall import Memory
from bot.domain.routing import EXPLORES, LITTLE, Peer, Query, Ranking, explores
from bot.domain.weights import LOAD

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CY, DEE = UserId("cy"), UserId("dee")
DATA, SECRET = ChannelId("C_DATA"), ChannelId("G_SECRET")
KAFKA, INDEX, TEA = 1, 2, 3
NAMES = {KAFKA: "kafka", INDEX: "index", TEA: "tea"}
SQL = Topic("sql")


def memory_of(*helps: tuple[str, Sequence[int], float, ChannelId | None, Kind]) -> Memory:
    """Each: who, with which words, how many days ago, where, how."""
    memory = Memory()
    for number, (user, words, days, channel, kind) in enumerate(helps, 1):
        at = NOW - days * DAY
        sketch = Sketch(number, None, None, pack(dict.fromkeys(words, 1)), at)
        memory.extend([sketch], [Fact(UserId(user), DEE, channel, kind, number, at)])
    return memory


def helped(
    user: str,
    *words: int,
    days: float = 1,
    channel: ChannelId | None = None,
    kind: Kind = Kind.ANSWERED,
) -> tuple[str, Sequence[int], float, ChannelId | None, Kind]:
    return user, words, days, channel, kind


def peer(user: str, near: float = 0.0, asked: int = 0, limit: int = 3, ago: float = 9) -> Peer:
    topics = {SQL: near} if near else {}
    seen = Presence(NOW).seen(NOW - ago * DAY)
    candidate = Candidate(UserId(user), tuple(topics), asked, limit, (asked,))
    return Peer(candidate, topics, Presence(NOW - ago * DAY, seen.hours))


def rank(
    peers: Sequence[Peer],
    memory: Memory | None = None,
    *,
    words: Sequence[int] = (KAFKA, INDEX),
    asker: UserId = CY,
    channel: ChannelId | None = None,
    visible: frozenset[ChannelId] = frozenset(),
) -> Ranking:
    recalled = (memory or Memory()).recall(words, asker=asker, channel=channel, at=NOW)
    names = {word: NAMES[word] for word in words}
    return Ranking(peers, recalled, Query(asker, names, NOW, channel, visible))


@pytest.mark.parametrize(
    ("memory", "first", "second"),
    [
        (memory_of(helped("b", KAFKA)), peer("b"), peer("a")),
        (memory_of(helped("b", KAFKA, INDEX), helped("a", KAFKA)), peer("b"), peer("a")),
        (memory_of(helped("b", KAFKA), helped("a", KAFKA, days=200)), peer("b"), peer("a")),
        (memory_of(helped("b", KAFKA), helped("a", TEA)), peer("b"), peer("a")),
        (
            memory_of(helped("b", KAFKA), helped("a", KAFKA, kind=Kind.NOT_ME)),
            peer("b"),
            peer("a"),
        ),
        (memory_of(), peer("b", near=1), peer("a", near=0.7)),
        (memory_of(), peer("b", near=0.7), peer("a")),
        (memory_of(), peer("b", near=1), peer("a", near=1, asked=1)),
        (memory_of(), peer("b", near=1, ago=1), peer("a", near=1, ago=30)),
        (memory_of(), peer("a", near=1), peer("b", near=1)),
        (memory_of(helped("b", TEA, channel=DATA)), peer("b"), peer("a")),
    ],
    ids=[
        "who helped",
        "more of the words",
        "fresher help",
        "help with this",
        "not who said not me",
        "who declared it just so",
        "who declared it nearly",
        "the less burdened",
        "who is around",
        "a tie goes by id",
        "who helped in the channel",
    ],
)
def test_the_first_comes_before_the_second(memory: Memory, first: Peer, second: Peer) -> None:
    ranking = rank([second, first], memory, channel=DATA)
    assert ranking.users == [first.user, second.user]


@pytest.mark.parametrize("nobody", [peer("a", 1, asked=3), peer("a", 1, limit=0), peer("cy", 1)])
def test_who_has_no_room_or_asks_is_not_asked(nobody: Peer) -> None:
    ranking = rank([nobody, peer("z", near=0.7)])
    assert ranking.users == ["z"]
    assert ranking.expert(nobody.user) is None


def test_the_load_is_what_it_says() -> None:
    free, busy = rank([peer("a", near=1)]), rank([peer("a", near=1, asked=2)])
    assert free.scores[0] - busy.scores[0] == pytest.approx(LOAD * log(3))


HELPS = st.lists(
    st.builds(
        helped,
        st.sampled_from("abcdef"),
        st.sampled_from([KAFKA, INDEX, TEA]),
        days=st.floats(0, 400),
        channel=st.sampled_from([None, DATA, SECRET]),
        kind=st.sampled_from(list(Kind)),
    ),
    max_size=12,
)
PEERS = st.lists(
    st.builds(
        peer,
        st.sampled_from("abcdefcy"),
        st.sampled_from([0.0, 0.7, 1.0]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.floats(0, 500),
    ),
    max_size=8,
    unique_by=lambda each: each.user,
)


@settings(deadline=None)
@given(PEERS, HELPS, st.sampled_from([None, DATA]), st.randoms(use_true_random=False))
def test_nobody_depends_on_the_order_and_what_counts_adds_up(
    peers: list[Peer],
    helps: list[tuple[str, Sequence[int], float, ChannelId | None, Kind]],
    channel: ChannelId | None,
    chance: Random,
) -> None:
    ranking = rank(peers, memory_of(*helps), channel=channel)
    shuffled = list(peers)
    chance.shuffle(shuffled)
    assert rank(shuffled, memory_of(*helps), channel=channel).users == ranking.users
    assert (ranking.shares >= 0).all()
    able = [each for each in peers if each.candidate.has_room and each.user != CY]
    loads = [LOAD * log(1 + each.asked) for each in able]
    assert ranking.scores + loads == pytest.approx(ranking.shares.sum(axis=1))
    assert sorted(ranking.users) == sorted(each.user for each in able)
    assert ranking.chances.sum() == pytest.approx(1 if able else 0)


@settings(deadline=None)
@given(HELPS)
def test_more_help_with_it_never_makes_anybody_less_likely(
    helps: list[tuple[str, Sequence[int], float, ChannelId | None, Kind]],
) -> None:
    peers = [peer(user) for user in "abcdef"]
    before = rank(peers, memory_of(*helps)).users.index(UserId("a"))
    more = memory_of(*helps, helped("a", KAFKA, INDEX, days=0))
    assert rank(peers, more).users.index(UserId("a")) <= before


def test_without_words_or_topics_there_are_no_grounds() -> None:
    memory = memory_of(helped("a", TEA, channel=DATA), helped("b", KAFKA))
    ranking = rank([peer("a"), peer("b"), peer("c"), peer("d", near=0.7)], memory)
    assert [user for user in "abcd" if ranking.has_grounds(UserId(user))] == ["b", "d"]
    there = rank([peer("a"), peer("c")], memory, channel=DATA)
    assert not any(there.has_grounds(UserId(user)) for user in "ac")  # help with something else


def test_the_reason_holds_the_very_numbers_that_ranked() -> None:
    memory = memory_of(
        helped("a", KAFKA, INDEX, days=9, channel=DATA),
        helped("a", KAFKA, days=4),
        helped("a", TEA, days=1),
    )
    expert = rank([peer("a", near=1, asked=2)], memory, visible=frozenset({DATA})).expert(
        UserId("a")
    )
    assert expert
    assert expert.reason.declared == (SQL,)
    assert expert.reason.answered == 2
    assert set(expert.reason.words) == {"kafka", "index"}
    assert expert.reason.channels == (DATA,)
    assert expert.reason.last_helped_at == NOW - 4 * DAY
    assert expert.reason.asked_this_week == 2


def test_nothing_is_told_of_a_private_channel_unless_one_asks_there() -> None:
    memory = memory_of(helped("a", KAFKA, channel=SECRET))
    outside = rank([peer("a")], memory, visible=frozenset({DATA})).expert(UserId("a"))
    inside = rank([peer("a")], memory, channel=SECRET).expert(UserId("a"))
    assert outside
    assert inside
    assert (outside.reason.answered, outside.reason.channels) == (0, ())
    assert (inside.reason.answered, inside.reason.channels) == (1, (SECRET,))


def test_who_answered_little_is_little_known() -> None:
    memory = memory_of(*[helped("a", KAFKA, days=day) for day in range(1, LITTLE + 1)])
    ranking = rank([peer("a"), peer("b")], memory)
    assert [ranking.little_known(UserId(user)) for user in "ab"] == [False, True]


def test_one_question_in_ten_explores_and_the_same_one_every_time() -> None:
    drawn = [explores(f"T/{number}") for number in range(5_000)]
    assert drawn == [explores(f"T/{number}") for number in range(5_000)]
    assert sum(drawn) == pytest.approx(5_000 / EXPLORES, rel=0.1)
