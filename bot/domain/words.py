"""The words of a text as far as routing needs them: stemmed, counted, and hashed with a key."""

import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

import snowballstemmer

from bot.domain.ids import Topic

WORD = re.compile(r"[^\W_][\w+#]*")
REFERENCE = re.compile(r"<[@#!][^>\s]*>")
"""A person, a channel or a group as Slack writes them: a mention is an address, not a word."""

LONGEST_WORD = 40
NEAR_ENOUGH = 0.8
"""Of two words that may differ by a typing error: one letter in five."""
SHORTEST_NEAR = 4
NEAR = 0.7
"""What a topic counts that is named nearly, beside one that is named exactly."""

_COMMON = """
a about after again all also am an and any anybody anyone are as ask at be because been before
being best between both but by can could did do does doing done don down each else ever every
everybody everyone few first for from get gets getting give go goes going good got had has have
having he hello help her here hey hi him his how i if in instead into is isn it its just know
knows learn let like ll long look looking make makes many may maybe me might more most much must
my need needs never new no not now of off ok on once one only or other our out over own people
please put question re really right run said same say see seem seems she should show so some
somebody someone something still such take tell than thank thanks that the their them then there
these they thing things think this those through time to too try trying two under up us use used
uses using ve very want wants was way we well were what when where which while who whom why will
with without won work works would yes yet you your
"""
COMMON = frozenset(_COMMON.split())
"""Words that say nothing of what a question is about; neither kept nor looked for."""

_STEMMER = snowballstemmer.stemmer("english")


def counted(text: str) -> Counter[str]:
    """Each stem, and how often it stands there."""
    return Counter(stem(word) for word in _words(text))


def sketch(text: str, key: bytes) -> dict[int, int]:
    """What is kept of a text: keyed hashes of its stems, and how often each occurs."""
    return {hashed(word, key): times for word, times in counted(text).items()}


def named(text: str, key: bytes) -> dict[int, str]:
    """The hash of each stem with the first word that has it, as it was written."""
    found: dict[int, str] = {}
    for word in _words(text):
        found.setdefault(hashed(stem(word), key), word)
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=50_000)
def hashed(word: str, key: bytes) -> int:
    """Eight bytes of an HMAC: enough that two words hardly ever meet."""
    return int.from_bytes(hmac.digest(key, word.encode(), "sha256")[:8], "big", signed=True)


def topics_near(text: str, topics: Iterable[Topic]) -> Mapping[Topic, float]:
    """The topics a text names, in full or but for an ending or a typing error; how well.

    Of two topics of which one holds all words of the other, the longer counts.
    """
    words = frozenset(_words(text)) | frozenset(re.findall(r"\w[\w+#.]*\w", text.lower()))
    stems = frozenset(map(stem, words))
    found = {topic: _nearness(topic, words, stems) for topic in topics}
    named = {topic: frozenset(topic.split()) for topic, near in found.items() if near}
    return {
        topic: found[topic]
        for topic, parts in named.items()
        if not any(parts < longer for longer in named.values())
    }


def _nearness(topic: Topic, words: frozenset[str], stems: frozenset[str]) -> float:
    """1 where every word of the topic is there, NEAR where one is only nearly, else 0."""
    parts = [part for part in re.findall(r"\w[\w+#.]*", topic) if part not in COMMON]
    return min((_found(part, words, stems) for part in parts), default=0.0)


def _found(part: str, words: frozenset[str], stems: frozenset[str]) -> float:
    if part in words or stem(part) in stems:
        return 1.0
    return NEAR if any(_is_near(part, word) for word in words) else 0.0


@lru_cache(maxsize=50_000)
def _is_near(one: str, other: str) -> bool:
    """One begins the other (`postgres`, `postgresql`), or they differ by a slip of the finger."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_NEAR or shorter in COMMON or shorter.isdigit():
        return False
    if longer.startswith(shorter):
        return len(longer) <= 2 * len(shorter)
    is_alike = shorter[0] == longer[0] and len(longer) - len(shorter) < 2 and len(shorter) > 4
    return is_alike and SequenceMatcher(None, shorter, longer).ratio() >= NEAR_ENOUGH


def _words(text: str) -> list[str]:
    found = WORD.findall(REFERENCE.sub(" ", text).lower())
    return [word for word in found if 1 < len(word) <= LONGEST_WORD and word not in COMMON]
