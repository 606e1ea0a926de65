"""Play the evidence again: what was known when each question came, and who answered it then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from operator import attrgetter

import numpy as np

from bot.domain.evidence import WORTH, Fact, Sketch
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Candidate
from bot.domain.postings import PACKED
from bot.domain.presence import Presence
from bot.domain.recall import Memory
from bot.domain.refit import MOST_LABELS, Label
from bot.domain.routing import Peer, Query, grounds_of
from bot.domain.weights import GROUNDS


def labels_of(sketches: Iterable[Sketch], facts: Iterable[Fact]) -> list[Label]:
    """The newest answered questions, each with what was known of everybody just before it.

    When people were around is taken from the evidence alone, because no other trace is kept.
    """
    ordered, facts = _in_order(sketches, facts)
    play = _Play(facts)
    questions = [each for each in ordered if each.of is None and play.about.get(each.number)]
    newest = {each.number for each in questions[-MOST_LABELS:]}
    labels = []
    for each in ordered:
        play.up_to(each.at)
        if each.number in newest:
            labels.append(play.label(each))
        play.add(each)
    return [label for label in labels if label.answered.any()]


def _in_order(sketches: Iterable[Sketch], facts: Iterable[Fact]) -> tuple[list[Sketch], list[Fact]]:
    """Sketches by when the questions came, numbered anew in that order."""
    ordered = sorted(sketches, key=attrgetter("at", "number"))
    numbers: dict[int | None, int] = {each.number: at for at, each in enumerate(ordered)}
    return (
        [replace(s, number=at, of=numbers.get(s.of)) for at, s in enumerate(ordered)],
        [replace(fact, sketch=numbers.get(fact.sketch)) for fact in facts],
    )


class _Play:
    """The state of a workspace as it was."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.about: dict[int | None, list[Fact]] = defaultdict(list)
        self._loose: list[tuple[datetime, int, Fact]] = []
        for number, fact in enumerate(facts):
            if fact.sketch is None:
                heappush(self._loose, (fact.at, number, fact))
            elif WORTH[fact.kind] > 0:
                self.about[fact.sketch].append(fact)
        self._count = len(self._loose)
        self._memory = Memory()
        self._anywhere: dict[UserId, Presence] = {}
        self._here: dict[tuple[UserId, ChannelId | None], datetime] = {}

    def up_to(self, at: datetime) -> None:
        """Let everything happen that happened before."""
        while self._loose and self._loose[0][0] < at:
            fact = heappop(self._loose)[2]
            self._memory.extend([], [fact])
            self._see(fact.person, fact.channel, fact.at)

    def label(self, sketch: Sketch) -> Label:
        facts = self.about[sketch.number]
        asker, channel = facts[0].asker or UserId(""), facts[0].channel
        people = [user for user in self._memory.people if user != asker]
        peers = [
            Peer(Candidate(user), {}, self._anywhere.get(user), self._here.get((user, channel)))
            for user in people
        ]
        terms = np.frombuffer(sketch.words, PACKED)["term"].tolist()
        recalled = self._memory.recall(terms, asker=asker, channel=channel, at=sketch.at)
        grounds = grounds_of(peers, recalled, Query(asker, {}, sketch.at, channel))
        answered = {fact.person for fact in facts}
        return Label(
            grounds[:, : len(GROUNDS)], np.array([user in answered for user in people], bool)
        )

    def add(self, sketch: Sketch) -> None:
        """Its words at once, and those who were of help with it when they were."""
        self._memory.extend([sketch], ())
        facts: Sequence[Fact] = self.about.get(sketch.number, ()) if sketch.of is None else ()
        for fact in facts:
            self._count += 1
            heappush(self._loose, (fact.at, self._count + 10**9, fact))
        if facts and facts[0].asker:
            self._see(facts[0].asker, facts[0].channel, sketch.at)

    def _see(self, user: UserId, channel: ChannelId | None, at: datetime) -> None:
        self._anywhere[user] = self._anywhere.get(user, Presence(at)).seen(at)
        self._here[user, channel] = at
