"""What routing remembers of past help: who, when, where, how much it counts, never the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.ids import ChannelId, UserId

KEPT_FOR = timedelta(days=365)
"""So long the sketch of a text and what it is evidence of are kept."""


class Kind(StrEnum):
    ANSWERED = "answered"
    SOLVED = "solved"
    """The asker said so; it comes on top of the answer."""
    THANKED = "thanked"
    """Somebody learned from a message of theirs."""
    NOT_ME = "not me"
    """They said that they are no help with this."""


WORTH = MappingProxyType(
    {Kind.ANSWERED: 1.0, Kind.SOLVED: 1.0, Kind.THANKED: 0.3, Kind.NOT_ME: -1.0}
)
DECLARED = 0.3
"""What a declared topic is worth beside a question like this one that was answered."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The words of a question as packed hashes; or of what `author` answered to sketch `of`."""

    number: int
    of: int | None
    author: UserId | None
    words: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of evidence; `sketch` is the number of the question's sketch, where there is one."""

    person: UserId
    asker: UserId | None
    channel: ChannelId | None
    kind: Kind
    sketch: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts for somebody, as they may see and remove it."""

    thread: str
    kinds: tuple[Kind, ...]
    channel: ChannelId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights fitted to a workspace, and to how many answered questions."""

    weights: Mapping[str, float]
    labels: int


@dataclass(frozen=True, slots=True)
class Known:
    """How many transactions added evidence, and how many removed some."""

    seq: int
    epoch: int
