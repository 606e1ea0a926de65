"""Which time zones there are, and which one was probably meant by a name that is none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.domain.text import shorten

EXAMPLES = "Europe/Berlin or America/New_York"

NO_PLACES = frozenset({"Factory", "localtime"})
"""Files among the zones that say nothing, or only what one computer happens to be set to."""

LONGEST = 40
"""Characters; no zone has a longer name, and comparing takes longer the more there is."""

LIKENESS = 0.8
"""Enough for a slip of the finger; less would offer UTC for UTC+2, which is another time."""


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - NO_PLACES)


def zone_problem(name: str) -> str | None:
    """What to tell somebody who named a zone that is not known; None if it is."""
    if name in zone_names():
        return None
    if not name.strip():
        return f"Please name a time zone, such as {EXAMPLES}."
    return f"I do not know the time zone “{shorten(name, LONGEST)}”. {_hint(_meant_by(name))}"


def _hint(meant: Sequence[str]) -> str:
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    return f"Please name it by continent and city, such as {EXAMPLES}."


def _meant_by(name: str) -> list[str]:
    typed = "_".join(name[:LONGEST].casefold().split())
    spellings = _spellings()
    close = [typed] if typed in spellings else get_close_matches(typed, spellings, 3, LIKENESS)
    found = dict.fromkeys(zone for spelling in close for zone in spellings[spelling])
    return list(found)[:3]


@cache
def _spellings() -> Mapping[str, list[str]]:
    """Zones by what people type for them: the whole name, or the city alone; short names first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for zone in sorted(filter(_is_offered, zone_names()), key=lambda name: (len(name), name)):
        for spelling in {zone.casefold(), zone.casefold().rpartition("/")[2]}:
            found[spelling].append(zone)
    return dict(found)


def _is_offered(zone: str) -> bool:
    """Places, and UTC. EST knows no summer time, and Etc/GMT+2 is west where GMT+2 means east."""
    return zone == "UTC" or not (zone.isupper() or zone.startswith("Etc/"))
