"""The ledger's rules: when a reaction is an exchange, which event wins, what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import ChannelId, Topic, Ts, UserId
from bot.domain.people import Person

LEARNING_EMOJI: Final = frozenset({"bulb"})
"""The agreed emoji, by Slack's names without colons: `:bulb:` says "I learned something here"."""

LINE_KEPT_FOR = timedelta(days=365)
"""So long a learner's own words about what changed are kept."""


class Activity(StrEnum):
    """The kind of social learning an exchange came from."""

    ASK = "ask"
    REACTION = "reaction"
    PUBLISHED = "published"
    """A published takeaway answered a question before anybody was asked."""


class Change(StrEnum):
    """What is different for somebody who learned something."""

    KNOWLEDGE = "knowledge"
    BEHAVIOUR = "behaviour"
    PERSPECTIVE = "perspective"
    ATTITUDE = "attitude"


class Used(StrEnum):
    """Whether what was learned has been of use, by the learner's own word."""

    YES = "yes"
    NOT_YET = "not yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a learner noted about an exchange, for themselves alone."""

    changed: Change | None = None
    line: str = ""
    used: Used | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who learned from whom, about what, and where: references, never the text.

    `source` names the gesture or the question behind it; a learner has one exchange from each.
    """

    source: str
    activity: Activity
    learner: UserId
    peer: UserId
    channel: ChannelId | None = None
    ts: Ts | None = None
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """An agreed emoji put on a message or taken off it, at Slack's own time."""

    learner: UserId
    peer: UserId
    channel: ChannelId
    ts: Ts
    emoji: str
    is_on: bool
    event_ts: Ts

    def as_exchange(self) -> Exchange:
        source = f"reaction/{self.channel}/{self.ts}/{self.emoji}"
        return Exchange(source, Activity.REACTION, self.learner, self.peer, self.channel, self.ts)


def agreed_emoji(name: str) -> str | None:
    """The agreed emoji behind Slack's name for a reaction, whatever its skin tone."""
    plain = name.partition("::")[0]
    return plain if plain in LEARNING_EMOJI else None


def counts(learner: Person, peer: Person) -> bool:
    """Two different members of the workspace: not oneself, no bots, no outsiders or guests."""
    return learner.user != peer.user and learner.takes_part and peer.takes_part


def is_later(toggled_ts: Ts, than: Ts) -> bool:
    """Whether the first of two of Slack's times comes after the second."""
    return _instant(toggled_ts) > _instant(than)


def _instant(ts: Ts) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction.ljust(6, "0")[:6] or 0)
