"""When somebody is at work, as it lies in their row."""

from datetime import time

from bot.domain.availability import Availability
from bot.domain.working_time import WorkingHours, zone_named
from storage.tables import PersonRow


def read_availability(row: PersonRow) -> Availability:
    hours = WorkingHours(
        time.fromisoformat(row.works_from),
        time.fromisoformat(row.works_to),
        frozenset(map(int, row.workdays)),
    )
    return Availability(zone_named(row.zone), hours, row.country or "")


def write_hours(row: PersonRow, hours: WorkingHours) -> None:
    row.works_from, row.works_to = f"{hours.starts:%H:%M}", f"{hours.ends:%H:%M}"
    row.workdays = "".join(map(str, sorted(hours.weekdays)))
