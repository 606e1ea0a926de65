"""Who is the best person to ask, and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import log1p

from bot.domain.ids import Topic, UserId

DECLARED = 1.0
HELPED = 0.8
LOAD = 0.35
HALF_LIFE_DAYS = 60.0
MAX_TOPICS = 20
MAX_TOPIC_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Help:
    """One time that somebody helped with a topic."""

    topic: Topic
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A colleague who could be asked, with all that speaks for and against."""

    user: UserId
    topics: frozenset[Topic] = frozenset()
    helped: tuple[Help, ...] = ()
    asked_this_week: int = 0
    weekly_limit: int = 3

    @property
    def has_room(self) -> bool:
        return self.asked_this_week < self.weekly_limit


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody was chosen: the numbers that ranked them, nothing else."""

    declared: tuple[Topic, ...] = ()
    helped: Mapping[Topic, int] = field(default_factory=dict)
    last_helped_at: datetime | None = None
    asked_this_week: int = 0


@dataclass(frozen=True, slots=True)
class Expert:
    user: UserId
    score: float
    reason: Reason


def rank_experts(
    candidates: Iterable[Candidate], *, topics: frozenset[Topic], now: datetime
) -> list[Expert]:
    """Order those who know something about `topics` and have room: the best first.

    Score: 1 for each topic they declared, 0.8·ln(1 + Σ 2^(-days/60)) for each they helped with,
    less 0.35·ln(1 + questions in the last seven days). Ties go to the less burdened, then by id.
    """
    experts = [
        _weigh(candidate, topics, now)
        for candidate in candidates
        if candidate.has_room and _knows(candidate, topics)
    ]
    return sorted(experts, key=lambda e: (-e.score, e.reason.asked_this_week, e.user))


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


def _weigh(candidate: Candidate, topics: frozenset[Topic], now: datetime) -> Expert:
    helped = [h for h in candidate.helped if h.topic in topics]
    declared = sorted(candidate.topics & topics)
    score = DECLARED * len(declared) - LOAD * log1p(candidate.asked_this_week)
    for topic in {h.topic for h in helped}:
        score += HELPED * log1p(sum(_fresh(h, now) for h in helped if h.topic == topic))
    return Expert(candidate.user, score, _reason(candidate, tuple(declared), helped))


def _reason(candidate: Candidate, declared: tuple[Topic, ...], helped: list[Help]) -> Reason:
    counts: dict[Topic, int] = {}
    for help_ in helped:
        counts[help_.topic] = counts.get(help_.topic, 0) + 1
    latest = max((h.at for h in helped), default=None)
    return Reason(declared, counts, latest, candidate.asked_this_week)


def _knows(candidate: Candidate, topics: frozenset[Topic]) -> bool:
    return bool(candidate.topics & topics) or any(h.topic in topics for h in candidate.helped)


def _fresh(help_: Help, now: datetime) -> float:
    days: float = max(0.0, (now - help_.at).total_seconds() / 86_400)
    return float(2.0 ** (-days / HALF_LIFE_DAYS))


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
