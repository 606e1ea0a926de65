"""What has fallen due, and what is next: the same questions to every table with a `due_at`."""

from datetime import datetime

from sqlalchemy import select

from storage.scope import Scope
from storage.tables import ActivityRow, DeliveryRow, OccasionRow, QuestionRow, RoundRow

DueRow = (
    type[ActivityRow] | type[DeliveryRow] | type[OccasionRow] | type[QuestionRow] | type[RoundRow]
)


def due_ids(scope: Scope, row: DueRow) -> list[int]:
    """The numbers of the rows whose instant has come, the longest waiting first."""
    found = scope.session.scalars(
        select(row.id)
        .where(row.tenant == scope.tenant, row.due_at <= scope.now)
        .order_by(row.due_at, row.id)
    )
    return list(found)


def next_due_at(scope: Scope, row: DueRow) -> datetime | None:
    return scope.session.scalars(
        select(row.due_at)
        .where(row.tenant == scope.tenant, row.due_at.is_not(None))
        .order_by(row.due_at)
        .limit(1)
    ).first()
