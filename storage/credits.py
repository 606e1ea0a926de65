"""What counts for somebody: shown to them, removed by them, forgotten in time."""

from datetime import datetime, time

from sqlalchemy import Delete, delete, or_, select, update

from bot.domain.evidence import KEPT_FOR, Counted, Kind
from bot.domain.ids import ChannelId, UserId
from storage.routing_state import RoutingState
from storage.scope import Scope
from storage.tables import EvidenceRow, SketchRow


class Credits:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._state = RoutingState(scope)

    def counted_for(self, user: UserId) -> list[Counted]:
        """What counts for somebody, the newest first."""
        rows = self._scope.session.scalars(
            select(EvidenceRow)
            .where(EvidenceRow.tenant == self._scope.tenant, EvidenceRow.person == user)
            .order_by(EvidenceRow.id.desc())
        )
        found: dict[str, list[EvidenceRow]] = {}
        for row in rows:
            found.setdefault(row.thread, []).append(row)
        return [_counted(thread, rows) for thread, rows in found.items()]

    def remove(self, user: UserId, thread: str, kind: Kind | None = None) -> bool:
        """Let it count no more, their own words there included; whether it did."""
        evidence = delete(EvidenceRow).where(
            EvidenceRow.tenant == self._scope.tenant,
            EvidenceRow.person == user,
            EvidenceRow.thread == thread,
        )
        words = delete(SketchRow).where(
            SketchRow.tenant == self._scope.tenant,
            SketchRow.thread == thread,
            SketchRow.author == user,
        )
        if kind:
            return self._removed(evidence.where(EvidenceRow.kind == kind))
        return self._removed(evidence, words)

    def forget(self, user: UserId) -> None:
        """Everything by or about somebody; others keep their credit, without the words."""
        scope = self._scope
        scope.session.execute(
            update(EvidenceRow)
            .where(EvidenceRow.tenant == scope.tenant, EvidenceRow.asker == user)
            .values(asker=None)
        )
        by_them = or_(SketchRow.author == user, SketchRow.asker == user)
        self._removed(
            delete(EvidenceRow).where(
                EvidenceRow.tenant == scope.tenant, EvidenceRow.person == user
            ),
            delete(SketchRow).where(SketchRow.tenant == scope.tenant, by_them),
            always=True,
        )

    def forget_old(self) -> None:
        """Drop what is a year old, by whole days: what is in memory is read anew after that."""
        scope = self._scope
        today = datetime.combine(scope.now.date(), time(), scope.now.tzinfo)
        before = today - KEPT_FOR
        self._removed(
            delete(EvidenceRow).where(EvidenceRow.tenant == scope.tenant, EvidenceRow.at < before),
            delete(SketchRow).where(SketchRow.tenant == scope.tenant, SketchRow.at < before),
        )

    def _removed(self, *statements: Delete, always: bool = False) -> bool:
        removed = [
            self._scope.session.execute(statement.returning(statement.table.c.id)).all()
            for statement in statements
        ]
        if any(removed) or (always and self._state.row()):
            self._state.removed()
        return any(removed)


def _counted(thread: str, rows: list[EvidenceRow]) -> Counted:
    newest = rows[0]
    kinds = tuple(sorted(Kind(row.kind) for row in rows))
    channel = ChannelId(newest.channel) if newest.channel else None
    return Counted(thread, kinds, channel, newest.at)
