"""What is said about a question, to each of the people in it."""

from datetime import datetime

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Moment, Part, Quote, body
from bot.domain.expertise import Reason
from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState, TurnState

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
    question: Question, peer: UserId, reason: Reason, *, no_longer: UserId | None = None
) -> Card:
    since = body(Mention(no_longer), " cannot be asked any more. ") if no_longer else ()
    sent_value = f"{question.id}/{peer}"
    return Card(
        "Shall I ask this colleague?",
        (*since, *body(Mention(peer), *_why_them(reason), Quote(question.text))),
        (
            Button("Ask", Action.QUESTION_SEND, sent_value, "primary"),
            Button("Somebody else", Action.QUESTION_SOMEBODY_ELSE, str(question.id)),
            Button("Never mind", Action.QUESTION_NEVER_MIND, str(question.id)),
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


def nobody_to_ask(question: Question, *, had_somebody: bool) -> Card:
    why = (
        "There is nobody else I know of who could help with this."
        if had_somebody
        else "I know of nobody with a topic that your question names."
    )
    return Card(
        "I have nobody to ask",
        body(
            why,
            " Nobody has been asked, and I have not kept your question. Try other words, or ask"
            " in a channel. The more colleagues say what they know with ",
            Command("learning", "topics …"),
            ", the better I get.",
            Quote(question.text),
        ),
    )


def dropped() -> Card:
    return Card("All right", body("Nobody was asked, and I have not kept your question."))


def closed() -> Card:
    return Card("Well done, both of you", body("I have closed the question and said thank you."))


def stale(question: Question) -> Card:
    return Card("This has moved on", body(CLOSED[question.state]))


# To the asker, in one message that is kept up to date.


def asked(
    question: Question,
    peer: UserId,
    *,
    until: datetime | None = None,
    after: tuple[UserId, TurnState] | None = None,
) -> Card:
    earlier: tuple[Part | str, ...] = ()
    if after:
        earlier = (Mention(after[0]), MOVED_ON[after[1]], " ")
    deadline: tuple[Part | str, ...] = ()
    if until:
        deadline = (" until ", Moment(until), ", which is four of their working hours")
    return Card(
        "Your question is with a colleague",
        body(
            *earlier,
            "I have asked ",
            Mention(peer),
            " and wait for an answer",
            *deadline,
            ". After that I ask the next person who can help.",
            Quote(question.text),
        ),
        footnote=body("You see this because you asked a question with ", Command("ask_peer"), "."),
    )


def being_helped(question: Question, peer: UserId) -> Card:
    return Card(
        "A colleague can help",
        body(
            Mention(peer),
            " said yes. I have opened a conversation for the two of you: look for the group"
            " direct message with the three of us.",
            Quote(question.text),
        ),
    )


def solved(question: Question, helper: UserId) -> Card:
    return Card(
        "Solved", body("You learned this with ", Mention(helper), ".", Quote(question.text))
    )


def closed_unanswered(question: Question) -> Card:
    return Card(
        "Nobody could take this on", body("I asked everybody I know of.", Quote(question.text))
    )


def nobody_could(question: Question) -> Card:
    return Card(
        "I could not find anybody this time",
        body(
            "I asked every colleague I know of who might help, and nobody could take it on just"
            " now. That says nothing about your question. You could ask in a channel, or ask"
            " again in a few days.",
            Quote(question.text),
        ),
        footnote=body("You see this because you asked a question with ", Command("ask_peer"), "."),
    )


# To the peer.


def for_peer(question: Question, reason: Reason) -> Card:
    return Card(
        "A colleague has a question for you",
        body(Mention(question.asker), " asks:", Quote(question.text), *_why_you(reason)),
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
    return Card("No problem", body("I ask somebody else. Thank you for telling me."))


def accepted_by_you(question: Question) -> Card:
    return Card(
        "You said yes",
        body(
            "Thank you! You and ",
            Mention(question.asker),
            " have a conversation of your own now.",
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
            ". If you still want to help, please write to them yourself.",
            Quote(question.text),
        ),
    )


def turn_over(question: Question, outcome: TurnState) -> Card:
    if outcome is TurnState.DECLINED:
        return Card(
            "You said not now",
            body("The question of ", Mention(question.asker), " goes to somebody else."),
        )
    return Card(
        "This question has moved on",
        body("The question of ", Mention(question.asker), " is with somebody else now."),
    )


def stale_for_peer(question: Question, turn: TurnState) -> Card:
    what = {
        TurnState.ACCEPTED: "You already said yes to this one; your conversation is open.",
        TurnState.DECLINED: "You said not now, and the question went on. Thank you all the same.",
    }.get(turn, "This question went on to somebody else in the meantime. Thank you all the same.")
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
        body("You are both here because one of you asked, and the other said yes."),
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


def _why_them(reason: Reason) -> tuple[Part | str, ...]:
    return (" ", *_grounds(reason, "lists {} among their topics"), ". Your question:")


def _why_you(reason: Reason) -> tuple[Part | str, ...]:
    return ("Why you: you ", *_grounds(reason, "list {} among your topics"), ".")


def _grounds(reason: Reason, declares: str) -> tuple[Part | str, ...]:
    """The reason in words, from the numbers that ranked."""
    grounds: list[Part | str] = []
    if reason.declared:
        grounds += [declares.format(_and(reason.declared)), " · "]
    if reason.last_helped_at:
        topics = _and(tuple(sorted(reason.helped)))
        helped = f"helped {_times(sum(reason.helped.values()))} with {topics} (latest "
        grounds += [helped, Moment(reason.last_helped_at, with_time=False), ") · "]
    asked = reason.asked_this_week
    grounds.append(f"asked {_times(asked)} this week" if asked else "not asked yet this week")
    return tuple(grounds)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _and(words: tuple[str, ...]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
