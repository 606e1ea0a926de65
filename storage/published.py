"""Questions with what their askers took away, published for everybody to find."""

from sqlalchemy import delete, select

from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.published import KEPT_FOR, Published
from storage.scope import Scope
from storage.tables import PublishedRow


class PublishedAnswers:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, answer: Published) -> int:
        """Its number. A question is published once."""
        row = PublishedRow(
            tenant=self._scope.tenant,
            question_id=answer.question_id,
            channel=answer.channel,
            author=answer.author,
            question=answer.question,
            takeaway=answer.takeaway,
            topics=sorted(answer.topics),
            published_at=self._scope.now,
        )
        self._scope.session.add(row)
        self._scope.session.flush()
        return row.id

    def get(self, question: int) -> Published | None:
        """What was published of that question."""
        row = self._scope.session.scalars(
            select(PublishedRow).where(
                PublishedRow.tenant == self._scope.tenant, PublishedRow.question_id == question
            )
        ).one_or_none()
        return _published(row) if row else None

    def newest(self, most: int) -> list[Published]:
        rows = self._scope.session.scalars(
            select(PublishedRow)
            .where(PublishedRow.tenant == self._scope.tenant)
            .order_by(PublishedRow.published_at.desc(), PublishedRow.id.desc())
            .limit(most)
        )
        return [_published(row) for row in rows]

    def withdraw(self, question: int) -> None:
        self._scope.session.execute(
            delete(PublishedRow).where(
                PublishedRow.tenant == self._scope.tenant, PublishedRow.question_id == question
            )
        )

    def forget_old(self) -> None:
        """What was published long enough ago is not offered any more; the message stays."""
        scope = self._scope
        scope.session.execute(
            delete(PublishedRow).where(
                PublishedRow.tenant == scope.tenant,
                PublishedRow.published_at < scope.now - KEPT_FOR,
            )
        )


def _published(row: PublishedRow) -> Published:
    return Published(
        question_id=row.question_id,
        channel=ChannelId(row.channel),
        author=UserId(row.author) if row.author else None,
        question=row.question,
        takeaway=row.takeaway,
        topics=frozenset(Topic(topic) for topic in row.topics),
        published_at=row.published_at,
    )
