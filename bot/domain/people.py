"""Who somebody is in Slack, and where the bot is, as far as Peerloop needs to know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.load import burden_of


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


class Switch(StrEnum):
    """What somebody switches on or off about themselves, by the word they type for it."""

    RECEIPTS = "receipts"
    FINDABLE = "findable"
    AT_ONCE = "at-once"
    LOOK_BACKS = "look-backs"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose about themselves."""

    topics: tuple[Topic, ...]
    weekly_limit: int
    is_paused: bool
    wants_receipts: bool
    paused_until: datetime | None = None
    wants_look_backs: bool = True
    """Three weeks later they are asked whether they used what they learned."""
    sends_at_once: bool = False
    """Their questions go to the first choice without a preview."""
    is_findable: bool = False
    """They are listed when somebody asks who knows a topic."""

    @property
    def switched_on(self) -> frozenset[Switch]:
        switches = {
            Switch.RECEIPTS: self.wants_receipts,
            Switch.FINDABLE: self.is_findable,
            Switch.AT_ONCE: self.sends_at_once,
            Switch.LOOK_BACKS: self.wants_look_backs,
        }
        return frozenset(switch for switch, is_on in switches.items() if is_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who takes questions, and how many of late."""

    user: UserId
    topics: tuple[Topic, ...] = ()
    asked_this_week: int = 0
    weekly_limit: int = 3
    asked_by_span: tuple[int, ...] = ()
    """How many in each of the latest spans, the newest first: see `load`."""

    @property
    def burden(self) -> float:
        return burden_of(self.asked_by_span)

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
