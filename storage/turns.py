"""How often people were asked of late, counted by the database: one row for each of them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select

from bot.domain.load import SPAN, SPANS
from storage.scope import Scope
from storage.tables import TurnRow

WEEK = timedelta(days=7)
Asked = tuple[int, tuple[int, ...]]
"""This week; and in each span, the latest first."""
PEER = TurnRow.peer + literal_column("''")
"""Or SQLite would group by the index by peer, and read all that was ever asked."""


def asked_this_week(scope: Scope, user: str) -> int:
    mine = (TurnRow.tenant == scope.tenant, TurnRow.peer == user)
    this_week = TurnRow.asked_at > scope.now - WEEK
    return scope.session.scalar(select(func.count()).where(*mine, this_week)) or 0


def asked_lately(scope: Scope) -> dict[str, Asked]:
    """Everybody who was asked within half a year."""
    spans = [_within(scope, span) for span in range(SPANS)]
    counts = [_count(TurnRow.asked_at > scope.now - WEEK), *map(_count, spans)]
    rows = scope.session.execute(
        select(PEER, *counts)
        .where(TurnRow.tenant == scope.tenant, TurnRow.asked_at > scope.now - SPANS * SPAN)
        .group_by(PEER)
    )
    return {peer: (this_week, tuple(by_span)) for peer, this_week, *by_span in rows}


def _within(scope: Scope, span: int) -> ColumnElement[bool]:
    newer = TurnRow.asked_at > scope.now - (span + 1) * SPAN
    return and_(newer, TurnRow.asked_at <= scope.now - span * SPAN) if span else newer


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
