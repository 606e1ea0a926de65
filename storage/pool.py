"""The pool: who offers to be a mentor, and who looks for one."""

from sqlalchemy import select

from bot.domain.ids import Topic, UserId
from bot.domain.matching import Role
from bot.domain.mentoring import Enrolment
from storage.scope import Scope
from storage.tables import EnrolmentRow


class Pool:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def all(self) -> list[Enrolment]:
        rows = self._scope.session.scalars(
            select(EnrolmentRow)
            .where(EnrolmentRow.tenant == self._scope.tenant)
            .order_by(EnrolmentRow.user)
        )
        return [_enrolment(row) for row in rows]

    def get(self, user: UserId) -> Enrolment | None:
        row = self._find(user)
        return _enrolment(row) if row else None

    def enrol(self, enrolment: Enrolment) -> None:
        """Join the pool, or change what one said on joining."""
        scope = self._scope
        row = self._find(enrolment.user)
        if row is None:
            row = EnrolmentRow(tenant=scope.tenant, user=enrolment.user, enrolled_at=scope.now)
            scope.session.add(row)
        row.role, row.capacity = enrolment.role, enrolment.capacity
        row.offers, row.wants = list(enrolment.offers), list(enrolment.wants)
        scope.session.flush()
        scope.touched.add(enrolment.user)

    def leave(self, user: UserId) -> bool:
        """Whether there was anything to leave."""
        row = self._find(user)
        if row is None:
            return False
        self._scope.session.delete(row)
        self._scope.session.flush()
        self._scope.touched.add(user)
        return True

    def _find(self, user: UserId) -> EnrolmentRow | None:
        return self._scope.session.scalars(
            select(EnrolmentRow).where(
                EnrolmentRow.tenant == self._scope.tenant, EnrolmentRow.user == user
            )
        ).one_or_none()


def _enrolment(row: EnrolmentRow) -> Enrolment:
    return Enrolment(
        user=UserId(row.user),
        role=Role(row.role),
        offers=tuple(Topic(topic) for topic in row.offers),
        wants=tuple(Topic(topic) for topic in row.wants),
        capacity=row.capacity,
    )
