"""Insert a row unless it is there already: the same on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Row


def insert_once(session: Session, row: type[Row], **values: Any) -> bool:
    """Whether the row was new. An existing one, by any unique key, is left as it is."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(row).values(**values).on_conflict_do_nothing()
    return session.execute(statement.returning(literal(1))).first() is not None
