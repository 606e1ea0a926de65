"""How much there is to deliver, counted by the index of what is due."""

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from bot.domain.backlog import FAILING, UNTOUCHED, Backlog
from bot.domain.deliveries import State
from storage.scope import Scope
from storage.tables import DeliveryRow

IS_PAGE = and_(DeliveryRow.reader.is_not(None), DeliveryRow.channel.is_(None))
"""An App Home: its row is as old as its reader's first visit, which says nothing."""


class Waiting:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def backlog(self) -> Backlog:
        """What the delivery workers have before them; its cost follows how much that is."""
        is_new = and_(DeliveryRow.state != State.SENT, ~IS_PAGE)
        since = case((is_new, DeliveryRow.created_at), else_=DeliveryRow.due_at)
        overdue = func.sum(case((self._is_overdue(is_new), 1), else_=0))
        rows = self._scope.session.execute(
            select(DeliveryRow.state, func.count(), func.min(since), overdue)
            .where(DeliveryRow.tenant == self._scope.tenant, DeliveryRow.due_at.is_not(None))
            .group_by(DeliveryRow.state)
        ).all()
        return Backlog(
            counts={State(state): count for state, count, _, _ in rows},
            oldest_at=min((oldest for _, _, oldest, _ in rows), default=None),
            overdue=sum(late for _, _, _, late in rows),
        )

    def unknown(self) -> int:
        """How many may or may not have arrived, of those whose rows are still kept."""
        return self._scope.session.scalars(
            select(func.count()).where(
                DeliveryRow.tenant == self._scope.tenant, DeliveryRow.state == State.UNKNOWN
            )
        ).one()

    def _is_overdue(self, is_new: ColumnElement[bool]) -> ColumnElement[bool]:
        now = self._scope.now
        is_failing = and_(
            is_new, DeliveryRow.reason.is_not(None), DeliveryRow.created_at < now - FAILING
        )
        return or_(DeliveryRow.due_at < now - UNTOUCHED, is_failing)
