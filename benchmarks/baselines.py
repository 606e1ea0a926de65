"""Three simple ways to choose whom to ask, to be measured beside ours."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf, log
from random import Random

from benchmarks.archive import Thread
from bot.domain.words import counted

DAY = 86_400.0
HALF_LIFE = 60.0
LIKEST, POWER = 100, 1.5
K1, B, MOST_TERMS = 1.2, 0.75, 32


@dataclass(slots=True)
class Past:
    """Who answered what when: all that a baseline knows. Words are those of the whole thread."""

    answers: list[tuple[str, float, int]] = field(default_factory=list)
    people: dict[str, None] = field(default_factory=dict)
    by_thread: dict[int, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    holders: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    lengths: dict[int, int] = field(default_factory=dict)
    total: int = 0

    def answered(self, thread: Thread, user: str, at: float) -> None:
        self.answers.append((user, at, thread.number))
        self.people[user] = None
        self.by_thread[thread.number].append((user, at))

    def reads(self, number: int, text: str) -> None:
        """Words that were said in a thread."""
        words = counted(text)
        for word, times in words.items():
            self.holders[word][number] = self.holders[word].get(number, 0) + times
        self.lengths[number] = self.lengths.get(number, 0) + words.total()
        self.total += words.total()


Way = Callable[[Past, Thread], list[str]]


def at_random(past: Past, thread: Thread) -> list[str]:
    people = sorted(past.people)
    Random(thread.number).shuffle(people)
    return people


def most_active(past: Past, thread: Thread) -> list[str]:
    """Most answers, each worth half after thirty days."""
    return _best((user, 2 ** -((thread.at - at) / DAY / 30)) for user, at, _ in past.answers)


def by_words(half_life: float) -> Way:
    """BM25 over threads, the likest ones vote for those who answered there."""

    def order(past: Past, thread: Thread) -> list[str]:
        scores = _bm25(past, thread.text)
        likest = sorted(scores, key=lambda number: (-scores[number], number))[:LIKEST]
        return _best(
            (user, scores[number] ** POWER * 2 ** -((thread.at - at) / DAY / half_life))
            for number in likest
            for user, at in past.by_thread[number]
        )

    return order


WAYS: dict[str, Way] = {
    "random": at_random,
    "most active 30 d": most_active,
    "BM25 60 d": by_words(HALF_LIFE),
    "BM25": by_words(inf),
}


def _bm25(past: Past, text: str) -> dict[int, float]:
    held = sorted((len(past.holders[w]), w) for w in counted(text) if w in past.holders)
    mean = past.total / max(1, len(past.lengths))
    scores: dict[int, float] = defaultdict(float)
    for size, word in held[:MOST_TERMS]:
        idf = log(1 + (len(past.lengths) - size + 0.5) / (size + 0.5))
        for number, times in past.holders[word].items():
            norm = K1 * (1 - B + B * past.lengths[number] / mean)
            scores[number] += idf * times * (K1 + 1) / (times + norm)
    return scores


def _best(votes: Iterable[tuple[str, float]]) -> list[str]:
    sums: Counter[str] = Counter()
    for user, vote in votes:
        sums[user] += vote  # type: ignore[assignment]  # a Counter adds fractions just as well
    return sorted(sums, key=lambda user: (-sums[user], user))
