"""Whom somebody never wants to be sent to, and about what they do not want to be asked."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.domain.ids import Topic, UserId
from storage.scope import Scope
from storage.tables import AvoidanceRow, RefusedTopicRow
from storage.upsert import insert_once


class Boundaries:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def avoid(self, user: UserId, other: UserId) -> None:
        """`user` is never sent to `other` again; `other` never hears of it."""
        insert_once(
            self._scope.session,
            AvoidanceRow,
            tenant=self._scope.tenant,
            user=user,
            other=other,
        )

    def avoided_by(self, user: UserId) -> frozenset[UserId]:
        found = self._scope.session.scalars(
            select(AvoidanceRow.other).where(
                AvoidanceRow.tenant == self._scope.tenant, AvoidanceRow.user == user
            )
        )
        return frozenset(UserId(other) for other in found)

    def avoid_only(self, user: UserId, others: Iterable[UserId]) -> None:
        """These and nobody else."""
        mine = (AvoidanceRow.tenant == self._scope.tenant, AvoidanceRow.user == user)
        self._scope.session.execute(delete(AvoidanceRow).where(*mine))
        for other in others:
            self.avoid(user, other)

    def refuse(self, user: UserId, topics: Iterable[Topic]) -> None:
        """`user` is not asked about these topics any more."""
        for topic in topics:
            insert_once(
                self._scope.session,
                RefusedTopicRow,
                tenant=self._scope.tenant,
                user=user,
                topic=topic,
            )
        self._scope.touched.add(user)

    def refused_by(self, user: UserId) -> tuple[Topic, ...]:
        found = self._scope.session.scalars(
            select(RefusedTopicRow.topic)
            .where(RefusedTopicRow.tenant == self._scope.tenant, RefusedTopicRow.user == user)
            .order_by(RefusedTopicRow.topic)
        )
        return tuple(Topic(topic) for topic in found)

    def refuse_only(self, user: UserId, topics: Iterable[Topic]) -> None:
        """These and no others."""
        mine = (RefusedTopicRow.tenant == self._scope.tenant, RefusedTopicRow.user == user)
        self._scope.session.execute(delete(RefusedTopicRow).where(*mine))
        self.refuse(user, topics)

    def refused(self) -> dict[Topic, frozenset[UserId]]:
        """Every topic that somebody does not want to be asked about, and who."""
        rows = self._scope.session.scalars(
            select(RefusedTopicRow).where(RefusedTopicRow.tenant == self._scope.tenant)
        )
        found: dict[Topic, frozenset[UserId]] = {}
        for row in rows:
            topic = Topic(row.topic)
            found[topic] = found.get(topic, frozenset()) | {UserId(row.user)}
        return found
