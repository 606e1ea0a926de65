"""A question for a colleague, and how it is to be asked."""

from datetime import timedelta

from bot.activities.base import Choice
from bot.domain.questions import WINDOWS, Manner
from bot.domain.text import MAX_QUESTION
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View

HOURS = {f"{window // timedelta(hours=1)}": window for window in WINDOWS}
SOON, TODAY, RELAXED = HOURS
PATIENCE = (
    Choice(SOON, "After one working hour of theirs"),
    Choice(TODAY, "After four working hours of theirs"),
    Choice(RELAXED, "After two working days of theirs"),
)
UNNAMED, CHANNEL = "unnamed", "channel"
HOW = (
    Choice(UNNAMED, "Do not show my name: I pass on all that is written"),
    Choice(CHANNEL, "If no colleague can help, ask in the topic's channel"),
)


def build(*, initial: str = "") -> Json:
    """`initial` is what the form begins with; the person may change all of it."""
    return fields.modal(
        FormId.QUESTION,
        "Ask a colleague",
        [
            fields.words(
                "question",
                "What would you like to know?",
                hint="Name the subject. Before anybody is asked you see who, and why.",
                initial=initial,
                is_long=True,
                most=MAX_QUESTION,
            ),
            fields.one_of(
                "patience", "Nobody answers: when shall I ask the next?", PATIENCE, initial=TODAY
            ),
            fields.ticks("how", "How to ask", HOW, initial=[CHANNEL]),
        ],
        submit="Find somebody",
    )


def read(view: View) -> tuple[str, Manner]:
    filled = Filled(view)
    window = HOURS.get(filled.choice("patience"))
    if window is None:
        raise NotOurs
    how = filled.ticked("how")
    return filled.words("question"), Manner(UNNAMED in how, window, CHANNEL in how)
