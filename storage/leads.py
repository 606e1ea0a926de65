"""The learning leads, as the workspace's admins named them."""

from collections.abc import Collection

from sqlalchemy import delete, select

from bot.domain.ids import UserId
from storage.scope import Scope
from storage.tables import LeadRow


class Leads:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def all(self) -> list[UserId]:
        found = self._scope.session.scalars(
            select(LeadRow.user)
            .where(LeadRow.tenant == self._scope.tenant)
            .order_by(LeadRow.named_at, LeadRow.user)
        )
        return [UserId(user) for user in found]

    def name(self, user: UserId, *, by: UserId) -> None:
        scope = self._scope
        scope.session.add(LeadRow(tenant=scope.tenant, user=user, named_by=by, named_at=scope.now))
        scope.session.flush()
        scope.touched.add(user)

    def relieve(self, users: Collection[UserId]) -> None:
        """These people are no leads any more."""
        scope = self._scope
        scope.session.execute(
            delete(LeadRow).where(LeadRow.tenant == scope.tenant, LeadRow.user.in_(list(users)))
        )
        scope.touched.update(users)
