"""The public holidays of a place, and how people name it."""

import subprocess
import sys
from datetime import date

import pytest

from bot.domain.public_holidays import LONGEST_CODE, is_public_holiday, parts_of, read_place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("DE", "DE"),
        (" de ", "DE"),
        ("de-by", "DE-BY"),
        ("GB-SCT", "GB-SCT"),
        ("us-ca", "US-CA"),
        ("", None),
        ("-", None),
        ("DE-", None),
        ("-BY", None),
        ("DE-XX", None),
        ("DE-BY-X", None),
        ("DE-Augsburg", None),
        ("XX", None),
        ("DEU", None),
        ("Germany", None),
    ],
)
def test_a_place_as_people_type_it(typed: str, place: str | None) -> None:
    assert read_place(typed) == place


def test_parts_are_those_that_can_be_kept() -> None:
    assert {"BY", "BE", "SN"} <= set(parts_of("DE"))
    assert parts_of("XX") == parts_of("") == []
    for country in ("DE", "GB", "FR", "NZ", "BR"):
        for part in parts_of(country):
            assert len(f"{country}-{part}") <= LONGEST_CODE
            assert read_place(f"{country}-{part}") == f"{country}-{part}"


@pytest.mark.parametrize(
    ("place", "day", "is_off"),
    [
        ("DE", "2026-10-03", True),
        ("DE", "2026-01-06", False),
        ("DE-BY", "2026-01-06", True),
        ("US", "2026-07-03", True),
        ("", "2026-12-25", False),
    ],
)
def test_a_day_is_off_where_it_is_kept(place: str, day: str, is_off: bool) -> None:
    assert is_public_holiday(place, date.fromisoformat(day)) is is_off


def test_a_start_loads_no_calendars() -> None:
    loaded = "import bot.program, sys; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
