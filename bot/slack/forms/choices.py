"""What somebody chooses about themselves: topics, limit, pause, receipts."""

from zoneinfo import ZoneInfo

from bot.activities.base import Choice
from bot.domain.people import Choices
from bot.services.choose import MOST_QUESTIONS_A_WEEK, Wishes
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View

OPEN, PAUSED = "open", "paused"
ASKING = (Choice(OPEN, "Colleagues may ask me"), Choice(PAUSED, "Please no questions for now"))
RECEIPTS = (Choice("receipts", "Tell me in private what my :bulb: reactions log"),)


def build(choices: Choices, zone: ZoneInfo) -> Json:
    until = choices.paused_until.astimezone(zone).date() if choices.paused_until else None
    return fields.modal(
        FormId.CHOICES,
        "My topics and limits",
        [
            fields.words(
                "topics",
                "What can colleagues ask you about?",
                hint="Separate topics by commas, as in: sql, giving feedback.",
                initial=", ".join(choices.topics),
                is_optional=True,
            ),
            fields.words(
                "limit",
                "How many questions a week, at most?",
                hint=f"A whole number from 0 to {MOST_QUESTIONS_A_WEEK}.",
                initial=str(choices.weekly_limit),
                most=3,
            ),
            fields.radio(
                "asking", "Questions", ASKING, initial=PAUSED if choices.is_paused else OPEN
            ),
            fields.day(
                "until",
                "If paused: the day on which you are back",
                hint="Leave it empty to pause until you say so.",
                initial=until,
            ),
            fields.ticks(
                "receipts",
                "Receipts",
                RECEIPTS,
                initial=["receipts"] if choices.wants_receipts else [],
            ),
        ],
        submit="Save",
    )


def read(view: View) -> Wishes:
    filled = Filled(view)
    asking, until = filled.choice("asking"), filled.day("until")
    if asking not in {OPEN, PAUSED}:
        raise NotOurs
    is_paused = asking == PAUSED
    return Wishes(
        topics=filled.words("topics"),
        limit=filled.words("limit").strip(),
        is_paused=is_paused,
        until=until if is_paused else None,
        receipts="receipts" in filled.ticked("receipts"),
    )
