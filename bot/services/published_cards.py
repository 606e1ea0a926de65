"""What is said where a question and its takeaway are published, and to those who may need them."""

from collections.abc import Sequence

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Command, Mention, Part, Quote, body
from bot.domain.ids import UserId
from bot.domain.published import Published
from bot.domain.text import shorten
from bot.services.activity_cards import GONE

SHOWN_WORDS = 300

# To everybody in the channel.


def post(shared: Published) -> Card:
    who: Part | str = Mention(shared.author) if shared.author else "A colleague"
    return Card(
        "What a colleague learned",
        body(
            who,
            " asked:",
            Quote(shared.question),
            "and takes away:",
            Quote(shared.takeaway),
        ),
        footnote=body(
            "Here because whoever asked chose to share it. Learned something too? React with"
            " :bulb:. To ask something yourself: ",
            Command("ask_peer"),
        ),
    )


def withdrawn_post() -> Card:
    return Card(
        "Taken back", body("A question and its takeaway stood here; whoever asked took them back.")
    )


# To the asker.


def on_its_way(shared: Published) -> Card:
    return Card(
        "Published",
        body("Your takeaway is on its way to ", ChannelName(shared.channel), ". Thank you!"),
        (_take_back(shared),),
        body(_under_which_name(shared)),
    )


def already(shared: Published) -> Card:
    return Card(
        "You have published this",
        body("It stands in ", ChannelName(shared.channel), ":", Quote(shared.takeaway)),
        (_take_back(shared),),
        body(_under_which_name(shared)),
    )


def no_longer_kept() -> Card:
    return Card(
        "This was published once",
        body(
            "You took it back, or a year has gone by; either way I do not keep it any more, and"
            " each question is published once. You are welcome to write it into a channel yourself."
        ),
    )


def taken_back(shared: Published, *, is_changed: bool) -> Card:
    gone = body("I have dropped the words, and the message in ", ChannelName(shared.channel))
    if is_changed:
        return Card("Taken back", (*gone, *body(" says so.")))
    return Card("Taken back", (*gone, *body(" could not be changed by me. A channel admin can.")))


def could_not_post(shared: Published, reason: str) -> Card:
    return Card(
        "I could not publish this",
        body(
            "I could not post in ",
            ChannelName(shared.channel),
            f": {GONE.get(reason, f'Slack says {reason}')}. Nobody has seen it, and I keep nothing"
            " of it. This is what you wrote:",
            Quote(shared.question),
            Quote(shared.takeaway),
        ),
        (Button("Choose another channel", Action.QUESTION_PUBLISH, str(shared.question_id)),),
        body("You get this because you chose to publish what you took away from a question."),
    )


def _take_back(shared: Published) -> Button:
    return Button(
        "Take it back",
        Action.QUESTION_TAKE_BACK,
        str(shared.question_id),
        confirm="The message will say that it was taken back. It cannot be published again.",
    )


def _under_which_name(shared: Published) -> str:
    helper = "Whoever helped you is not named."
    return f"Your name is {'shown' if shared.author else 'not shown'}. {helper}"


# To somebody who is about to ask.


def offered(answers: Sequence[Published]) -> tuple[Part, ...]:
    """Parts for the body of a card that somebody sees before anybody is asked."""
    parts: list[Part | str] = []
    for answer in answers:
        parts += [
            "\nSomebody asked something like this:",
            Quote(shorten(answer.question, SHOWN_WORDS)),
            "and took away, in ",
            ChannelName(answer.channel),
            ":",
            Quote(shorten(answer.takeaway, SHOWN_WORDS)),
        ]
    return body(*parts)


def answer_buttons(question: int, answers: Sequence[Published]) -> tuple[Button, ...]:
    labels = ("The first answers it", "The second answers it")
    if len(answers) == 1:
        labels = ("This answers it", "")
    actions = (Action.QUESTION_ANSWERED, Action.QUESTION_ANSWERED_TOO)
    return tuple(
        Button(label, action, f"{question}/{answer.question_id}")
        for answer, label, action in zip(answers, labels, actions, strict=False)
    )


def answered(author: UserId | None) -> Card:
    nobody = "Nobody was asked, and I have not kept your question."
    if author is None:
        return Card("Good to hear", body(nobody))
    return Card(
        "Good to hear",
        body(
            nobody,
            " I have noted that you learned something from ",
            Mention(author),
            ": who and where, never the text.",
        ),
    )
