"""Who of the workspace is most likely to help with a question: every ground weighed and summed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from math import log1p

import numpy as np
from numpy.typing import NDArray

from bot.domain.evidence import DECLARED
from bot.domain.expertise import Expert, Reason
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.people import Candidate
from bot.domain.postings import Floats
from bot.domain.presence import EXPECTED, NO_HOURS, USUAL, Presence, kernel
from bot.domain.recall import Recalled
from bot.domain.threads import Thread, instant_of
from bot.domain.weights import GROUNDS, LOAD, SHIPPED, TOPICS

LONGEST_AWAY = 365 * 24.0
"""Hours after which it makes no difference any more how long somebody has not been seen."""
STEEPNESS = 30.0
"""How soon more of the same words stops adding: ln(1 + STEEPNESS · share of the most)."""
SIMILAR = 0.25
"""A thread counts as one about this question with so much of the likest one's score."""
OFTEN_AROUND = 1.5
"""So many times their usual share of activity falls into this hour, to say so."""
ROUNDED = 9
"""Digits of a score: the order in which sums were taken must not decide."""
EXPLORES = 10
"""One question in so many goes to somebody of whom little is known."""
LITTLE = 3
"""So many answered questions are still little evidence."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A member who may be asked, and how things stand with them now."""

    candidate: Candidate
    topics: Mapping[Topic, float] = field(default_factory=dict)
    """Those of their topics that the question names, and how well."""
    anywhere: Presence | None = None
    here_at: datetime | None = None

    @property
    def user(self) -> UserId:
        return self.candidate.user

    @property
    def asked(self) -> int:
        """How many questions they were sent in the last seven days."""
        return self.candidate.asked_this_week


@dataclass(frozen=True, slots=True)
class Query:
    """A question as far as it matters: whose, where, when, and its words by their hashes."""

    asker: UserId
    words: Mapping[int, str]
    at: datetime
    channel: ChannelId | None = None
    visible: frozenset[ChannelId] = frozenset()
    """The channels of which the asker may be told."""


class Ranking:
    """Everybody who may be asked, the likeliest first, and why.

    Score: the sum of every ground by its weight, all zero or more, less the load
    LOAD · ln(1 + burden). Ties go to the less burdened, then by id.
    """

    def __init__(
        self,
        peers: Iterable[Peer],
        recalled: Recalled,
        query: Query,
        weights: Mapping[str, float] = SHIPPED,
        *,
        load: float = LOAD,
    ) -> None:
        self._peers = [p for p in peers if p.candidate.has_room and p.user != query.asker]
        self._places = {peer.user: place for place, peer in enumerate(self._peers)}
        self._recalled, self._query = recalled, query
        self.grounds = grounds_of(self._peers, recalled, query)
        each = [weights[name] for name in GROUNDS]
        self.shares = self.grounds * [*each, sum(weights[name] for name in TOPICS)]
        """What each ground adds to each score: declared topics are the last column."""
        burdens = [log1p(peer.candidate.burden) for peer in self._peers]
        self.scores: Floats = (self.shares.sum(axis=1) - load * np.array(burdens)).round(ROUNDED)

    @cached_property
    def users(self) -> list[UserId]:
        """In the order in which they should be asked."""
        peers, scores = self._peers, self.scores.tolist()
        order = sorted(
            range(len(peers)),
            key=lambda i: (-scores[i], peers[i].candidate.burden, peers[i].user),
        )
        return [peers[place].user for place in order]

    @cached_property
    def chances(self) -> Floats:
        """How likely each is to be the one who answers, if the weights are right."""
        if not self.scores.size:
            return self.scores
        worth = np.exp(self.scores - self.scores.max())
        return np.asarray(worth / worth.sum(), np.float64)

    def expert(self, user: UserId, *, explores: bool = False) -> Expert | None:
        """Them, as they stand in this ranking; None where they cannot be asked."""
        place = self._places.get(user)
        if place is None:
            return None
        return Expert(
            user, float(self.scores[place]), self._reason(place, explores), self.chances[place]
        )

    def has_grounds(self, user: UserId) -> bool:
        """Whether anything says that they know about it: words or a topic.

        Help in its channel ranks those who do, and is not enough: nobody is worn out by questions
        about something else.
        """
        grounds = dict(zip((*GROUNDS, "topics"), self.grounds[self._places[user]], strict=True))
        return bool(grounds["words"] or grounds["topics"] or grounds["own_words"])

    def little_known(self, user: UserId) -> bool:
        number = self._recalled.people.get(user)
        return number is None or len(self._recalled.threads.get(number, ())) < LITTLE

    def _reason(self, place: int, explores: bool) -> Reason:
        """Only what the asker may see of what ranked."""
        peer, recalled = self._peers[place], self._recalled
        number = recalled.people.get(peer.user, -1)
        similar = self._shown(recalled.threads.get(number, ()))
        ground = dict(zip(GROUNDS, self.grounds[place].tolist(), strict=False))
        here = recalled.here_long[number] if recalled.is_here and number >= 0 else 0.0
        return Reason(
            declared=tuple(sorted(peer.topics)),
            answered=len(similar),
            words=self._common(similar),
            channels=tuple(sorted({t.channel for t in similar if t.channel})),
            last_helped_at=instant_of(max(t.day for t in similar)) if similar else None,
            helped_here=bool(here > 0 and self._query.channel),
            is_around=ground["hour"] > log1p(OFTEN_AROUND),
            explores=explores,
            asked_this_week=peer.asked,
        )

    def _shown(self, threads: Sequence[Thread]) -> list[Thread]:
        """Those much like the question, from places of which the asker may know."""
        most = max((t.score for found in self._recalled.threads.values() for t in found), default=0)
        may_see = {None, self._query.channel, *self._query.visible}
        return [
            t
            for t in threads
            if t.channel in may_see and t.worth >= 1 and t.score >= SIMILAR * most
        ]

    def _common(self, similar: Sequence[Thread]) -> tuple[str, ...]:
        """The two of the question's own words that most of these threads were about."""
        counts: dict[int, int] = {}
        for thread in similar:
            for rank, term in enumerate(thread.terms):
                counts[term] = counts.get(term, 0) + max(1, 8 - rank)
        best = sorted(counts, key=lambda term: (-counts[term], self._query.words[term]))
        return tuple(self._query.words[term] for term in best[:2])


