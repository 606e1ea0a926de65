"""People, an instant and a way in, for tests of storage."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import Occurrence, Weekly
from bot.domain.ids import ChannelId, Tenant, Topic, UserId
from bot.domain.matching import Pair
from bot.domain.mentoring import MentorPair, PairState
from bot.domain.people import Person, Standing
from bot.domain.running import HeldOccasion, RunningActivity
from bot.run import Run
from storage.database import Database
from storage.work import Work

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)
OURS = Tenant("T_OURS")
ADA, BO, CY = UserId("U_ADA"), UserId("U_BO"), UserId("U_CY")
SQL = Topic("sql")
C_DATA, C_ELSE = ChannelId("C_DATA"), ChannelId("C_ELSE")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the database: SQLite is quicker."""
ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

MONDAYS = Weekly(0, time(9), ZoneInfo("UTC"))


def join(work: Work, *users: UserId) -> None:
    for user in users:
        work.people.record(Person(user, user, "UTC", Standing.MEMBER))


def start_prompt(work: Work, *, due_at: datetime = NOW, text: str = "?") -> RunningActivity:
    """A weekly question in #data."""
    number = work.activities.start(
        kind="prompt",
        channel=C_DATA,
        lead=ADA,
        settings={"text": text},
        weekly=MONDAYS,
        due_at=due_at,
    )
    found = work.activities.get(number)
    assert found
    return found


def hold(work: Work, activity: RunningActivity, on: date = TODAY) -> HeldOccasion:
    """An occasion that nobody has claimed before, due at once."""
    found = work.occasions.claim(activity, Occurrence(on, NOW), due_at=NOW)
    assert found
    return found


def meet(work: Work, *pairs: tuple[UserId, UserId]) -> list[MentorPair]:
    """Mentors and mentees who were paired in one round."""
    number = work.rounds.open(lead=ADA, seed="s")
    work.pairs.propose(number, [Pair(one, other, (SQL,), 8.0, 0.9) for one, other in pairs])
    proposed = work.pairs.of_round(number)
    for pair in proposed:
        work.pairs.move(pair.id, PairState.ACTIVE)
    return proposed


def run_on(
    database: Database,
    clock: Callable[[], datetime] = lambda: NOW,
    nudge: Callable[[], None] = lambda: None,
) -> Run:
    return Run(database, clock, nudge, OURS)


def run_at(database: Database, at: datetime) -> Run:
    return run_on(database, clock=lambda: at)
