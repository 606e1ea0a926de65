"""Limits of what is picked or typed: people, conversations, dates, times, numbers and words."""

import re
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sandbox.errors import Json
from sandbox.options import several_problems
from sandbox.parts import (
    Problems,
    count_problems,
    field_problems,
    flag_problems,
    is_whole,
    listed,
    number_problems,
    string_problems,
)

LONGEST_TEXT = 3000
PERSON, CHANNEL, CONVERSATION = r"[UW][A-Z0-9_]+", r"C[A-Z0-9_]+", r"[CDG][A-Z0-9_]+"
# The fields that hold ids at the start, and the ids they hold.
IDS = {
    "initial_user": PERSON,
    "initial_users": PERSON,
    "initial_channel": CHANNEL,
    "initial_channels": CHANNEL,
    "initial_conversation": CONVERSATION,
    "initial_conversations": CONVERSATION,
}
KINDS_OF_CONVERSATION = ("im", "mpim", "private", "public")


def is_date(given: Any) -> bool:
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        return False
    try:
        date.fromisoformat(given)
    except ValueError:
        return False
    return True


def is_time(given: Any) -> bool:
    return isinstance(given, str) and bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", given))


def is_instant(given: Any) -> bool:
    """Seconds since 1970, in ten digits."""
    return is_whole(given) and len(str(given)) == 10


def as_number(given: Any) -> float | None:
    matched = isinstance(given, str) and re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", given.strip())
    return float(given) if matched else None


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def id_problems(where: str, element: Json) -> Problems:
    for field, pattern in IDS.items():
        if field not in element:
            continue
        given, spot = element[field], f"{where}/{field}"
        if field.endswith("s"):
            yield from several_problems(spot, given, element)
        for each in listed(given) if field.endswith("s") else [given]:
            if not isinstance(each, str) or not re.fullmatch(pattern, each):
                yield f"{each!r} is not such an id [json-pointer:{spot}]"


def conversation_problems(where: str, element: Json) -> Problems:
    yield from id_problems(where, element)
    yield from flag_problems(
        where, element, "default_to_current_conversation", "response_url_enabled"
    )
    if "filter" in element:
        yield from _filter(f"{where}/filter", element["filter"])


def _filter(where: str, given: Any) -> Problems:
    if not isinstance(given, dict) or not given:
        yield f"must be a filter that leaves something out [json-pointer:{where}]"
        return
    flags = ("exclude_bot_users", "exclude_external_shared_channels")
    yield from field_problems(where, given, ("include", *flags))
    yield from flag_problems(where, given, *flags)
    if "include" in given:
        yield from count_problems(f"{where}/include", given["include"], len(KINDS_OF_CONVERSATION))
        for each in listed(given["include"]):
            if each not in KINDS_OF_CONVERSATION:
                yield f"must be one of {KINDS_OF_CONVERSATION} [json-pointer:{where}/include]"


def date_problems(where: str, element: Json) -> Problems:
    if not is_date(element.get("initial_date", "2026-01-01")):
        yield f"must be a date as YYYY-MM-DD [json-pointer:{where}/initial_date]"


def time_problems(where: str, element: Json) -> Problems:
    if not is_time(element.get("initial_time", "00:00")):
        yield f"must be a time as HH:mm [json-pointer:{where}/initial_time]"
    if element.get("timezone", "UTC") not in zones():
        yield f"must be a zone as Europe/London [json-pointer:{where}/timezone]"


def instant_problems(where: str, element: Json) -> Problems:
    if not is_instant(element.get("initial_date_time", 1_000_000_000)):
        yield f"must be ten digits of a UNIX time [json-pointer:{where}/initial_date_time]"


def words_problems(where: str, element: Json) -> Problems:
    """Text in one line or many; without limits of its own it holds 3,000 characters."""
    yield from flag_problems(where, element, "multiline")
    longest, shortest = element.get("max_length", LONGEST_TEXT), element.get("min_length", 0)
    yield from number_problems(f"{where}/max_length", longest, 1, LONGEST_TEXT)
    yield from number_problems(f"{where}/min_length", shortest, 0, LONGEST_TEXT)
    most = longest if is_whole(longest) else LONGEST_TEXT
    if is_whole(shortest) and shortest > most:
        yield f"must not be more than max_length [json-pointer:{where}/min_length]"
    yield from string_problems(f"{where}/initial_value", element.get("initial_value"), most)


def line_problems(where: str, element: Json) -> Problems:
    """An e-mail or web address."""
    yield from string_problems(f"{where}/initial_value", element.get("initial_value"), LONGEST_TEXT)


def figure_problems(where: str, element: Json) -> Problems:
    """A number, its limits and its start, all given as strings."""
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield f"missing required field: is_decimal_allowed [json-pointer:{where}]"
    for field in ("min_value", "max_value", "initial_value"):
        if field in element and not _fits(element, element[field]):
            yield f"must be a number in a string [json-pointer:{where}/{field}]"
    for less, more in (
        ("min_value", "max_value"),
        ("min_value", "initial_value"),
        ("initial_value", "max_value"),
    ):
        low, high = as_number(element.get(less)), as_number(element.get(more))
        if low is not None and high is not None and low > high:
            yield f"{less} must not be more than {more} [json-pointer:{where}/{less}]"


def _fits(element: Json, given: Any) -> bool:
    number = as_number(given)
    return number is not None and bool(element.get("is_decimal_allowed") or number.is_integer())


def file_problems(where: str, element: Json) -> Problems:
    yield from number_problems(f"{where}/max_files", element.get("max_files", 10), 1, 10)
    if "filetypes" in element:
        yield from count_problems(f"{where}/filetypes", element["filetypes"], 100)
