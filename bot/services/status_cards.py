"""The message that keeps somebody posted about their question, from sent to closed."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Command, Mention, Moment, Part, Quote, body
from bot.domain.ids import ChannelId, UserId
from bot.domain.questions import Question, Turn, TurnState
from bot.services.after_cards import offers
from bot.services.spans import hours_of_work

WHY_THIS_COMES = body("You see this because you asked a question with ", Command("ask_peer"), ".")

MOVED_ON = {
    TurnState.DECLINED: " cannot take it on right now.",
    TurnState.REFERRED: " cannot take it on right now.",
    TurnState.NOT_MINE: " cannot take it on right now.",
    TurnState.LET_GO: " tried.",
    TurnState.SILENT: " has not had a moment to answer.",
    TurnState.UNREACHABLE: " could not be reached.",
}
"""Why somebody did not want to is theirs to tell."""


def asked(
    question: Question,
    peer: UserId,
    *,
    earlier: Sequence[Turn] = (),
    until: datetime | None = None,
    then: ChannelId | None = None,
) -> Card:
    deadline: tuple[Part | str, ...] = ()
    if until:
        worked = hours_of_work(question.manner.window)
        deadline = (" until ", Moment(until), f", which is {worked} of theirs")
    return Card(
        "Your question is with a colleague",
        body(
            *_told(earlier),
            "I have asked ",
            Mention(peer),
            " and wait for an answer",
            *deadline,
            ". If they cannot, I ask the next person who may help",
            *((", and in the end in ", ChannelName(then)) if then else ()),
            ".",
            *_hidden(question),
            Quote(question.text),
        ),
        (_withdraw(question),),
        WHY_THIS_COMES,
    )


def _hidden(question: Question) -> tuple[str, ...]:
    return (" Your name is shown to nobody.",) if question.is_anonymous else ()


def in_channel(
    question: Question,
    channel: ChannelId,
    *,
    earlier: Sequence[Turn] = (),
    until: datetime | None = None,
) -> Card:
    deadline: tuple[Part | str, ...] = ()
    if until:
        deadline = (" Until ", Moment(until), " I wait there; then I tell you how it went.")
    return Card(
        "Your question is in a channel",
        body(
            *_told(earlier),
            "I have put it to everybody in ",
            ChannelName(channel),
            ". Answers come to its thread, and those given through me also come to you.",
            *deadline,
            *_hidden(question),
            Quote(question.text),
        ),
        (
            Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),
            _withdraw(question),
        ),
        WHY_THIS_COMES,
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
        (_withdraw(question),),
        WHY_THIS_COMES,
    )


def answered(question: Question, peer: UserId) -> Card:
    return Card(
        "A colleague has answered",
        body(Mention(peer), " wrote to you; see below.", Quote(question.text)),
        (_withdraw(question),),
        WHY_THIS_COMES,
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
        (
            Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),
            Button("Still stuck", Action.QUESTION_STUCK, str(question.id)),
        ),
        body("Press a button once you have what you need, or see that you need somebody else."),
    )


def how_does_it_go(question: Question, helper: UserId) -> Card:
    """Asked once, when a working day went by after a yes."""
    return Card(
        "How does it go?",
        body(
            Mention(helper),
            " said yes to your question a working day ago. Has it been solved? If you are still"
            " waiting, I ask somebody else, and nobody is blamed.",
            Quote(question.text),
        ),
        (
            Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),
            Button("Still waiting", Action.QUESTION_STUCK, str(question.id)),
        ),
        body(
            "I ask this once for each question with a yes. You asked with ",
            Command("ask_peer"),
            ".",
        ),
    )


def did_an_answer_help(question: Question, until: datetime) -> Card:
    """Asked once, when answers were given in a channel and nobody said that it is solved."""
    return Card(
        "Did an answer help?",
        body(
            "Colleagues have answered your question in the channel. If it is solved, say so, and"
            " whoever helped is thanked. Otherwise it stays open there until ",
            Moment(until),
            ".",
            Quote(question.text),
        ),
        (Button("Solved", Action.QUESTION_SOLVE, str(question.id), "primary"),),
        WHY_THIS_COMES,
    )


def thank_you_for_telling(question: Question) -> Card:
    return Card("This is settled", body("This was about your question.", Quote(question.text)))


def solved(question: Question, helper: UserId | None) -> Card:
    said: tuple[Part | str, ...] = ("You have what you needed.",)
    if helper:
        said = ("You learned this with ", Mention(helper), ".")
    return Card(
        "Solved",
        body(*said, Quote(question.text)),
        (*offers(question, helper), _reopen(question, "Reopen")),
    )


def withdrawn(question: Question) -> Card:
    return Card(
        "You took this question back",
        body("Nobody is asked any more.", Quote(question.text)),
        (_reopen(question, "Ask again"),),
    )


def closed_unanswered(question: Question) -> Card:
    return Card(
        "Closed without a solution",
        body("Nobody is asked any more; my newer message says how it went.", Quote(question.text)),
    )


def nobody_could(question: Question, turns: Sequence[Turn] = ()) -> Card:
    """The plain end. Where answers were given, they are not talked away."""
    was_answered = any(turn.state is TurnState.ACCEPTED for turn in turns)
    title = "I close this question" if was_answered else "I could not find anybody this time"
    return Card(
        title,
        body(*_how_it_went(question, turns, was_answered=was_answered), Quote(question.text)),
        (_reopen(question, "Ask again"),),
        WHY_THIS_COMES,
    )


def _how_it_went(
    question: Question, turns: Sequence[Turn], *, was_answered: bool
) -> tuple[Part | str, ...]:
    if was_answered and question.channel:
        place = ChannelName(question.channel)
        return ("Colleagues have answered in ", place, ", and you did not say that it is solved.")
    said: list[Part | str] = []
    if any(turn.state in MOVED_ON for turn in turns):
        said.append(
            "I asked every colleague who might help and was free to be asked, and nobody could"
            " take it on just now. "
        )
    if question.channel:
        said += ["In ", ChannelName(question.channel), " nobody answered through me. "]
    return (*said, "That says nothing about your question; in a few days it may be different.")


def _withdraw(question: Question) -> Button:
    return Button("Withdraw", Action.QUESTION_WITHDRAW, str(question.id))


def _reopen(question: Question, label: str) -> Button:
    return Button(label, Action.QUESTION_REOPEN, str(question.id))
