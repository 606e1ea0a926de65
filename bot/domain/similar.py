"""Which published answers may answer a question, before anybody is asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

from bot.domain.expertise import stems
from bot.domain.published import Published

MOST_SHOWN = 2

ENOUGH: Final = 0.6
"""Of the weight of the shorter question's words, so much has to be in the other as well."""

AT_LEAST = 2
"""Words in common, unless the two questions have no others: one word alone says too little."""

STRUCTURE: Final = frozenset(
    stem
    for stem in stems(
        "a about after all also am an and any anybody anyone are aren as at be because been "
        "before best but by can cannot could couldn d did didn do does doesn doing don done "
        "each else for from get gets getting go good got had has have having he help her here "
        "him his how i if in into is isn it its just keep know let like ll m make makes many "
        "may me might more most much must my need no nobody not now of off on one only or other "
        "our out over own please re right s she should shouldn so some somebody someone "
        "something t than that the their them then there these they thing this those through to "
        "too under up us use used uses using ve very want was way we were what when where "
        "whether which while who why will with without won would wouldn yes yet you your"
    )
)
"""Words that questions are built with, whatever they are about."""


def most_similar(text: str, answers: Sequence[Published]) -> tuple[Published, ...]:
    """The answers whose questions are so close to `text` that they are worth reading first.

    A word counts the more, the fewer of the answers' questions it is in. Closeness is the weight
    of the words in common as a share of all words of the shorter question. The closest come
    first; of those equally close, the order given decides.
    """
    asked = words_of(text)
    questions = [words_of(answer.question) for answer in answers]
    weights = _weights(questions, asked)
    scored = [
        (closeness(asked, question, weights), answer)
        for question, answer in zip(questions, answers, strict=True)
    ]
    close = [(score, answer) for score, answer in scored if score >= ENOUGH]
    best = sorted(close, key=lambda each: -each[0])[:MOST_SHOWN]
    return tuple(answer for _, answer in best)


def words_of(text: str) -> frozenset[str]:
    """What a question is about: the stems of its words, each once, without what builds it."""
    return frozenset(stems(text)) - STRUCTURE


def closeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """From 0, nothing in common, to 1: one of the two says all that the other says."""
    common = one & other
    if not common or (len(common) < AT_LEAST and one != other):
        return 0.0
    shorter = min(_weight(one, weights), _weight(other, weights))
    return min(1.0, _weight(common, weights) / shorter)


def _weights(questions: Iterable[frozenset[str]], asked: frozenset[str]) -> dict[str, float]:
    """Inverse document frequency, smoothed so that no word is worth nothing."""
    known = list(questions)
    found = Counter(word for question in known for word in question)
    return {word: 1 + log((1 + len(known)) / (1 + found[word])) for word in {*found, *asked}}


def _weight(words: frozenset[str], weights: Mapping[str, float]) -> float:
    """Added up in one order, so that the same words weigh the same on every machine."""
    return sum(weights[word] for word in sorted(words))
