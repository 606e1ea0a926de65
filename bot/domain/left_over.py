"""Says in one sentence why nobody was found for somebody: numbers and no names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.fit import Verdict
from bot.domain.ids import Topic, UserId
from bot.domain.matching import Member, Role

Tally = Mapping[Verdict, int]
MOST_NAMED = 3


class Words(NamedTuple):
    """A verdict about one, about some of many, and about all of them."""

    one: str
    some: str
    all: str


APART = Words(
    "has fewer than two working hours in common",
    "have fewer than two working hours in common",
    "but none has two working hours in common",
)
# It does not say why not: to whom a pair is barred may be nobody's business.
BARRED = Words(
    "cannot be matched this time",
    "cannot be matched this time",
    "but none can be matched this time",
)

OF_MENTORS = MappingProxyType(
    {
        Verdict.FITS: Words(
            "has no free place left",
            "have no free place left",
            "and all their places are taken",
        ),
        Verdict.APART: APART,
        Verdict.WEAK: Words(
            "meets too little of what is wished for",
            "meet too little of what is wished for",
            "but none meets enough of what is wished for",
        ),
        Verdict.BARRED: BARRED,
    }
)
OF_MENTEES = MappingProxyType(
    {
        Verdict.FITS: Words(
            "found another mentor",
            "found another mentor",
            "and all found another mentor",
        ),
        Verdict.APART: APART,
        Verdict.WEAK: Words(
            "has other wishes that weigh more",
            "have other wishes that weigh more",
            "but all have other wishes that weigh more",
        ),
        Verdict.BARRED: BARRED,
    }
)


class Reasons:
    """What a pool offers and wants, to explain who was left over from it."""

    def __init__(self, members: Sequence[Member]) -> None:
        mentors = [member for member in members if member.role is not Role.MENTEE]
        self._offering = _by_topic((m.user, m.offers) for m in mentors)
        self._full = _by_topic((m.user, m.offers) for m in mentors if not m.seeks_mentee)
        self._wanting = _by_topic((m.user, m.wants) for m in members if m.seeks_mentor)

    def why_no_mentor(self, mentee: Member, verdicts: Tally) -> str:
        """`verdicts` are those on mentors with free places; who fits them has been taken."""
        if not mentee.wants:
            return "No topic to learn was named."
        offered = [topic for topic in mentee.wants if self._offering[topic] - {mentee.user}]
        if not offered:
            return f"{_nobody(mentee.wants, mentee.offers)} offers {either(mentee.wants)}."
        full = set[UserId]().union(*(self._full[topic] for topic in offered)) - {mentee.user}
        tally = {**verdicts, Verdict.FITS: verdicts[Verdict.FITS] + len(full)}
        count = sum(tally.values())
        who = "1 mentor offers" if count == 1 else f"{count} mentors offer"
        return _sentence(f"{who} {either(offered)}", tally, OF_MENTORS)

    def why_no_mentee(self, mentor: Member, verdicts: Tally) -> str:
        """`verdicts` are those on people who look for a mentor."""
        if not mentor.offers:
            return "No topic to teach was named."
        wanted = [topic for topic in mentor.offers if self._wanting[topic] - {mentor.user}]
        if not wanted:
            who = _nobody(mentor.offers, mentor.wants)
            return f"{who} wants to learn {either(mentor.offers)}."
        count = sum(verdicts.values())
        who = "1 person wants to learn" if count == 1 else f"{count} people want to learn"
        return _sentence(f"{who} {either(wanted)}", verdicts, OF_MENTEES)


def either(topics: Iterable[Topic]) -> str:
    """Some topics in words: `rust, sql or go`, and of many how many more there are."""
    named: list[str] = list(dict.fromkeys(topics))
    if len(named) > MOST_NAMED + 1:
        named[MOST_NAMED:] = [f"{len(named) - MOST_NAMED} other topics"]
    *first, last = named
    return f"{', '.join(first)} or {last}" if first else last


def _nobody(sought: Iterable[Topic], own: Iterable[Topic]) -> str:
    return "Nobody else in the pool" if set(sought) & set(own) else "Nobody in the pool"


def _sentence(who: str, tally: Tally, words: Mapping[Verdict, Words]) -> str:
    counted = [(tally[verdict], said) for verdict, said in words.items() if tally[verdict]]
    if len(counted) == 1:
        [(count, said)] = counted
        return f"{who}, but {said.one}." if count == 1 else f"{who}, {said.all}."
    *first, last = [f"{n} {said.one if n == 1 else said.some}" for n, said in counted]
    return f"{who}: {', '.join(first)} and {last}."


def _by_topic(
    people: Iterable[tuple[UserId, tuple[Topic, ...]]],
) -> defaultdict[Topic, set[UserId]]:
    found: defaultdict[Topic, set[UserId]] = defaultdict(set)
    for user, topics in people:
        for topic in topics:
            found[topic].add(user)
    return found
