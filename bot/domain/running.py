"""Activities that run in channels, and the occasions on which they were held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.cadence import Weekly
from bot.domain.ids import ChannelId, Key, UserId

TEXT_KEPT_FOR = timedelta(days=90)
"""So long after it was given, the words of a contribution are dropped."""


class RunState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RunningActivity:
    """An activity in its channel; `kind` names the file in `bot/activities` that knows the rest."""

    id: int
    kind: str
    channel: ChannelId
    lead: UserId
    settings: Mapping[str, str]
    weekly: Weekly
    state: RunState
    reason: str | None = None
    due_at: datetime | None = None


class OccasionState(StrEnum):
    OPEN = "open"
    SKIPPED = "skipped"
    """Too late to be held, after downtime; that it was skipped is on record."""


@dataclass(frozen=True, slots=True)
class HeldOccasion:
    """One run of an activity, on its local date."""

    id: int
    activity: int
    on: date
    starts_at: datetime
    number: int
    settings: Mapping[str, str]
    state: OccasionState
    steps_done: int = 0
    due_at: datetime | None = None


def step_key(occasion: int, step: str) -> Key:
    """The delivery of what a step of an occasion says."""
    return Key(f"activity/{occasion}/{step}")


def answer_key(occasion: int, contribution: int) -> Key:
    """The delivery that shows a contribution in the occasion's thread."""
    return Key(f"activity/{occasion}/answer/{contribution}")
