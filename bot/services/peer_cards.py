"""What is said about a question to the colleague who was asked, and to the two together."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Quote, body
from bot.domain.expertise import Reason
from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState, TurnState
from bot.services.reasons import why_you

# To the peer.


def for_peer(question: Question, reason: Reason) -> Card:
    return Card(
        "A colleague has a question for you",
        body(Mention(question.asker), " asks:", Quote(question.text), *why_you(reason)),
        (
            Button("I can help", Action.QUESTION_ACCEPT, str(question.id), "primary"),
            Button("Not now", Action.QUESTION_DECLINE, str(question.id)),
        ),
        body(
            "Either answer is fine; without one I ask somebody else after four working hours."
            " No questions for a while: ",
            Command("learning", "pause"),
            ". Other topics: ",
            Command("learning", "topics …"),
        ),
    )


def thank_you(question: Question) -> Card:
    return Card(
        "Thank you",
        body("I am opening a conversation for you and ", Mention(question.asker), "."),
    )


def declined() -> Card:
    return Card("No problem", body("Thank you for telling me; I take it from here."))


def accepted_by_you(question: Question) -> Card:
    return Card(
        "You said yes",
        body(
            "Thank you! You and ",
            Mention(question.asker),
            " get a conversation of your own.",
            Quote(question.text),
        ),
    )


def you_helped(question: Question) -> Card:
    return Card("You helped", body(Mention(question.asker), " solved it with you. Thank you!"))


def no_conversation(question: Question) -> Card:
    return Card(
        "I could not open a conversation",
        body(
            "Slack did not let me open one for you and ",
            Mention(question.asker),
            ", or did not tell me. If you see none, please write to them yourself.",
            Quote(question.text),
        ),
    )


def turn_over(question: Question, outcome: TurnState) -> Card:
    if outcome is TurnState.DECLINED:
        return Card(
            "You said not now",
            body("The question of ", Mention(question.asker), " goes on without you. Thank you!"),
        )
    return Card(
        "This question has moved on",
        body(
            "Four working hours went by, so the question of ",
            Mention(question.asker),
            " has moved on. No harm done.",
        ),
    )


def stale_for_peer(question: Question, turn: TurnState) -> Card:
    what = {
        TurnState.ACCEPTED: "You already said yes to this one; your conversation is open.",
        TurnState.DECLINED: "You said not now, and the question went on. Thank you all the same.",
    }.get(turn, "This question has moved on in the meantime. Thank you all the same.")
    if question.state is QuestionState.SOLVED:
        what = "This question is already solved. Thank you all the same."
    return Card("This has moved on", body(what))


# To both.


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
            ", press the button once you have what you need.",
        ),
        (Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),),
        body(
            "You are both here because one of you asked, and the other said yes. No questions for"
            " a while: ",
            Command("learning", "pause"),
        ),
    )


def conversation_solved(question: Question) -> Card:
    return Card(
        "Solved", body(Mention(question.asker), " asked, and has the answer:", Quote(question.text))
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
