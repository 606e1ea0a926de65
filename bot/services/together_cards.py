"""What is said about a question to the two together, in a thread of their own."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Quote, body
from bot.domain.ids import UserId
from bot.domain.questions import Question


def conversation(question: Question, peer: UserId) -> Card:
    return Card(
        "A question among colleagues",
        body(
            Mention(question.asker),
            " asked this, and ",
            Mention(peer),
            " can help:",
            Quote(question.text),
            "Please talk about it in the thread of this message. ",
            Mention(question.asker),
            ", press a button once you have what you need, or see that you need somebody else.",
        ),
        (
            Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),
            Button("Still stuck", Action.QUESTION_STUCK, str(question.id)),
        ),
        body(
            "You are both here because one of you asked, and the other said yes. No questions for"
            " a while: ",
            Command("learning", "pause"),
        ),
    )


def solved(question: Question) -> Card:
    return Card(
        "Solved", body(Mention(question.asker), " asked, and has the answer:", Quote(question.text))
    )


def over(question: Question) -> Card:
    return Card(
        "This question has moved on",
        body("Thank you both for trying. It goes on from here.", Quote(question.text)),
    )


def taken_back(question: Question) -> Card:
    return Card(
        "This question was taken back",
        body(Mention(question.asker), " does not need an answer any more.", Quote(question.text)),
    )


def thanks(question: Question, helper: UserId) -> Card:
    return Card(
        "Thank you",
        body(
            Mention(helper),
            ", thank you: ",
            Mention(question.asker),
            " has what they needed. I have noted who helped whom with which topics, and none of"
            " what you wrote here.",
        ),
    )
