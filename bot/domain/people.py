"""Who somebody is in Slack, and where the bot is, as far as Peerloop needs to know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ChannelId, Topic, UserId


class Standing(StrEnum):
    """What a person is to the workspace. Only members ask, are asked, and count on the ledger."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the directory; `zone` is an IANA name such as `Europe/Berlin`."""

    user: UserId
    name: str
    zone: str
    standing: Standing
    is_admin: bool = False

    @property
    def takes_part(self) -> bool:
        return self.standing is Standing.MEMBER


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose about themselves."""

    topics: tuple[Topic, ...]
    weekly_limit: int
    is_paused: bool
    wants_receipts: bool
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who takes questions, and how many of late."""

    user: UserId
    topics: tuple[Topic, ...] = ()
    asked_this_week: int = 0
    weekly_limit: int = 3

    @property
    def has_room(self) -> bool:
        return self.asked_this_week < self.weekly_limit


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel the bot is in."""

    channel: ChannelId
    is_private: bool
    name: str = ""
    """Of a public channel; a private one's stays within."""
