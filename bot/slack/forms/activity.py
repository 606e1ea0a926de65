"""Start an activity in a channel: where and when, and the fields its kind asks for."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import InputBlock

from bot.activities import BY_KIND
from bot.activities.base import ActivityKind, Choice, Field
from bot.domain.cadence import Weekly
from bot.domain.ids import ChannelId
from bot.domain.refusals import refuse_if_any
from bot.domain.zones import zone_problem
from bot.services.activity_cards import WEEKDAYS
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View

DAYS = tuple(Choice(str(number), day) for number, day in enumerate(WEEKDAYS))
NINE = time(9)
FEW = 4
"""So many choices are all shown; more of them stand in a list."""


@dataclass(frozen=True, slots=True)
class Started:
    """What a lead filled in."""

    kind: str
    channel: ChannelId
    weekly: Weekly
    settings: dict[str, str]


def build(kind: ActivityKind, *, zone: str, channel: ChannelId | None = None) -> Json:
    """`zone` is where the lead is, which is a good guess at where the channel is."""
    where_and_when = [
        fields.channel(
            "channel",
            "In which channel?",
            initial=channel,
            hint="Invite me there first: I only speak where I was invited.",
        ),
        fields.one_of("weekday", "On which day of the week?", DAYS, initial="0"),
        fields.clock("time", "At what time?", initial=NINE),
        fields.words(
            "zone",
            "In which time zone?",
            hint="As in Europe/Berlin. The time on the wall there stays the same all year.",
            initial=zone,
            most=64,
        ),
    ]
    asked = [_field(field) for field in kind.fields]
    return fields.modal(
        FormId.ACTIVITY,
        kind.title,
        [*where_and_when, *asked],
        submit="Start",
        metadata=kind.kind,
    )


def read(view: View) -> Started:
    filled = Filled(view)
    kind = BY_KIND.get(filled.metadata)
    weekday, zone = filled.choice("weekday"), filled.words("zone").strip()
    if kind is None or weekday not in {choice.value for choice in DAYS}:
        raise NotOurs
    refuse_if_any(zone=zone_problem(zone))
    return Started(
        kind=kind.kind,
        channel=filled.channel("channel"),
        weekly=Weekly(int(weekday), filled.clock("time"), ZoneInfo(zone)),
        settings={field.name: _value(filled, field) for field in kind.fields},
    )


def _field(field: Field) -> InputBlock:
    if not field.choices:
        return fields.words(
            field.name,
            field.label,
            hint=field.hint,
            initial=field.default,
            is_long=True,
            is_optional=field.is_optional,
            most=field.max_length,
        )
    if len(field.choices) <= FEW:
        return fields.radio(
            field.name, field.label, field.choices, initial=field.default, hint=field.hint
        )
    return fields.one_of(
        field.name,
        field.label,
        field.choices,
        initial=field.default,
        hint=field.hint,
        is_optional=field.is_optional,
    )


def _value(filled: Filled, field: Field) -> str:
    return filled.choice(field.name) if field.choices else filled.words(field.name)