def explores(seed: str) -> bool:
    """Whether this question goes to somebody of whom little is known; the same for a seed."""
    return int.from_bytes(sha256(seed.encode()).digest()[:8], "big") % EXPLORES == 0


def grounds_of(peers: Sequence[Peer], recalled: Recalled, query: Query) -> Floats:
    """A row for each peer, a column for each of GROUNDS and one for declared topics."""
    numbers = np.array([recalled.people.get(peer.user, -1) for peer in peers], np.int64)
    anywhere = [peer.anywhere.last_at if peer.anywhere else None for peer in peers]
    columns = {
        "active": _recency(anywhere, query.at),
        "active_here": _recency([peer.here_at for peer in peers], query.at),
        "helped_here": _of(np.log1p(np.maximum(recalled.here, 0)), numbers),
        "helped_here_long": _of(np.log1p(np.maximum(recalled.here_long, 0)), numbers),
        "words": _saturated(_of(recalled.words, numbers)),
        "own_words": _saturated(_of(recalled.own, numbers)),
        "hour": _hour(peers, query.at),
        "asker": _of(np.log1p(np.maximum(recalled.asker, 0)), numbers),
    }
    topics = [STEEPNESS * DECLARED * sum(peer.topics.values()) for peer in peers]
    return np.column_stack([*(columns[name] for name in GROUNDS), np.log1p(topics)])


def _of(values: Floats, numbers: NDArray[np.int64]) -> Floats:
    """Each peer's value; nothing for those of whom there is no evidence."""
    return np.append(values, 0.0)[numbers]


def _saturated(values: Floats) -> Floats:
    most = values.max(initial=0.0)
    shares = np.maximum(values, 0) / most if most > 0 else np.zeros(values.size)
    return np.asarray(np.log1p(STEEPNESS * shares), np.float64)


def _recency(seen: Sequence[datetime | None], now: datetime) -> Floats:
    """Zero for whoever was not seen for a year, more the more recent it was."""
    hours = [(now - at).total_seconds() / 3600 if at else LONGEST_AWAY for at in seen]
    longest = np.log1p(LONGEST_AWAY)
    return np.asarray(longest - np.log1p(np.clip(hours, 0, LONGEST_AWAY)), np.float64)


def _hour(peers: Sequence[Peer], now: datetime) -> Floats:
    """ln(1 + how many times the even share of their activity falls around this hour)."""
    packed = b"".join(p.anywhere.hours if p.anywhere else NO_HOURS for p in peers)
    hours = np.frombuffer(packed, np.float32).reshape(len(peers), 24).astype(np.float64)
    near = hours @ np.array(kernel(now))
    share = (near + EXPECTED * USUAL) / (hours.sum(axis=1) + EXPECTED)
    return np.asarray(np.log1p(share / USUAL), np.float64)
