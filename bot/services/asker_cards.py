"""What is said about a question to the person who asked it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Moment, Part, Quote, body
from bot.domain.expertise import Reason
from bot.domain.ids import UserId
from bot.domain.published import Published
from bot.domain.questions import Question, QuestionState, Turn, TurnState
from bot.services.after_cards import offers
from bot.services.published_cards import answer_buttons, offered
from bot.services.reasons import listed, why_them

MOVED_ON = {
    TurnState.DECLINED: " cannot take it on right now.",
    TurnState.SILENT: " has not had a moment to answer.",
    TurnState.UNREACHABLE: " could not be reached.",
}

CLOSED = {
    QuestionState.DRAFT: "This has changed since. Please use the newest message.",
    QuestionState.ASKING: "Your question is already on its way; I keep you posted in our messages.",
    QuestionState.HELPING: "Somebody is already helping with this question.",
    QuestionState.SOLVED: "This question is already solved.",
    QuestionState.UNANSWERED: "This question is closed: nobody could take it on. "
    "You are welcome to ask it again.",
    QuestionState.WITHDRAWN: "This question was withdrawn.",
}


# To the asker, at once.


def preview(
    question: Question,
    peer: UserId,
    reason: Reason,
    *,
    no_longer: UserId | None = None,
    similar: Sequence[Published] = (),
) -> Card:
    since = body(Mention(no_longer), " cannot be asked any more. ") if no_longer else ()
    value = f"{question.id}/{peer}"
    return Card(
        "Shall I ask this colleague?",
        (
            *since,
            *body(Mention(peer), *why_them(reason), Quote(question.text)),
            *offered(similar),
        ),
        (
            Button("Ask", Action.QUESTION_SEND, value, "primary"),
            Button("Somebody else", Action.QUESTION_SOMEBODY_ELSE, value),
            Button("Never mind", Action.QUESTION_NEVER_MIND, str(question.id)),
            *answer_buttons(question.id, similar),
        ),
        body("Only you can see this. Nothing has been sent yet."),
    )


def sent(peer: UserId) -> Card:
    return Card(
        "Your question is on its way",
        body(
            "I am asking ",
            Mention(peer),
            ". I write to you in our direct messages as soon as something happens.",
        ),
    )


def nobody_to_ask(
    question: Question, *, had_somebody: bool, similar: Sequence[Published] = ()
) -> Card:
    why = "I know of nobody with a topic that your question names."
    if question.topics:
        why = f"Nobody I know of for {listed(sorted(question.topics))} can be asked just now."
    if had_somebody:
        why = "There is nobody else I know of who could help with this just now."
    return Card(
        "I have nobody to ask",
        body(
            why,
            " Nobody has been asked, and I have not kept your question. Try other words, or ask"
            " in a channel. The more colleagues say what they know with ",
            Command("learning", "topics …"),
            ", the better I get.",
            Quote(question.text),
            *offered(similar),
        ),
    )


def dropped() -> Card:
    return Card("All right", body("Nobody was asked, and I have not kept your question."))


def closed(question: Question) -> Card:
    return Card(
        "Well done, both of you",
        body(
            "I have closed the question and said thank you. If you like: add a line of your own,"
            " or let others learn from it too."
        ),
        offers(question),
    )


def stale(question: Question) -> Card:
    return Card("This has moved on", body(CLOSED[question.state]))


# To the asker, in one message that is kept up to date.


def asked(
    question: Question,
    peer: UserId,
    *,
    earlier: Sequence[Turn] = (),
    until: datetime | None = None,
) -> Card:
    deadline: tuple[Part | str, ...] = ()
    if until:
        deadline = (" until ", Moment(until), ", which is four of their working hours")
    return Card(
        "Your question is with a colleague",
        body(
            *_told(earlier),
            "I have asked ",
            Mention(peer),
            " and wait for an answer",
            *deadline,
            ". If they cannot, I ask the next person who may help.",
            Quote(question.text),
        ),
        footnote=body("You see this because you asked a question with ", Command("ask_peer"), "."),
    )


def _told(earlier: Sequence[Turn]) -> tuple[Part | str, ...]:
    told: list[Part | str] = []
    for turn in earlier:
        if turn.state in MOVED_ON:
            told += [Mention(turn.peer), MOVED_ON[turn.state], " "]
    return tuple(told)


def being_helped(question: Question, peer: UserId) -> Card:
    return Card(
        "A colleague can help",
        body(
            Mention(peer),
            " said yes. The two of you get a conversation of your own: look for the group"
            " direct message with the three of us.",
            Quote(question.text),
        ),
    )


def no_conversation(question: Question, helper: UserId) -> Card:
    return Card(
        "A colleague can help",
        body(
            Mention(helper),
            " said yes, but Slack did not let me open a conversation for you, or did not tell me."
            " If you see none, please write to them yourself.",
            Quote(question.text),
        ),
        (Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),),
        body("Press the button once you have what you need."),
    )


def solved(question: Question, helper: UserId) -> Card:
    return Card(
        "Solved",
        body("You learned this with ", Mention(helper), ".", Quote(question.text)),
        offers(question),
    )


def closed_unanswered(question: Question) -> Card:
    return Card(
        "Nobody could take this on",
        body("I asked everybody who was free to be asked.", Quote(question.text)),
    )


def nobody_could(question: Question) -> Card:
    return Card(
        "I could not find anybody this time",
        body(
            "I asked every colleague who might help and was free to be asked, and nobody could"
            " take it on just now. That says nothing about your question. You could ask in a"
            " channel, or ask again in a few days.",
            Quote(question.text),
        ),
        footnote=body("You see this because you asked a question with ", Command("ask_peer"), "."),
    )
