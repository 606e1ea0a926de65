"""What is said about a question to the person who asked it, at once."""

from collections.abc import Sequence

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Command, Mention, Part, Quote, body
from bot.domain.expertise import Reason
from bot.domain.ids import ChannelId, UserId
from bot.domain.published import Published
from bot.domain.questions import Question, QuestionState
from bot.services.after_cards import offers
from bot.services.published_cards import answer_buttons, offered
from bot.services.reasons import listed, why_them

ONLY_YOU = body("Only you can see this. Nothing has been sent yet.")

CLOSED = {
    QuestionState.DRAFT: "This has changed since. Please use the newest message.",
    QuestionState.ASKING: "Your question is already on its way; I keep you posted in our messages.",
    QuestionState.HELPING: "Somebody is already helping with this question.",
    QuestionState.IN_CHANNEL: "Your question is in a channel now; I keep you posted in our"
    " messages.",
    QuestionState.SOLVED: "This question is already solved.",
    QuestionState.UNANSWERED: "This question is closed: nobody could take it on. "
    "You are welcome to ask it again.",
    QuestionState.WITHDRAWN: "This question was withdrawn.",
}


def preview(
    question: Question,
    peer: UserId,
    reason: Reason,
    *,
    channel: ChannelId | None = None,
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
            *_in_the_end(question, channel),
            *offered(similar),
        ),
        (
            Button("Ask", Action.QUESTION_SEND, value, "primary"),
            Button("Somebody else", Action.QUESTION_SOMEBODY_ELSE, value),
            Button("Not this person", Action.QUESTION_NOT_THIS_PERSON, value),
            *_to_channel(question, channel),
            _name(question),
            Button("Never mind", Action.QUESTION_NEVER_MIND, str(question.id)),
            *answer_buttons(question.id, similar),
        ),
        ONLY_YOU,
    )


def _in_the_end(question: Question, channel: ChannelId | None) -> tuple[Part, ...]:
    """What the asker agrees to, before they do."""
    unnamed = "Your name is not shown to anybody; I pass on what you write. "
    said: list[Part | str] = [unnamed] if question.is_anonymous else []
    if channel and question.manner.may_ask_channel:
        said += ["If no colleague can help, I ask in ", ChannelName(channel), "."]
    return body(*said)


def _to_channel(question: Question, channel: ChannelId | None) -> tuple[Button, ...]:
    if channel is None:
        return ()
    return (Button("Ask in the channel", Action.QUESTION_IN_CHANNEL, str(question.id)),)


def _name(question: Question) -> Button:
    label = "With my name" if question.is_anonymous else "Without my name"
    return Button(label, Action.QUESTION_NAME, str(question.id))


def only_channel(
    question: Question,
    channel: ChannelId,
    *,
    had_somebody: bool,
    similar: Sequence[Published] = (),
) -> Card:
    """Nobody to ask one by one, but a place where others listen."""
    why = "There is nobody else I know of" if had_somebody else "I know of nobody"
    return Card(
        "Shall I ask in a channel?",
        body(
            f"{why} who could help with this just now. In ",
            ChannelName(channel),
            " many can see it, and learn from the answer.",
            Quote(question.text),
            *(["Your name is not shown to anybody."] if question.is_anonymous else []),
            *offered(similar),
        ),
        (
            Button("Ask in the channel", Action.QUESTION_IN_CHANNEL, str(question.id), "primary"),
            _name(question),
            Button("Never mind", Action.QUESTION_NEVER_MIND, str(question.id)),
            *answer_buttons(question.id, similar),
        ),
        ONLY_YOU,
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


def sent_to_channel(channel: ChannelId) -> Card:
    return Card(
        "Your question is on its way",
        body(
            "I am asking in ",
            ChannelName(channel),
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


def closed(question: Question, helper: UserId) -> Card:
    return Card(
        "Well done, both of you",
        body(
            "I have closed the question and said thank you. If you like: add a line of your own,"
            " or let others learn from it too."
        ),
        offers(question, helper),
    )


def closed_alone(question: Question) -> Card:
    return Card(
        "Well done",
        body("I have closed the question. If you like, let others learn from it too."),
        offers(question, None),
    )


def goes_on(question: Question) -> Card:
    then = body("I am looking for somebody else, without blame.")
    if question.channel:
        then = body("It is open to everybody in ", ChannelName(question.channel), " again.")
    return Card("It goes on", (*body("Thank you for telling me. "), *then))


def withdrawn_now() -> Card:
    return Card("Withdrawn", body("Whoever had your question sees that it needs no answer."))


def reopened() -> Card:
    return Card("Open again", body("You and your colleague have your question again."))


def conversation_comes(peer: UserId) -> Card:
    return Card("On its way", body("I am opening a conversation for you and ", Mention(peer), "."))


def passed_on() -> Card:
    return Card("Passed on", body("You hear from me as soon as there is an answer."))


def stale(question: Question) -> Card:
    return Card("This has moved on", body(CLOSED[question.state]))
