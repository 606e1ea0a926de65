"""The channel to which questions about a topic go when no colleague could help."""

from collections.abc import Collection

from sqlalchemy import delete, select

from bot.domain.ids import ChannelId, Topic
from storage.scope import Scope
from storage.tables import TopicChannelRow


class TopicChannels:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def assign(self, topics: Collection[Topic], channel: ChannelId) -> None:
        """Questions about `topics` go to `channel`, wherever they went before."""
        scope = self._scope
        self.release(topics)
        scope.session.add_all(
            TopicChannelRow(tenant=scope.tenant, topic=topic, channel=channel) for topic in topics
        )
        scope.session.flush()

    def release(self, topics: Collection[Topic]) -> None:
        """Questions about `topics` go to no channel."""
        scope = self._scope
        scope.session.execute(
            delete(TopicChannelRow).where(
                TopicChannelRow.tenant == scope.tenant, TopicChannelRow.topic.in_(sorted(topics))
            )
        )

    def all(self) -> dict[Topic, ChannelId]:
        rows = self._scope.session.scalars(
            select(TopicChannelRow)
            .where(TopicChannelRow.tenant == self._scope.tenant)
            .order_by(TopicChannelRow.topic)
        )
        return {Topic(row.topic): ChannelId(row.channel) for row in rows}
