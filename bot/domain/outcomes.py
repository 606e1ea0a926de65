"""What became of a call to Slack, and of a look into its history."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.ids import ChannelId, Ts


@dataclass(frozen=True, slots=True)
class Sent:
    channel: ChannelId
    ts: Ts


@dataclass(frozen=True, slots=True)
class Later:
    """It certainly did not arrive, and may be tried again; `pause` is what Slack asks of all."""

    reason: str
    pause: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """It certainly did not arrive, and trying again would not help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have arrived: the answer was lost, or said nothing."""

    reason: str


Outcome = Sent | Later | Never | Unclear


@dataclass(frozen=True, slots=True)
class Absent:
    """The history was read to the end, and it is not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The history cannot be read, now or ever."""

    reason: str


Finding = Sent | Absent | Later | Unreadable
