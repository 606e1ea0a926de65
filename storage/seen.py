"""What Slack has delivered before."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.domain.refusals import SeenBefore
from storage.scope import Scope
from storage.tables import SeenRow
from storage.upsert import insert_once

KEPT_FOR = timedelta(days=3)
"""Longer than Slack's longest retries (24 hours with delayed events)."""


class Seen:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def mark(self, key: str) -> None:
        """Remember `key`; raises SeenBefore if it is remembered already."""
        scope = self._scope
        is_new = insert_once(
            scope.session, SeenRow, tenant=scope.tenant, key=key, seen_at=scope.now
        )
        if not is_new:
            raise SeenBefore(key)

    def newest_at(self) -> datetime | None:
        """When we last handled something of Slack's."""
        return self._scope.session.scalars(
            select(func.max(SeenRow.seen_at)).where(SeenRow.tenant == self._scope.tenant)
        ).one()

    def forget_old(self) -> None:
        scope = self._scope
        scope.session.execute(
            delete(SeenRow).where(
                SeenRow.tenant == scope.tenant, SeenRow.seen_at < scope.now - KEPT_FOR
            )
        )
