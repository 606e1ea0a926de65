"""Pools and proposals as plain JSON, and back: how a bot and its matchmaker speak to each other."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.domain.ids import Topic, UserId
from bot.domain.matching import LeftOver, Member, Pair, Pool, Proposal, Role

Json = dict[str, Any]

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading something else may raise."""


def pool_to_json(pool: Pool) -> Json:
    return {**asdict(pool), "on": pool.on.isoformat(), "past": sorted(pool.past)}


def pool_from_json(said: Json) -> Pool:
    return Pool(
        members=tuple(_member(each) for each in said["members"]),
        on=date.fromisoformat(said["on"]),
        seed=str(said["seed"]),
        past=frozenset((UserId(mentor), UserId(mentee)) for mentor, mentee in said["past"]),
    )


def proposal_to_json(proposal: Proposal) -> Json:
    return asdict(proposal)


def proposal_from_json(said: Json) -> Proposal:
    return Proposal(
        pairs=tuple(_pair(each) for each in said["pairs"]),
        left_over=tuple(_left_over(each) for each in said["left_over"]),
    )


def _member(said: Json) -> Member:
    return Member(
        user=UserId(said["user"]),
        role=Role(said["role"]),
        zone=str(said["zone"]),
        offers=_topics(said["offers"]),
        wants=_topics(said["wants"]),
        capacity=int(said["capacity"]),
        needs_mentor=bool(said["needs_mentor"]),
        waited=bool(said["waited"]),
    )


def _pair(said: Json) -> Pair:
    return Pair(
        mentor=UserId(said["mentor"]),
        mentee=UserId(said["mentee"]),
        topics=_topics(said["topics"]),
        hours=float(said["hours"]),
        score=float(said["score"]),
    )


def _left_over(said: Json) -> LeftOver:
    return LeftOver(UserId(said["user"]), Role(said["role"]), str(said["why"]))


def _topics(said: list[str]) -> tuple[Topic, ...]:
    return tuple(Topic(topic) for topic in said)
