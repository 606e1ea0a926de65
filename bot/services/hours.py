"""When somebody is at work: hours, days and holidays, as they say it and as it is said back."""

from datetime import time

from bot.domain.availability import Availability, days_in_words, read_days, read_span
from bot.domain.cards import Card, body
from bot.domain.ids import UserId
from bot.domain.public_holidays import parts_of, read_place
from bot.domain.refusals import refuse_if_any
from bot.domain.text import shorten
from bot.domain.working_time import WorkingHours
from bot.services.members import require_member
from storage.work import Work

NO_SPAN = "Please write when you begin and when you end, as in: hours 8:30-16:30."
NO_DAYS = "Please write the days on which you work, as in: days Mon-Thu, or: days Mon, Wed, Fri."
LONGEST_LIST = 300


def set_hours(work: Work, *, user: UserId, typed: str) -> Card:
    """Say from when to when one works, on each working day."""
    require_member(work, user)
    starts, ends = read_span(typed) or (time(), time())
    problem = hours_problem(starts, ends) if read_span(typed) else NO_SPAN
    refuse_if_any(hours=problem)
    days = work.people.hours_of(user).hours.weekdays
    work.people.set_hours(user, WorkingHours(starts, ends, days))
    return _noted(work, user)


def set_days(work: Work, *, user: UserId, typed: str) -> Card:
    """Say on which days of the week one works."""
    require_member(work, user)
    days = read_days(typed) or frozenset()
    refuse_if_any(days=None if days else NO_DAYS)
    hours = work.people.hours_of(user).hours
    work.people.set_hours(user, WorkingHours(hours.starts, hours.ends, days))
    return _noted(work, user)


def set_holidays(work: Work, *, user: UserId, typed: str) -> Card:
    """Say whose public holidays one keeps."""
    require_member(work, user)
    place, problem = place_and_problem("" if typed.lower() == "none" else typed)
    refuse_if_any(country=problem)
    work.people.set_place(user, place)
    return _noted(work, user)


def hours_problem(starts: time, ends: time) -> str | None:
    if starts < ends:
        return None
    return "A working day ends after it begins, and before midnight. Please choose a later end."


def days_problem(days: frozenset[int]) -> str | None:
    return None if days else "Please choose one working day at least. For a break, use the pause."


def place_and_problem(typed: str) -> tuple[str, str | None]:
    """The country, or its part, as its calendar is known; empty for none."""
    if not typed.strip():
        return "", None
    place = read_place(typed)
    return (place, None) if place else ("", _unknown(typed.strip().upper()))


def in_words(at_work: Availability) -> str:
    """`09:00 to 17:00, Mon to Fri (Europe/Berlin), without the public holidays of DE-BY`."""
    hours = at_work.hours
    keeps = f", without the public holidays of {at_work.place}" if at_work.place else ""
    return (
        f"{hours.starts:%H:%M} to {hours.ends:%H:%M}, {days_in_words(hours.weekdays)}"
        f" ({at_work.zone.key}){keeps}"
    )


def _unknown(typed: str) -> str:
    country, _, _ = typed.partition("-")
    parts = ", ".join(parts_of(country))
    if parts:
        return (
            f"I know no such part of {country}. Write {country} for the whole country, or one of "
            f"its parts, as in {country}-{parts_of(country)[0]}. I know: "
            f"{shorten(parts, LONGEST_LIST)}."
        )
    return (
        "I know no public holidays for this. Write the two letters of a country, as in DE, with "
        "its part if need be, as in DE-BY or GB-SCT; or leave it empty."
    )


def _noted(work: Work, user: UserId) -> Card:
    return Card(
        "Noted",
        body(
            f"You are at work {in_words(work.people.hours_of(user))}. The time you have to answer"
            " a question runs only then."
        ),
    )
