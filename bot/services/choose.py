"""What people choose about themselves, a sentence at a time: topics, limit, pause, switches."""

from datetime import date, datetime, timedelta

from bot.domain.cards import Card, Command, Moment, Part, body
from bot.domain.ids import UserId
from bot.domain.people import Person, Switch
from bot.domain.refusals import Refused, refuse_if_any
from bot.domain.working_time import start_of_day, zone_named
from bot.services.members import require_member
from bot.services.topics import topics_and_problem
from storage.work import Work

MOST_QUESTIONS_A_WEEK = 50
LONGEST_PAUSE = timedelta(days=366)

SWITCHED = {
    Switch.RECEIPTS: ("Receipts are on.", "Receipts are off."),
    Switch.FINDABLE: (
        "Colleagues who ask who knows one of your topics find your name, and why.",
        "Nobody finds your name by your topics. You may still be asked.",
    ),
    Switch.AT_ONCE: (
        "Your questions go to the first choice right away, without a preview.",
        "You see whom I would ask before anything is sent.",
    ),
    Switch.LOOK_BACKS: (
        "Three weeks after a question is solved I ask you whether you used it.",
        "I do not ask you later whether you used what you learned.",
    ),
}
"""What is true once a switch is on, and once it is off."""


def set_topics(work: Work, *, user: UserId, typed: str) -> Card:
    """Declare what one can be asked about; this replaces what was declared before."""
    require_member(work, user)
    topics, problem = topics_and_problem(typed)
    refuse_if_any(topics=problem)
    work.people.set_topics(user, topics)
    refused = work.boundaries.refused_by(user)
    work.boundaries.refuse_only(user, [topic for topic in refused if topic not in topics])
    if not topics:
        return Card("Noted", body("You have no topics now, so nobody is sent to you for one."))
    return Card("Noted", body(f"Colleagues may be sent to you about: {', '.join(topics)}."))


def refuse(work: Work, *, user: UserId, typed: str) -> Card:
    """Say what one does not want to be asked about; this replaces what was said before."""
    require_member(work, user)
    topics, problem = topics_and_problem(typed)
    refuse_if_any(refused=problem)
    work.boundaries.refuse_only(user, topics)
    if not topics:
        return Card("Noted", body("There is nothing now that you would rather not be asked about."))
    return Card("Noted", body(f"You are not asked about: {', '.join(topics)}."))


def set_limit(work: Work, *, user: UserId, typed: str) -> Card:
    """Choose how many questions a week one is asked at most."""
    require_member(work, user)
    refuse_if_any(limit=limit_problem(typed))
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
    until, problem = end_of_pause(work, person, day)
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


def switch(work: Work, *, user: UserId, what: Switch, is_on: bool) -> Card:
    """Switch one thing about oneself on or off."""
    require_member(work, user)
    work.people.switch(user, what, is_on)
    when_on, when_off = SWITCHED[what]
    return Card("Noted", body(when_on if is_on else when_off))


def limit_problem(typed: str) -> str | None:
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


def end_of_pause(
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
