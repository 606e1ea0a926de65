"""What people choose about themselves: topics, limit, pause, receipts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cards import Card, ChannelName, Command, Moment, Part, body
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Choices, Person
from bot.domain.refusals import Refused, refuse_if_any
from bot.domain.working_time import start_of_day, zone_named
from bot.services.members import require_member
from bot.services.reasons import times
from bot.services.topics import topics_and_problem
from storage.work import Work

MOST_QUESTIONS_A_WEEK = 50
NAMED_CHANNELS = 5
LONGEST_PAUSE = timedelta(days=366)


def overview(work: Work, *, user: UserId) -> Card:
    """Where somebody stands, and every way to change it."""
    person = require_member(work, user)
    return Card(
        "Peerloop: learning from each other",
        body(
            *_standing(work, user),
            *_ways(),
            *_for_leads(is_lead=user in work.leads.all(), is_admin=person.is_admin),
            *_where(work.channels.public()),
        ),
        footnote=body("Only you can see this."),
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody filled in about themselves, as they typed it."""

    topics: str
    limit: str
    is_paused: bool
    until: date | None
    receipts: bool


def current(work: Work, *, user: UserId) -> tuple[Choices, ZoneInfo]:
    """What somebody chose so far, and the zone in which they think of dates."""
    person = require_member(work, user)
    return work.people.choices(user), zone_named(person.zone)


def save(work: Work, *, user: UserId, wishes: Wishes) -> Card:
    """Take over a whole form; with anything wrong in it, nothing is changed."""
    person = require_member(work, user)
    topics, topics_problem = topics_and_problem(wishes.topics)
    until, until_problem = _end_of_pause(work, person, wishes.until)
    refuse_if_any(
        topics=topics_problem,
        limit=_limit_problem(wishes.limit),
        until=until_problem if wishes.is_paused else None,
    )
    work.people.set_topics(user, topics)
    work.people.set_limit(user, int(wishes.limit))
    work.people.set_paused(user, wishes.is_paused, until)
    work.people.set_receipts(user, wishes.receipts)
    return Card("Saved", body(*_standing(work, user)), footnote=body("Only you can see this."))


def set_topics(work: Work, *, user: UserId, typed: str) -> Card:
    """Declare what one can be asked about; this replaces what was declared before."""
    require_member(work, user)
    topics, problem = topics_and_problem(typed)
    refuse_if_any(topics=problem)
    work.people.set_topics(user, topics)
    if not topics:
        return Card("Noted", body("You have no topics now, so nobody is sent to you for one."))
    return Card("Noted", body(f"Colleagues may be sent to you about: {', '.join(topics)}."))


def set_limit(work: Work, *, user: UserId, typed: str) -> Card:
    """Choose how many questions a week one is asked at most."""
    require_member(work, user)
    refuse_if_any(limit=_limit_problem(typed))
    work.people.set_limit(user, int(typed))
    return Card(
        "Noted",
        body(
            f"The most questions you are asked in a week: {int(typed)}. To change it: ",
            Command("learning", "limit 3"),
        ),
    )


def pause(work: Work, *, user: UserId, typed: str = "") -> Card:
    """Stop being asked, until a date (`2026-12-24`) or until one says so."""
    person = require_member(work, user)
    day = _read_day(typed) if typed else None
    until, problem = _end_of_pause(work, person, day)
    refuse_if_any(until=problem)
    work.people.set_paused(user, True, until)
    end: tuple[Part | str, ...] = (" until you say ", Command("learning", "resume"), ".")
    if until:
        end = (" until ", Moment(until, with_time=False), ". Back earlier? ", *end[1:])
    return Card("Paused", body("You are not asked any questions", *end))


def resume(work: Work, *, user: UserId) -> Card:
    """Be asked again."""
    require_member(work, user)
    work.people.set_paused(user, False)
    return Card("Welcome back", body("Colleagues may be sent to you again."))


def receipts(work: Work, *, user: UserId, wanted: bool) -> Card:
    """Switch the private notes about one's own reactions on or off."""
    require_member(work, user)
    work.people.set_receipts(user, wanted)
    return Card("Noted", body(f"Receipts are {'on' if wanted else 'off'}."))


def _standing(work: Work, user: UserId) -> tuple[Part | str, ...]:
    choices = work.people.choices(user)
    topics = ", ".join(choices.topics) or "none yet"
    asked = work.people.asked_this_week(user)
    learned, taught = work.exchanges.numbers_of(user)
    return (
        f"Your topics: {topics}.\n",
        f"Questions to you this week: {asked} of at most {choices.weekly_limit}",
        *_pause(choices),
        ".\n",
        f"On the ledger: learned from colleagues {times(learned)}, they learned from you "
        f"{times(taught)}.\n",
        f"Receipts for the emoji you react with: {'on' if choices.wants_receipts else 'off'}.",
    )


def _for_leads(*, is_lead: bool, is_admin: bool) -> tuple[Part | str, ...]:
    """What only some may do, for those who may."""
    ways: list[Part | str] = []
    if is_lead:
        ways += ["\n• ", Command("reflect"), ": weekly prompts in channels"]
        ways += ["\n• ", Command("mentor", "pair"), ": propose mentor pairs"]
    if is_admin:
        ways += ["\n• ", Command("learning", "leads"), ": name the learning leads"]
    return tuple(ways)


def _pause(choices: Choices) -> tuple[Part | str, ...]:
    if choices.paused_until:
        return (", paused until ", Moment(choices.paused_until, with_time=False))
    return (", paused",) if choices.is_paused else ()


def _limit_problem(typed: str) -> str | None:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 4
    if is_number and int(typed) <= MOST_QUESTIONS_A_WEEK:
        return None
    return (
        f"Please give a whole number from 0 to {MOST_QUESTIONS_A_WEEK}: how many questions a "
        "week you are happy to be asked."
    )


def _read_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(
            "I did not understand that date, so nothing has been changed. Write it as year, month "
            "and day, as in: pause 2026-12-24."
        ) from None


def _end_of_pause(
    work: Work, person: Person, day: date | None
) -> tuple[datetime | None, str | None]:
    """The instant at which that day begins where they are, and what is wrong with it."""
    if day is None:
        return None, None
    until = start_of_day(day, zone_named(person.zone))
    if until <= work.now:
        return None, "This day has begun already. Choose the day on which you are back."
    if until - work.now > LONGEST_PAUSE:
        return None, "This is more than a year away. Leave the date empty to pause without an end."
    return until, None


def _ways() -> tuple[Part | str, ...]:
    ways = {
        "settings": "all of this in one form",
        "topics sql, giving feedback": "what you can be asked about (or: topics none)",
        "limit 3": "at most so many questions a week",
        "pause": "no questions for now (or until a day: pause 2026-12-24)",
        "resume": "questions again",
        "receipts off": "no notes about your reactions",
        "look-backs off": "no question, three weeks later, whether you used what you learned",
    }
    lines: list[Part | str] = ["\n\nWhat you can do:"]
    for rest, effect in ways.items():
        lines += ["\n• ", Command("learning", rest), f": {effect}"]
    lines += [
        "\n• ",
        Command("ask_peer", "your question"),
        ": ask the colleague most likely to help",
        "\n• ",
        Command("mentor"),
        ": find a mentor, or be one",
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
