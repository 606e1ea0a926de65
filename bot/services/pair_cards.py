"""What is said about mentoring: to those who sign up, and to the two of a pair."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Part, body
from bot.domain.ids import UserId
from bot.domain.mentoring import Enrolment, MentorPair
from bot.services.reasons import listed_in_short

WHY_THIS_COMES = body(
    "You get this because you signed up with ",
    Command("mentor"),
    ". To leave the pool: ",
    Command("mentor", "leave"),
    ".",
)


def signed_up(enrolment: Enrolment) -> Card:
    said: list[Part | str] = []
    if enrolment.is_mentor:
        mentees = "one mentee" if enrolment.capacity == 1 else f"{enrolment.capacity} mentees"
        said.append(f"You offer to be a mentor for {mentees}: {', '.join(enrolment.offers)}.\n")
    if enrolment.is_mentee:
        said.append(f"You look for a mentor: {', '.join(enrolment.wants)}.\n")
    return Card(
        "You are in the pool",
        body(
            *said,
            "When a learning lead opens the next round, I look for the best match, and introduce"
            " you to each other in a conversation of your own. Until then nobody is told.",
        ),
        footnote=body("To change or leave: ", Command("mentor")),
    )


def left_pool(*, was_in: bool, pairs: int) -> Card:
    still = " The pairs you have go on until one of you ends them." if pairs else ""
    if not was_in:
        return Card("You are not in the pool", body(f"So there is nothing to leave.{still}"))
    return Card("You have left the pool", body(f"I will propose no new pairs for you.{still}"))


def introduction(pair: MentorPair) -> Card:
    """The first message of a pair's own thread."""
    return Card(
        "You are a mentoring pair",
        body(
            Mention(pair.mentor),
            " is the mentor, ",
            Mention(pair.mentee),
            " the mentee.\n",
            *why(pair),
            "\n\nA first step: ",
            Mention(pair.mentee),
            ", say in this thread what you would like to be able to do in three months, and"
            " suggest two times for half an hour together this week or next. ",
            Mention(pair.mentor),
            ", say which suits you. What you talk about stays between the two of you.",
        ),
        (end_button(pair),),
        body(
            "You get this because you both signed up with ",
            Command("mentor"),
            ". Either of you can end it at any time, without a reason; I never say who did.",
        ),
    )


def end_button(pair: MentorPair) -> Button:
    return Button(
        "End this pairing",
        Action.PAIR_END,
        str(pair.id),
        confirm="You both read that the pairing has ended, but not who ended it.",
    )


def why(pair: MentorPair) -> tuple[Part | str, ...]:
    """Why these two, from the numbers that matched them."""
    return (
        "Why you two: ",
        Mention(pair.mentor),
        f" offers {listed_in_short(pair.topics)}, and ",
        Mention(pair.mentee),
        f" would like to learn that. You share {hours(pair.hours)} of working time a day.",
    )


def hours(count: float) -> str:
    """Working hours, to the half: `7 hours`, `2½ hours`."""
    whole, half = divmod(round(count * 2), 2)
    return f"{whole}{'½' if half else ''} hour{'' if (whole, half) == (1, 0) else 's'}"


def introduction_over(pair: MentorPair) -> Card:
    return Card(
        "You were a mentoring pair",
        body(Mention(pair.mentor), " and ", Mention(pair.mentee), ": this pairing has ended."),
    )


def over() -> Card:
    return Card(
        "This pairing has ended",
        body(
            "That is fine, and needs no reason. Thank you both for the time you gave each other."
            " You are both still in the pool for the next round."
        ),
        footnote=WHY_THIS_COMES,
    )


def ended_by_you(partner: UserId) -> Card:
    return Card(
        "Ended",
        body(
            "I have told you both in your thread that the pairing has ended, but not who ended it."
            " You and ",
            Mention(partner),
            " stay in the pool.",
        ),
        footnote=body("To leave the pool: ", Command("mentor", "leave")),
    )


def ended_before() -> Card:
    return Card("This pairing has ended already", body("There is nothing left to do."))


def partner_left(partner: UserId) -> Card:
    return Card(
        "Your mentoring pair has ended",
        body(
            Mention(partner),
            " cannot go on: they are no member of this workspace any more. If you are in the pool,"
            " the next round looks for somebody new for you.",
        ),
        footnote=WHY_THIS_COMES,
    )


def not_introduced(pair: MentorPair) -> Card:
    return Card(
        "A pair could not be introduced",
        body(
            "Slack did not let me open a conversation for ",
            Mention(pair.mentor),
            " and ",
            Mention(pair.mentee),
            ", or did not tell me whether it arrived. They are a pair; please tell them yourself.",
        ),
        footnote=body("You get this because you are a learning lead."),
    )
