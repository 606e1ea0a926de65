"""Which workspaces a database serves: the one question that belongs to none of them."""

from sqlalchemy import select

from bot.domain.ids import Tenant
from storage.database import Database
from storage.tables import TenantRow


def tenants(database: Database) -> list[Tenant]:
    with database.engine.connect() as connection:
        reading = connection.execution_options(writes=False)
        return [Tenant(name) for name in reading.scalars(select(TenantRow.id))]
