"""Makes a database that was put back to an earlier state careful about what it no longer knows."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.domain.deliveries import State
from storage.database import Database
from storage.numbers import begin_numbers, last_numbers
from storage.tables import DeliveryRow, SeenRow, TenantRow

STRIDE = 1_000_000
"""So many numbers are left out. There are messages with buttons about rows that are not known any
more, and nothing else may ever be meant by those."""


def put_back(database: Database, now: datetime) -> int:
    """What had not been settled may have been said since: from now on it is looked for first.

    How many deliveries that are.
    """
    with database.engine.begin() as connection:
        return _put_back(connection, now)


def notice_a_copy(database: Database, now: datetime) -> bool:
    """Whether the database is a backup that somebody has only copied to its place."""
    with database.engine.begin() as connection:
        copied = TenantRow.lost_from.is_not(None) & TenantRow.lost_until.is_(None)
        is_copy = bool(connection.scalar(select(func.count()).where(copied)))
        if is_copy:
            _put_back(connection, now)
        return is_copy


def _put_back(connection: Connection, now: datetime) -> int:
    highest = max(last_numbers(connection).values())
    first = (highest // STRIDE + 1) * STRIDE + STRIDE
    for table in last_numbers(connection):
        begin_numbers(connection, table, first)
    tenants = connection.execute(
        select(TenantRow.id, TenantRow.lost_from, TenantRow.lost_until, TenantRow.installed_at)
    ).all()
    found = 0
    for tenant, lost_from, lost_until, installed_at in tenants:
        made_at = None if lost_until else lost_from  # unless that was another backup
        since = made_at or _last_trace(connection, tenant) or installed_at
        gap = {"lost_from": since, "lost_until": now, "numbers_from": first}
        connection.execute(update(TenantRow).where(TenantRow.id == tenant).values(gap))
        found += _doubt(connection, tenant, since, now)
    return found


def _last_trace(connection: Connection, tenant: str) -> datetime | None:
    """The latest instant of which the database knows anything: the copy is no older than that."""
    traces = [
        connection.scalar(select(func.max(column)).where(owner == tenant))
        for column, owner in (
            (SeenRow.seen_at, SeenRow.tenant),
            (DeliveryRow.created_at, DeliveryRow.tenant),
            (DeliveryRow.last_started_at, DeliveryRow.tenant),
        )
    ]
    return max((trace for trace in traces if trace), default=None)


def _doubt(connection: Connection, tenant: str, since: datetime, now: datetime) -> int:
    """As if each had been begun when the backup was made, and nobody knew what became of it.

    An App Home may be shown again; a whisper is not worth it by now.
    """
    open_ones = (DeliveryRow.tenant == tenant) & DeliveryRow.state.in_(
        [State.WAITING, State.SENDING]
    )
    whispers = DeliveryRow.reader.is_not(None) & DeliveryRow.channel.is_not(None)
    connection.execute(update(DeliveryRow).where(open_ones, whispers).values(expires_at=now))
    in_doubt = update(DeliveryRow).where(open_ones, DeliveryRow.reader.is_(None))
    begun = func.coalesce(DeliveryRow.first_started_at, since)
    return connection.execute(
        in_doubt.values(state=State.SENDING, first_started_at=begun, last_started_at=now)
    ).rowcount
