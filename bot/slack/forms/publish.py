"""Publish a question and what its asker took away."""

from bot.activities.base import Choice
from bot.domain.published import MAX_TAKEAWAY
from bot.domain.text import MAX_QUESTION
from bot.services.publish import Draft, Share
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, View, number_in

NAMELESS = (Choice("nameless", "Without my name"),)


def build(draft: Draft) -> Json:
    return fields.modal(
        FormId.PUBLISH,
        "Publish",
        [
            fields.words(
                "question",
                "The question",
                hint="Everybody in the channel will read it: name nobody, and no secrets.",
                initial=draft.text,
                is_long=True,
                most=MAX_QUESTION,
            ),
            fields.words(
                "takeaway",
                "What do you take away?",
                hint="In your own words. Whoever helped you is not named.",
                is_long=True,
                most=MAX_TAKEAWAY,
            ),
            fields.channel(
                "channel",
                "In which public channel?",
                initial=draft.channel,
                hint="One that I was invited to.",
                is_for_all=True,
            ),
            fields.ticks(
                "names",
                "Your name",
                NAMELESS,
                initial=["nameless"] if draft.is_nameless else [],
            ),
        ],
        submit="Publish",
        metadata=str(draft.question),
    )


def question_of(view: View) -> int:
    return number_in(Filled(view).metadata)


def read(view: View) -> Share:
    filled = Filled(view)
    return Share(
        text=filled.words("question"),
        takeaway=filled.words("takeaway"),
        channel=filled.channel("channel"),
        is_nameless="nameless" in filled.ticked("names"),
    )
