"""People, an instant and a way in, for tests of storage."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.domain.ids import ChannelId, Tenant, Topic, UserId
from bot.domain.people import Person, Standing
from bot.run import Run
from storage.database import Database
from storage.work import Work

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OURS = Tenant("T_OURS")
ADA, BO, CY = UserId("U_ADA"), UserId("U_BO"), UserId("U_CY")
SQL = Topic("sql")
C_DATA, C_ELSE = ChannelId("C_DATA"), ChannelId("C_ELSE")


def join(work: Work, *users: UserId) -> None:
    for user in users:
        work.people.record(Person(user, user, "UTC", Standing.MEMBER))


def run_on(
    database: Database,
    clock: Callable[[], datetime] = lambda: NOW,
    nudge: Callable[[], None] = lambda: None,
) -> Run:
    return Run(database, clock, nudge, OURS)
