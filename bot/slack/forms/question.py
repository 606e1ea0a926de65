"""A question for a colleague."""

from bot.domain.text import MAX_QUESTION
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, View


def build(*, channel: str = "") -> Json:
    """`channel` is where the answer is shown; without one it comes as a direct message."""
    question = fields.words(
        "question",
        "What would you like to know?",
        hint="Name the subject. Before anybody is asked you see who, and why.",
        is_long=True,
        most=MAX_QUESTION,
    )
    return fields.modal(
        FormId.QUESTION, "Ask a colleague", [question], submit="Find somebody", metadata=channel
    )


def read(view: View) -> str:
    return Filled(view).words("question")
