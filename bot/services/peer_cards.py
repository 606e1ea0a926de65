"""What is said about a question to the colleague who was asked."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Part, Quote, body
from bot.domain.expertise import Reason
from bot.domain.questions import Question, QuestionState, TurnState
from bot.services.naming import asker_first, asker_of
from bot.services.reasons import why_you
from bot.services.spans import hours_of_work

OVER = {
    TurnState.DECLINED: ("You said not now", " goes on without you. Thank you!"),
    TurnState.REFERRED: ("You named somebody else", " goes on from there. Thank you!"),
    TurnState.NOT_MINE: ("Not about this", " goes on without you. Thank you for telling me!"),
    TurnState.LET_GO: (
        "Thank you for trying",
        " has gone on to somebody else. No harm done, and thank you for your time!",
    ),
}

STALE = {
    TurnState.ACCEPTED: "You already said yes to this one.",
    TurnState.DECLINED: "You said not now, and the question went on. Thank you all the same.",
    TurnState.REFERRED: "You named somebody else, and the question went on. Thank you!",
    TurnState.NOT_MINE: "You did not want to be asked about this, and the question went on.",
}

CLOSED = {
    QuestionState.SOLVED: "This question is already solved. Thank you all the same.",
    QuestionState.WITHDRAWN: "This question was taken back. Thank you all the same.",
}


def for_peer(question: Question, reason: Reason | None) -> Card:
    """Without a `reason` of ours: a colleague thought of them."""
    why = why_you(reason) if reason else ("Why you: a colleague thinks that you know this better.",)
    return Card(
        "A colleague has a question for you",
        body(asker_first(question), " asks:", Quote(question.text), *why),
        _answers(question),
        body(
            "Every answer is fine; without one I ask somebody else after ",
            hours_of_work(question.manner.window),
            ". Nobody is told that you did not want to be asked. No questions for a while: ",
            Command("learning", "pause"),
            ". Other topics: ",
            Command("learning", "topics …"),
        ),
    )


def _answers(question: Question) -> tuple[Button, ...]:
    number = str(question.id)
    meet = Button("I can help", Action.QUESTION_ACCEPT, number, "primary")
    return (
        *(() if question.is_anonymous else (meet,)),  # a conversation would show who asks
        Button("Answer here", Action.QUESTION_ANSWER, number),
        Button("Not now", Action.QUESTION_DECLINE, number),
        Button("Someone else knows better", Action.QUESTION_REFER, number),
        Button("Don't ask me about this", Action.QUESTION_NOT_MINE, number),
    )


def thank_you(question: Question) -> Card:
    return Card(
        "Thank you",
        body("I am opening a conversation for you and ", asker_of(question), "."),
    )


def declined() -> Card:
    return Card("No problem", body("Thank you for telling me; I take it from here."))


def referred() -> Card:
    """The same whether or not whoever was named can be asked: that is nobody's business."""
    return Card("Thank you", body("I take it from here, and think of whom you named."))


def not_mine(question: Question) -> Card:
    what = ", ".join(sorted(question.topics))
    said = f"I do not ask you about this again: {what}." if what else "I keep that in mind."
    return Card(
        "Noted",
        body(f"{said} Nobody is told. To change it: ", Command("learning", "settings")),
    )


def accepted_by_you(question: Question) -> Card:
    return Card(
        "You said yes",
        body(
            "Thank you! You and ",
            asker_of(question),
            " get a conversation of your own.",
            Quote(question.text),
        ),
        (_hand_over(question),),
        body("It turns out that somebody else knows better? Hand it over, without blame."),
    )


def answered_by_you(question: Question) -> Card:
    return Card(
        "You answered",
        body(
            "I passed on what you wrote to ",
            asker_of(question),
            ". Thank you!",
            Quote(question.text),
        ),
        (Button("Add to it", Action.QUESTION_ANSWER, str(question.id)), _hand_over(question)),
        body("You see this because you were asked, and answered."),
    )


def _hand_over(question: Question) -> Button:
    return Button("Hand over", Action.QUESTION_REFER, str(question.id))


def passed_on() -> Card:
    return Card("Passed on", body("Thank you! You hear from me when it helped."))


def you_helped(question: Question) -> Card:
    return Card("You helped", body(asker_first(question), " solved it with you. Thank you!"))


def thanks(question: Question) -> Card:
    return Card(
        "Thank you",
        body(
            asker_first(question),
            " has what they needed, thanks to you. I have noted that you helped, and with which"
            " topics; none of the words.",
        ),
        footnote=body("You see this because you answered a question."),
    )


def withdrawn(question: Question) -> Card:
    return Card(
        "This question was taken back",
        body(asker_first(question), " does not need an answer any more. Thank you all the same."),
    )


def no_conversation(question: Question) -> Card:
    return Card(
        "I could not open a conversation",
        body(
            "Slack did not let me open one for you and ",
            asker_of(question),
            ", or did not tell me. If you see none, please write to them yourself.",
            Quote(question.text),
        ),
    )


def turn_over(question: Question, outcome: TurnState) -> Card:
    whose: tuple[Part | str, ...] = ("The question of ", asker_of(question))
    if outcome in OVER:
        title, then = OVER[outcome]
        return Card(title, body(*whose, then))
    gone = f"{hours_of_work(question.manner.window).capitalize()} went by, so the question of "
    return Card(
        "This question has moved on",
        body(gone, asker_of(question), " has moved on. No harm done."),
    )


def stale_for_peer(question: Question, turn: TurnState) -> Card:
    moved_on = "This question has moved on in the meantime. Thank you all the same."
    what = CLOSED.get(question.state) or STALE.get(turn, moved_on)
    return Card("This has moved on", body(what))
