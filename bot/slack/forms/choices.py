"""What somebody chooses about themselves: topics, limit, pause, working hours, boundaries."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.activities.base import Choice
from bot.domain.availability import DAYS, Availability
from bot.domain.ids import Topic, UserId
from bot.domain.people import Choices, Switch
from bot.services.choose import MOST_QUESTIONS_A_WEEK
from bot.services.terms import Terms, Wishes
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View

OPEN, PAUSED = "open", "paused"
ASKING = (Choice(OPEN, "Colleagues may ask me"), Choice(PAUSED, "Please no questions for now"))
WORKDAYS = tuple(Choice(str(number), name) for number, name in enumerate(DAYS))
SWITCHES = (
    Choice(Switch.FINDABLE, "Colleagues may find me by my topics"),
    Choice(Switch.AT_ONCE, "Send my questions right away, without a preview"),
    Choice(Switch.LOOK_BACKS, "Ask me three weeks later whether I used it"),
    Choice(Switch.RECEIPTS, "Tell me in private what my :bulb: reactions log"),
)


def build(terms: Terms) -> Json:
    return fields.modal(
        FormId.CHOICES,
        "My topics and limits",
        [
            *_topics(terms.choices, terms.refused),
            *_load(terms.choices, terms.at_work),
            *_hours(terms.at_work),
            fields.ticks("switches", "Also", SWITCHES, initial=[*terms.choices.switched_on]),
            _avoided(terms.avoided),
        ],
        submit="Save",
        metadata=",".join(terms.avoided),
    )


def read(view: View) -> Wishes:
    filled = Filled(view)
    asking, until = filled.choice("asking"), filled.day("until")
    if asking not in {OPEN, PAUSED}:
        raise NotOurs
    is_paused = asking == PAUSED
    return Wishes(
        topics=filled.words("topics"),
        refused=filled.words("refused"),
        limit=filled.words("limit").strip(),
        is_paused=is_paused,
        until=until if is_paused else None,
        starts=filled.clock("starts"),
        ends=filled.clock("ends"),
        days=_days(filled),
        country=filled.words("country"),
        switches=_switches(filled),
        avoided=list(dict.fromkeys(filled.people("avoided"))),
        shown=[UserId(user) for user in filled.metadata.split(",") if user],
    )


def _topics(choices: Choices, refused: Sequence[Topic]) -> list[Block]:
    return [
        fields.words(
            "topics",
            "What can colleagues ask you about?",
            hint="Separate topics by commas, as in: sql, giving feedback.",
            initial=", ".join(choices.topics),
            is_optional=True,
        ),
        fields.words(
            "refused",
            "Please don't ask me about",
            hint="Topics, separated by commas. Nobody is sent to you for these, whatever you know.",
            initial=", ".join(refused),
            is_optional=True,
        ),
    ]


def _load(choices: Choices, at_work: Availability) -> list[Block]:
    until = choices.paused_until.astimezone(at_work.zone).date() if choices.paused_until else None
    return [
        fields.words(
            "limit",
            "How many questions a week, at most?",
            hint=f"A whole number from 0 to {MOST_QUESTIONS_A_WEEK}.",
            initial=str(choices.weekly_limit),
            most=3,
        ),
        fields.radio("asking", "Questions", ASKING, initial=PAUSED if choices.is_paused else OPEN),
        fields.day(
            "until",
            "If paused: the day on which you are back",
            hint="Leave it empty to pause until you say so.",
            initial=until,
        ),
    ]


def _hours(at_work: Availability) -> list[Block]:
    """The time to answer runs only while they are at work."""
    hours = at_work.hours
    return [
        fields.clock("starts", "You begin work at", initial=hours.starts),
        fields.clock(
            "ends",
            "You end work at",
            initial=hours.ends,
            hint="The time you have to answer runs only while you are at work. Your time zone is "
            f"the one in your Slack profile: {at_work.zone.key}.",
        ),
        fields.ticks("days", "You work on", WORKDAYS, initial=[*map(str, sorted(hours.weekdays))]),
        fields.words(
            "country",
            "Whose public holidays do you keep?",
            hint="A country, with its part if need be, as in: DE or DE-BY. Empty: none.",
            initial=at_work.place,
            is_optional=True,
            most=40,
        ),
    ]


def _avoided(avoided: Sequence[UserId]) -> Block:
    return fields.people(
        "avoided",
        "Never send me to these colleagues",
        initial=avoided,
        hint="Nobody else ever sees this, and they never hear of it.",
    )


def _days(filled: Filled) -> frozenset[int]:
    ticked = filled.ticked("days")
    if not ticked <= {day.value for day in WORKDAYS}:
        raise NotOurs
    return frozenset(map(int, ticked))


def _switches(filled: Filled) -> frozenset[Switch]:
    ticked = filled.ticked("switches")
    if not ticked <= {switch.value for switch in SWITCHES}:
        raise NotOurs
    return frozenset(map(Switch, ticked))
