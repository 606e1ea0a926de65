"""Scores everybody who could teach anybody, one mentee against all mentors at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from bot.domain.fit import DECIMALS, FEWEST_HOURS, FLOOR, FULL_DAY, WEIGHTS, Verdict, wish_shares
from bot.domain.ids import Topic, UserId
from bot.domain.matching import Member
from bot.domain.working_time import shared_hours, zone_named

Whole = npt.NDArray[np.intp]
Real = npt.NDArray[np.float64]
Past = frozenset[tuple[UserId, UserId]]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Who fits whom, by place in the lists of mentees and mentors, with score and hours.

    Beside them how often each verdict fell for each mentee and for each mentor: one falls on
    every two of whom one offers what the other wants.
    """

    mentees: Whole
    mentors: Whole
    scores: Real
    hours: Real
    of_mentees: Whole
    of_mentors: Whole


def find_edges(
    mentees: Sequence[Member], mentors: Sequence[Member], *, past: Past, on: date
) -> Edges:
    zones = sorted({member.zone for member in (*mentees, *mentors)})
    table = _Mentors(mentors, zones, past, on)
    of_mentees = np.zeros((len(mentees), len(Verdict)), np.intp)
    of_mentors = np.zeros((len(mentors), len(Verdict)), np.intp)
    found = [(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), np.zeros(0))]
    for place, mentee in enumerate(mentees):
        who, verdicts, scores, hours = table.judge(mentee)
        of_mentees[place] = np.bincount(verdicts, minlength=len(Verdict))
        of_mentors[who, verdicts] += 1
        fits = verdicts == Verdict.FITS
        found.append((np.full(fits.sum(), place), who[fits], scores[fits], hours[fits]))
    rows, columns, scores, hours = (np.concatenate(part) for part in zip(*found, strict=True))
    return Edges(rows, columns, scores, hours, of_mentees, of_mentors)


class _Mentors:
    """All mentors as columns of numbers."""

    def __init__(
        self, mentors: Sequence[Member], zones: Sequence[str], past: Past, on: date
    ) -> None:
        self._places = {mentor.user: place for place, mentor in enumerate(mentors)}
        self._offers = {mentor.user: frozenset(mentor.offers) for mentor in mentors}
        self._offering = _places_by_topic(mentors)
        self._barred = self._places_by_mentee(past)
        self._waited = np.array([mentor.waited for mentor in mentors], np.float64)
        column = {zone: place for place, zone in enumerate(zones)}
        self._zones = np.array([column[mentor.zone] for mentor in mentors], np.intp)
        self._hours = {zone: _hours_shared(zone, zones, on) for zone in zones}

    def judge(self, mentee: Member) -> tuple[Whole, Whole, Real, Real]:
        """Who offers anything wanted, and for each the verdict, the score and the hours."""
        coverage = self._coverage(mentee)
        who = np.flatnonzero(coverage)
        hours = self._hours[mentee.zone][self._zones[who]]
        fit = WEIGHTS["topics"] * coverage[who] + WEIGHTS["hours"] * hours / FULL_DAY
        score = fit + WEIGHTS["waited"] * (mentee.waited + self._waited[who]) / 2
        verdicts = np.select(
            [
                np.isin(who, self._barred[mentee.user]),
                hours < FEWEST_HOURS,
                fit.round(DECIMALS) < FLOOR,
            ],
            [Verdict.BARRED, Verdict.APART, Verdict.WEAK],
            Verdict.FITS,
        )
        return who, verdicts, score.round(DECIMALS), hours

    def _coverage(self, mentee: Member) -> Real:
        """The share of the wishes that each mentor meets; nobody meets their own."""
        own = self._offers.get(mentee.user, frozenset())
        others = len(self._places) - (mentee.user in self._places)
        offered = {topic: len(self._offering[topic]) - (topic in own) for topic in mentee.wants}
        coverage = np.zeros(len(self._places))
        for topic, share in wish_shares(mentee.wants, offered, others).items():
            coverage[self._offering[topic]] += share
        if mentee.user in self._places:
            coverage[self._places[mentee.user]] = 0
        return coverage

    def _places_by_mentee(self, past: Past) -> defaultdict[UserId, list[int]]:
        found: defaultdict[UserId, list[int]] = defaultdict(list)
        for mentor, mentee in past:
            if mentor in self._places:
                found[mentee].append(self._places[mentor])
        return found


def _places_by_topic(mentors: Sequence[Member]) -> defaultdict[Topic, list[int]]:
    found: defaultdict[Topic, list[int]] = defaultdict(list)
    for place, mentor in enumerate(mentors):
        for topic in dict.fromkeys(mentor.offers):
            found[topic].append(place)
    return found


def _hours_shared(zone: str, zones: Sequence[str], on: date) -> Real:
    own = zone_named(zone)
    return np.array([shared_hours(own, zone_named(other), on) for other in zones])
