"""Words passed on between somebody who asks and somebody who answers."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Quote, body
from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState
from bot.domain.text import shorten
from bot.services.naming import asker_first

SHOWN_WORDS = 300


def to_asker(question: Question, peer: UserId, words: str) -> Card:
    return Card(
        "An answer to your question",
        body(
            Mention(peer),
            " writes:",
            Quote(words),
            "You had asked:",
            Quote(shorten(question.text, SHOWN_WORDS)),
        ),
        _answers(question, peer),
        body("You see this because you asked a question with ", Command("ask_peer"), "."),
    )


def _answers(question: Question, peer: UserId) -> tuple[Button, ...]:
    solved = Button("Solved", Action.QUESTION_SOLVE, f"{question.id}/{peer}", "primary")
    back = Button("Ask back", Action.QUESTION_ASK_BACK, str(question.id))
    if question.state is QuestionState.IN_CHANNEL:
        return (solved, back)
    stuck = Button("Still stuck", Action.QUESTION_STUCK, str(question.id))
    talk = Button("Talk together", Action.QUESTION_TALK, str(question.id))
    return (solved, back, stuck) if question.is_anonymous else (solved, back, stuck, talk)


def to_peer(question: Question, words: str) -> Card:
    return Card(
        "About the question you answered",
        body(
            asker_first(question),
            " writes:",
            Quote(words),
            "The question was:",
            Quote(shorten(question.text, SHOWN_WORDS)),
        ),
        (Button("Answer here", Action.QUESTION_ANSWER, str(question.id), "primary"),),
        body(
            "You see this because you answered. You need not; no questions for a while: ",
            Command("learning", "pause"),
        ),
    )
