"""What is said once a question is solved: what may follow, the thanks, the look back."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Part, Quote, body
from bot.domain.ids import UserId
from bot.domain.questions import Question
from bot.domain.text import shorten
from bot.services.reasons import listed

SHOWN_WORDS = 300

NO_MORE = body(
    "I ask this once, three weeks after a question was solved, and nobody else sees your answer."
    " No more of these: ",
    Command("learning", "look-backs off"),
)


# To the asker.


def offers(question: Question, helper: UserId | None) -> tuple[Button, ...]:
    """What may follow, for those who like; none of it has to."""
    number = str(question.id)
    publish = Button("Publish", Action.QUESTION_PUBLISH, number)
    return (Button("Add a line", Action.QUESTION_LINE, number), publish) if helper else (publish,)


def noted(helper: UserId, *, is_thanked: bool, is_noted: bool) -> Card:
    said: list[Part | str] = []
    if is_thanked:
        said += ["Your line is on its way to ", Mention(helper), ". "]
    if is_noted:
        said.append("What changed for you is noted for you alone; nobody else sees it.")
    return Card("Thank you", body(*said or ["Nothing was written, so nothing is kept or sent."]))


def look_back(question: Question, helper: UserId | None) -> Card:
    """Without the words of the question, where they are not kept any more."""
    told: list[Part | str] = ["Three weeks ago you solved "]
    told.append("this" if question.text else _what(question))
    if helper:
        told += [" with ", Mention(helper)]
    told.append(":" if question.text else ".")
    number = str(question.id)
    return Card(
        "Did you use it?",
        body(
            *told,
            Quote(shorten(question.text, SHOWN_WORDS)),
            "Did you use what you learned? One tap is all, and no answer is fine too.",
        ),
        (
            Button("Yes", Action.LOOK_BACK_YES, number),
            Button("Not yet", Action.LOOK_BACK_NOT_YET, number),
            Button("No", Action.LOOK_BACK_NO, number),
        ),
        NO_MORE,
    )


def looked_back() -> Card:
    return Card("Thank you", body("It is noted, for you alone."), footnote=NO_MORE)


def _what(question: Question) -> str:
    topics = listed(sorted(question.topics))
    return f"a question about {topics}" if topics else "a question"


# To the helper.


def line_in_thread(question: Question, thanks: str) -> Card:
    return Card("A line of thanks", body(Mention(question.asker), " adds:", Quote(thanks)))


def line_to_helper(question: Question, thanks: str) -> Card:
    """As a message of its own: it says why it comes, and how it stops."""
    who: Part | str = Mention(question.asker)
    if question.is_anonymous:
        who = "The colleague who asked without a name"
    return Card(
        "A line of thanks",
        body(who, " solved it with your help, and adds:", Quote(thanks)),
        footnote=body(
            "You get this because you helped with a question. No questions for a while: ",
            Command("learning", "pause"),
        ),
    )
