"""The shape that every kind of social learning has: settings, steps, and what people add to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cards import Card, Part
from bot.domain.ids import ChannelId, UserId

Settings = Mapping[str, str]
"""What the lead chose, by the name of the field; only the kind itself knows what it means."""

FRESH_FOR = timedelta(hours=12)
"""A step later than this, after downtime, is skipped: yesterday's prompt helps nobody today."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; `group` is the heading it stands under."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Something a lead decides: one of `choices`, or else words of at most `max_length`."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    default: str = ""
    is_optional: bool = False
    max_length: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """One run of an activity in its channel: all that a step may look at."""

    id: int
    activity: int
    channel: ChannelId
    on: date
    """The local date, which names the occasion within its activity."""
    number: int
    """How many occasions of the activity were held before this one."""
    settings: Settings
    """As they were when it began; what was promised to those who answer does not change."""
    answers_last_time: int | None = None
    """What the occasion before it brought; None if there was none."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something said in the channel at a fixed distance from the start of an occasion.

    The first step opens the occasion; what later steps and people add stands in its thread.
    """

    name: str
    compose: Callable[[Occasion], Card]
    offset: timedelta = timedelta(0)
    fresh_for: timedelta = FRESH_FOR

    def due_at(self, starts_at: datetime) -> datetime:
        return starts_at + self.offset

    def is_fresh(self, starts_at: datetime, now: datetime) -> bool:
        return now < self.due_at(starts_at) + self.fresh_for


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody typed into the activity's own form."""

    author: UserId
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How a contribution is shown in the thread, and whether its author's id may be kept.

    Without the id nobody can find out who it was, and the author cannot change it any more.
    """

    card: Card
    keeps_author: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an activity stands on one dimension, from 0 to 1 (None: unknown), and why."""

    value: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Design:
    """The four dimensions, as the activity was designed; no end of any is the better one."""

    immediacy: Place
    structure: Place
    scale: Place
    transparency: Place


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of social learning; everything about it is in its own file."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    steps: tuple[Step, ...]
    problems: Callable[[Settings], dict[str, str]]
    """What is wrong with settings, as a sentence for each field; empty when they can be used."""
    summary: Callable[[Settings], str]
    """The settings in one line, for the lead's list."""
    question: Field
    """What people are asked for by the form behind the activity's button."""
    before_answering: Callable[[Occasion], tuple[Part, ...]]
    """What was asked, and what somebody should know first: who will see it, under which name."""
    take: Callable[[Occasion, Contribution], Taken]
    """What happens with what somebody contributes."""
    design: Callable[[Settings], Design]
