"""All evidence of a workspace in memory, laid out so that a question is weighed in milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from bot.domain.evidence import WORTH, Fact, Kind, Sketch
from bot.domain.ids import ChannelId, UserId
from bot.domain.postings import Floats
from bot.domain.threads import NOBODY, Thread, Threads, day_of

SHORT, LONG = 60.0, 365.0
"""Half-lives in days: of what somebody is into, and of what somebody knows."""
POWER = 1.5
"""The likest threads count more than in proportion."""


@dataclass(slots=True)
class Tally:
    """Fading sums by person, kept as of one day for all, so that time passing changes none."""

    sums: dict[int, list[float]] = field(default_factory=dict)

    def add(self, person: int, worth: float, day: float) -> None:
        held = self.sums.setdefault(person, [0.0, 0.0])
        held[0] += worth * 2 ** (day / SHORT)
        held[1] += worth * 2 ** (day / LONG)

    def on(self, day: float, people: int) -> tuple[Floats, Floats]:
        """The sums of everybody on that day, by the short and the long half-life."""
        short, long = np.zeros(people), np.zeros(people)
        if self.sums:
            who, held = list(self.sums), np.array(list(self.sums.values()))
            short[who] = held[:, 0] * 2 ** (-day / SHORT)
            long[who] = held[:, 1] * 2 ** (-day / LONG)
        return short, long


@dataclass(frozen=True, slots=True)
class Recalled:
    """What speaks for each person, by their number, as plain sums."""

    people: Mapping[UserId, int]
    words: Floats
    own: Floats
    here: Floats
    here_long: Floats
    asker: Floats
    threads: Mapping[int, Sequence[Thread]]
    is_here: bool
    """Whether `here` is about the channel: where nobody has helped yet, it is about all of them."""


class Memory:
    """Grows at its end; `seq` and `epoch` say how far, and since which removal."""

    def __init__(self, epoch: int = 0) -> None:
        self.epoch, self.seq = epoch, 0
        self.people: dict[UserId, int] = {}
        self.threads = Threads()
        self._everywhere = Tally()
        self._by_channel: dict[ChannelId, Tally] = {}
        self._by_asker: dict[UserId, Tally] = {}

    @property
    def size(self) -> int:
        """Bytes held, about."""
        tallies = [self._everywhere, *self._by_channel.values(), *self._by_asker.values()]
        return self.threads.size + 250 * sum(len(tally.sums) for tally in tallies)

    def extend(self, sketches: Sequence[Sketch], facts: Iterable[Fact]) -> None:
        """Sketches by their numbers, which only grow, before the facts about them."""
        authors = [NOBODY if s.author is None else self._number(s.author) for s in sketches]
        self.threads.extend(list(zip(sketches, authors, strict=True)))
        for fact in facts:
            self._credit(fact)

    def recall(
        self, terms: Iterable[int], *, asker: UserId, channel: ChannelId | None, at: datetime
    ) -> Recalled:
        """Weigh everybody for a question with these words, asked there and then."""
        day, size = day_of(at), len(self.people)
        words, own = np.zeros(size), np.zeros(size)
        threads = self.threads.similar(terms)
        for person, found in threads.items():
            for each in found:
                age = max(0.0, day - each.day)
                words[person] += each.worth * each.score**POWER * 2 ** (-age / SHORT)
                own[person] += each.worth * (each.score + each.own) ** POWER * 2 ** (-age / LONG)
        here = self._by_channel.get(channel) if channel else None
        anywhere = self._everywhere if channel else Tally()  # without a place, help is about words
        short, long = (here or anywhere).on(day, size)
        asker_sums = self._by_asker.get(asker, Tally()).on(day, size)[1]
        return Recalled(self.people, words, own, short, long, asker_sums, threads, here is not None)

    def _credit(self, fact: Fact) -> None:
        person, worth, day = self._number(fact.person), WORTH[fact.kind], day_of(fact.at)
        self.threads.credit(person, worth, day, fact.channel, fact.sketch)
        if fact.kind is Kind.NOT_ME:  # of no help with that is no help with nothing
            return
        self._everywhere.add(person, worth, day)
        if fact.channel:
            self._by_channel.setdefault(fact.channel, Tally()).add(person, worth, day)
        if fact.asker:
            self._by_asker.setdefault(fact.asker, Tally()).add(person, worth, day)

    def _number(self, user: UserId) -> int:
        return self.people.setdefault(user, len(self.people))
