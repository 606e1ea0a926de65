"""A question in a channel, where everybody may answer and learn."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Part, Quote, body
from bot.domain.ids import UserId
from bot.domain.questions import Question
from bot.services.naming import asker_first


def question(asked: Question, *, is_taken: bool = False) -> Card:
    number = str(asked.id)
    join = Button("I can help", Action.QUESTION_JOIN, number, "primary")
    buttons = (
        *(() if asked.is_anonymous or is_taken else (join,)),
        Button("Answer here", Action.QUESTION_ANSWER, number),
    )
    how: tuple[Part | str, ...] = (
        "Answer in the thread, so that others can learn from it, or press a button.",
    )
    if is_taken:
        how = ("Somebody is helping already; more answers are welcome in the thread.",)
    return Card(
        "A question for this channel",
        body(asker_first(asked), " asks:", Quote(asked.text), *how),
        () if is_taken else buttons,
        body(
            "This stands here because one of you asked with ",
            Command("ask_peer"),
            ", and this channel is about the topic.",
        ),
    )


def answer(asked: Question, peer: UserId, words: str) -> Card:
    return Card("", body(Mention(peer), " answers:", Quote(words)))


def asks_back(asked: Question, words: str) -> Card:
    return Card("", body(asker_first(asked), " writes:", Quote(words)))


def closed(asked: Question, *, is_solved: bool) -> Card:
    what = "It has been solved. Thank you!" if is_solved else "It is closed. Thank you for reading!"
    title = "Solved" if is_solved else "Closed"
    return Card(title, body(asker_first(asked), " asked:", Quote(asked.text), what))
