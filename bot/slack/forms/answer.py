"""Answer the question of an occasion."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.activities.base import ActivityKind, Occasion
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, View, number_in


def build(
    kind: ActivityKind, occasion: Occasion, before: str, introduction: Sequence[Block] = ()
) -> Json:
    """Below what was asked, a field for it, with what the same person answered `before`."""
    question = kind.question
    return fields.modal(
        FormId.ANSWER,
        kind.title,
        [
            *introduction,
            fields.words(
                question.name,
                question.label,
                hint=question.hint,
                initial=before,
                is_long=True,
                most=question.max_length,
            ),
        ],
        submit="Answer",
        metadata=str(occasion.id),
    )


def occasion_of(view: View) -> int:
    return number_in(Filled(view).metadata)


def read(view: View, kind: ActivityKind) -> str:
    return Filled(view).words(kind.question.name)
