"""The public holidays of a country, or of a part of it."""

from datetime import date
from functools import lru_cache

LONGEST_CODE = 8
"""Of a country and a part of it, as in `GB-ENG`; some calendars have longer names for cities."""


def is_public_holiday(place: str, day: date) -> bool:
    """Whether people have that day off in `place`, as `read_place` gave it; nowhere is no day."""
    return bool(place) and day in _days_off(place, day.year)


def read_place(typed: str) -> str | None:
    """`DE` or `DE-BY` as people type it, in any case; None where no calendar is known for it."""
    country, _, part = typed.strip().upper().partition("-")
    if country not in _calendars() or not (part or "-" not in typed):
        return None
    if not part:
        return country
    return next((f"{country}-{each}" for each in parts_of(country) if each.upper() == part), None)


def parts_of(country: str) -> list[str]:
    """The parts of a country that have calendars of their own; none for one that is not known."""
    known = _calendars().get(country.upper(), [])
    return sorted(part for part in known if len(f"{country}-{part}") <= LONGEST_CODE)


@lru_cache(maxsize=512)
def _days_off(place: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 a start must not wait for calendars

    country, _, part = place.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=year))


@lru_cache(maxsize=1)
def _calendars() -> dict[str, list[str]]:
    """By two letters: each country, with its parts."""
    from holidays import list_supported_countries  # noqa: PLC0415 a start must not wait for it

    known = list_supported_countries(include_aliases=True)
    return {country: parts for country, parts in known.items() if len(country) == 2}
