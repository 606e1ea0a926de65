"""How the two of a question are spoken of: an asker without a name has none anywhere."""

from bot.domain.cards import Mention, Part, Text
from bot.domain.questions import Question


def asker_of(question: Question) -> Part:
    """In the middle of a sentence."""
    if question.is_anonymous:
        return Text("a colleague who does not give their name")
    return Mention(question.asker)


def asker_first(question: Question) -> Part:
    """At the beginning of a sentence."""
    if question.is_anonymous:
        return Text("A colleague who does not give their name")
    return Mention(question.asker)
