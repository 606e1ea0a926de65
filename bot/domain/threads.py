"""Past questions and who was of help with them: which are like a new one, to whose credit."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.evidence import Sketch
from bot.domain.ids import ChannelId
from bot.domain.postings import Hits, Postings

TOP = 200
"""So many sketches most like a question are looked at."""
ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
NOBODY = -1


def day_of(at: datetime) -> float:
    return (at - ORIGIN).total_seconds() / 86_400


def instant_of(day: float) -> datetime:
    return datetime.fromtimestamp(round(ORIGIN.timestamp() + day * 86_400), UTC)


@dataclass(frozen=True, slots=True)
class Thread:
    """One past question like the new one, and what it says of somebody who took part."""

    terms: tuple[int, ...]
    """What the two have in common, the rarest first."""
    channel: ChannelId | None
    day: float
    worth: float
    score: float
    """How like it is."""
    own: float
    """How like it their own words were."""


class Threads:
    """Columns that only grow: a sketch is known by its place, a fact by its own."""

    def __init__(self) -> None:
        self.postings = Postings()
        self._numbers = array("q")
        self._author, self._question = array("i"), array("i")
        self._own: dict[tuple[int, int], int] = {}
        self._newest_fact, self._older_fact = array("i"), array("i")
        self._person, self._channel = array("i"), array("i")
        self._worth, self._day = array("d"), array("d")
        self._channels: list[ChannelId | None] = []
        self._places: dict[ChannelId | None, int] = {}

    @property
    def size(self) -> int:
        """Bytes held, about."""
        by_sketch = 8 + 3 * self._author.itemsize
        by_fact = 3 * self._person.itemsize + 2 * self._day.itemsize
        held = by_sketch * len(self._numbers) + by_fact * len(self._person)
        return self.postings.size + held + 150 * len(self._own)

    def extend(self, sketches: Sequence[tuple[Sketch, int]]) -> None:
        """Each with its author, or NOBODY for a question's own."""
        self.postings.extend([sketch.words for sketch, _ in sketches])
        for sketch, author in sketches:
            place = len(self._numbers)
            question = place if sketch.of is None else self._place_of(sketch.of)
            self._numbers.append(sketch.number)
            self._author.append(author)
            self._question.append(question)
            self._newest_fact.append(NOBODY)
            if sketch.of is not None:
                self._own[question, author] = place

    def credit(
        self, person: int, worth: float, day: float, channel: ChannelId | None, sketch: int | None
    ) -> None:
        """A fact about somebody and the question of that sketch, if it is still kept."""
        question = NOBODY if sketch is None else self._place_of(sketch)
        self._older_fact.append(self._newest_fact[question] if question >= 0 else NOBODY)
        if question >= 0:
            self._newest_fact[question] = len(self._older_fact) - 1
        self._person.append(person)
        self._worth.append(worth)
        self._day.append(day)
        self._channel.append(self._place(channel))

    def similar(self, terms: Iterable[int]) -> dict[int, list[Thread]]:
        """By person: the threads most like a question in which they took part."""
        hits = self.postings.search(terms, top=TOP)
        shared = {term: hits.who_holds(term) for term in hits.holders}
        found: dict[tuple[int, int], Thread] = {}
        for place, sketch in enumerate(hits.best.tolist()):
            question, author = self._question[sketch], self._author[sketch]
            common = tuple(term for term, held in shared.items() if held[place])
            for person, facts in self._involved(question).items():
                key = (person, question)
                if author in {NOBODY, person} and key not in found:
                    found[key] = self._thread(key, facts, common, hits)
        by_person: dict[int, list[Thread]] = {}
        for (person, _), thread in found.items():
            by_person.setdefault(person, []).append(thread)
        return by_person

    def _thread(
        self, key: tuple[int, int], facts: list[int], common: tuple[int, ...], hits: Hits
    ) -> Thread:
        person, question = key
        own = self._own.get((question, person))
        return Thread(
            common,
            self._channels[self._channel[facts[0]]],
            max(self._day[fact] for fact in facts),
            sum(self._worth[fact] for fact in facts),
            float(hits.scores[question]),
            float(hits.scores[own]) if own is not None else 0.0,
        )

    def _involved(self, question: int) -> Mapping[int, list[int]]:
        """The facts about a question by person, the newest first."""
        found: dict[int, list[int]] = {}
        fact = self._newest_fact[question] if question >= 0 else NOBODY
        while fact >= 0:
            found.setdefault(self._person[fact], []).append(fact)
            fact = self._older_fact[fact]
        return found

    def _place(self, channel: ChannelId | None) -> int:
        place = self._places.setdefault(channel, len(self._channels))
        if place == len(self._channels):
            self._channels.append(channel)
        return place

    def _place_of(self, number: int) -> int:
        at = bisect_left(self._numbers, number)
        is_there = at < len(self._numbers) and self._numbers[at] == number
        return at if is_there else NOBODY
