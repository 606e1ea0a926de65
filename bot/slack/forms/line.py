"""Once a question is solved: a line for the helper, and what changed for the asker."""

from bot.activities.base import Choice
from bot.domain.exchanges import Change
from bot.services.add_line import MAX_LINE, MAX_THANKS, Line, Solved
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View, number_in

CHANGES = (
    Choice(Change.KNOWLEDGE, "What I know"),
    Choice(Change.BEHAVIOUR, "What I do"),
    Choice(Change.PERSPECTIVE, "How I see it"),
    Choice(Change.ATTITUDE, "How I feel about it"),
)


def build(solved: Solved) -> Json:
    """Everything may be left empty; the thanks always begin empty, because they were sent."""
    outcome = solved.outcome
    return fields.modal(
        FormId.LINE,
        "Add a line",
        [
            fields.words(
                "thanks",
                f"A line of thanks to {solved.helper}",
                hint="It is passed on as you write it.",
                is_long=True,
                is_optional=True,
                most=MAX_THANKS,
            ),
            fields.one_of(
                "changed",
                "What changed for you?",
                CHANGES,
                initial=outcome.changed or "",
                hint="For you alone: this and the line below are shown to nobody else.",
                is_optional=True,
            ),
            fields.words(
                "line",
                "In a line of your own",
                initial=outcome.line,
                is_optional=True,
                most=MAX_LINE,
            ),
        ],
        submit="Save",
        metadata=str(solved.question),
    )


def question_of(view: View) -> int:
    return number_in(Filled(view).metadata)


def read(view: View) -> Line:
    filled = Filled(view)
    chosen = filled.choice("changed")
    if chosen and chosen not in set(Change):
        raise NotOurs
    return Line(
        thanks=filled.words("thanks"),
        changed=Change(chosen) if chosen else None,
        line=filled.words("line"),
    )
