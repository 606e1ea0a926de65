"""What people know: the topics they name, and the reason for asking somebody."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, Topic, UserId

MAX_TOPICS = 20
MAX_TOPIC_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody was chosen: the numbers that ranked them, nothing else.

    It holds only what the asker may see; what it says of channels is about public ones, and the
    one the question comes from.
    """

    declared: tuple[Topic, ...] = ()
    answered: int = 0
    """How many questions like this one they were of help with."""
    words: tuple[str, ...] = ()
    """What those have in common with this one, in the words of its asker."""
    channels: tuple[ChannelId, ...] = ()
    last_helped_at: datetime | None = None
    helped_here: bool = False
    is_around: bool = False
    explores: bool = False
    """Whether they were chosen because little is known of them."""
    asked_this_week: int = 0


@dataclass(frozen=True, slots=True)
class Expert:
    user: UserId
    score: float
    reason: Reason
    chance: float = 1.0
    """How likely they are to be the one who answers."""


def topics_in(text: str, vocabulary: Iterable[Topic]) -> frozenset[Topic]:
    """The topics of `vocabulary` that `text` names, word by word, whatever their number.

    Of two topics that overlap the longer counts.
    """
    words = stems(text)
    named = {topic: stems(topic) for topic in vocabulary if _holds(words, stems(topic))}
    return frozenset(topic for topic, phrase in named.items() if not _is_part(phrase, named))


def read_topics(typed: str) -> tuple[Topic, ...]:
    """Topics as typed, separated by commas: lower case, each once, in the order given."""
    named = (" ".join(part.split()).lower() for part in re.split(r"[,;\n]", typed))
    return tuple(dict.fromkeys(Topic(name) for name in named if name))


def stems(text: str) -> list[str]:
    """The words of a text in reading order, without what number and case make of them."""
    words = re.findall(r"\w[\w+#.]*", text.casefold())
    return [_stem(word.rstrip(".")) for word in words]


def _stem(word: str) -> str:
    """The word without its plural, after Porter: `queries` and `query` are one, as are `apis`."""
    if word.endswith(("sses", "xes", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    return re.sub(r"(?<=..)(?:ie|y)$", "i", word)


def _is_part(phrase: list[str], named: Mapping[Topic, list[str]]) -> bool:
    """Whether a longer topic says it more precisely: `feedback` beside `giving feedback`."""
    return any(len(other) > len(phrase) and _holds(other, phrase) for other in named.values())


def _holds(words: list[str], phrase: list[str]) -> bool:
    span = len(phrase)
    return span > 0 and any(words[i : i + span] == phrase for i in range(len(words) - span + 1))
