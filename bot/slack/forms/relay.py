"""Words to pass on, whom else to ask, and who helped: what a question's buttons ask for."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.ids import UserId
from bot.domain.text import MAX_QUESTION
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View, number_in

ANSWER, BACK = "answer", "back"


def to_answer(question: int, asked: Sequence[Block]) -> Json:
    """Below what was asked, a field for the answer."""
    hint = "I pass it on at once. Your name is shown with it."
    return _words("Answer", "Your answer", hint, asked, f"{ANSWER}/{question}")


def to_ask_back(question: int, asked: Sequence[Block]) -> Json:
    hint = "I pass it on at once."
    return _words("Ask back", "What else would you like to say?", hint, asked, f"{BACK}/{question}")


def read(view: View) -> tuple[str, int, str]:
    """`answer` or `back`, the question's number, and the words."""
    filled = Filled(view)
    what, _, number = filled.metadata.partition("/")
    if what not in {ANSWER, BACK}:
        raise NotOurs
    return what, number_in(number), filled.words("words")


def to_refer(question: int) -> Json:
    named = fields.person(
        "named",
        "Who knows better?",
        hint="I ask them if they are free to be asked. They are not told who thought of them.",
    )
    return fields.modal(
        FormId.REFER, "Someone else", [named], submit="Hand it on", metadata=str(question)
    )


def to_say_who_helped(question: int) -> Json:
    helper = fields.person(
        "helper",
        "Who helped you?",
        hint="They are thanked. Leave it empty if you found the answer yourself.",
        is_optional=True,
    )
    return fields.modal(
        FormId.WHO_HELPED, "Solved", [helper], submit="Close it", metadata=str(question)
    )


def read_person(view: View, name: str) -> tuple[int, UserId | None]:
    """The question's number, and who was chosen."""
    filled = Filled(view)
    return number_in(filled.metadata), filled.person(name)


def _words(title: str, label: str, hint: str, asked: Sequence[Block], metadata: str) -> Json:
    words = fields.words("words", label, hint=hint, is_long=True, most=MAX_QUESTION)
    return fields.modal(
        FormId.RELAY, title, [*asked, words], submit="Pass it on", metadata=metadata
    )
