"""What people choose about themselves: topics, limit, pause, receipts."""

from bot.domain.cards import Card, ChannelName, Command, Part, body
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS, read_topics
from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import Refused
from bot.domain.text import normalise
from bot.services.members import require_member
from bot.services.reasons import times
from storage.work import Work

MOST_QUESTIONS_A_WEEK = 50
NAMED_CHANNELS = 5


def overview(work: Work, *, user: UserId) -> Card:
    """Where somebody stands, and every way to change it."""
    require_member(work, user)
    choices = work.people.choices(user)
    topics = ", ".join(choices.topics) or "none yet"
    asked = work.people.asked_this_week(user)
    learned, taught = work.exchanges.numbers_of(user)
    return Card(
        "Peerloop: learning from each other",
        body(
            f"Your topics: {topics}.\n",
            f"Questions to you this week: {asked} of at most {choices.weekly_limit}"
            f"{', paused' if choices.is_paused else ''}.\n",
            f"On the ledger: learned from colleagues {times(learned)}, they learned from you "
            f"{times(taught)}.\n",
            f"Receipts for the emoji you react with: {'on' if choices.wants_receipts else 'off'}.",
            *_ways(),
            *_where(work.channels.public()),
        ),
        footnote=body("Only you can see this."),
    )


def set_topics(work: Work, *, user: UserId, typed: str) -> Card:
    """Declare what one can be asked about; this replaces what was declared before."""
    require_member(work, user)
    topics = read_topics(normalise(typed))
    if (typed and not topics) or not all(any(char.isalnum() for char in topic) for topic in topics):
        raise Refused(
            "A topic needs letters or digits, as in: sql, giving feedback. Nothing was changed."
        )
    if len(topics) > MAX_TOPICS:
        raise Refused(
            f"Please name at most {MAX_TOPICS} topics, so that questions find the right person."
        )
    too_long = next((topic for topic in topics if len(topic) > MAX_TOPIC_LENGTH), None)
    if too_long:
        raise Refused(
            f"A topic has at most {MAX_TOPIC_LENGTH} characters. Please separate topics by commas; "
            "nothing has been changed."
        )
    work.people.set_topics(user, topics)
    if not topics:
        return Card("Noted", body("You have no topics now, so nobody is sent to you for one."))
    return Card("Noted", body(f"Colleagues may be sent to you about: {', '.join(topics)}."))


def set_limit(work: Work, *, user: UserId, typed: str) -> Card:
    """Choose how many questions a week one is asked at most."""
    require_member(work, user)
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 4
    if not is_number or int(typed) > MOST_QUESTIONS_A_WEEK:
        raise Refused(
            f"Please give a whole number from 0 to {MOST_QUESTIONS_A_WEEK}: how many questions a "
            "week you are happy to be asked."
        )
    work.people.set_limit(user, int(typed))
    return Card(
        "Noted",
        body(
            f"The most questions you are asked in a week: {int(typed)}. To change it: ",
            Command("learning", "limit 3"),
        ),
    )


def pause(work: Work, *, user: UserId, paused: bool) -> Card:
    """Stop being asked, or be asked again."""
    require_member(work, user)
    work.people.set_paused(user, paused)
    if paused:
        again = body(
            "You are not asked any questions until you say ", Command("learning", "resume")
        )
        return Card("Paused", (*again, *body(".")))
    return Card("Welcome back", body("Colleagues may be sent to you again."))


def receipts(work: Work, *, user: UserId, wanted: bool) -> Card:
    """Switch the private notes about one's own reactions on or off."""
    require_member(work, user)
    work.people.set_receipts(user, wanted)
    return Card("Noted", body(f"Receipts are {'on' if wanted else 'off'}."))


def _ways() -> tuple[Part | str, ...]:
    ways = {
        "topics sql, giving feedback": "what you can be asked about (or: topics none)",
        "limit 3": "at most so many questions a week",
        "pause": "no questions for now",
        "resume": "questions again",
        "receipts off": "no notes about your reactions",
    }
    lines: list[Part | str] = ["\n\nWhat you can do:"]
    for rest, effect in ways.items():
        lines += ["\n• ", Command("learning", rest), f": {effect}"]
    lines += [
        "\n• ",
        Command("ask_peer", "your question"),
        ": ask the colleague most likely to help",
    ]
    return tuple(lines)


def _where(channels: list[ChannelId]) -> tuple[Part | str, ...]:
    """The channels in which an emoji counts; private ones are nobody else's business."""
    react: list[Part | str] = ["\n• React with :bulb: to a message you learned from, "]
    if not channels:
        return (*react, "in any channel I am invited to.")
    react.append("in ")
    for channel in channels[:NAMED_CHANNELS]:
        react += [ChannelName(channel), ", "]
    more = "and others I am in" if len(channels) > NAMED_CHANNELS else "and wherever I am invited"
    return (*react, more, ".")
