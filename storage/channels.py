"""The channels the bot is in."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.domain.ids import ChannelId
from bot.domain.people import Channel
from storage.scope import Scope
from storage.tables import ChannelRow


class Channels:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def replace(self, channels: Iterable[Channel]) -> None:
        """These and no others."""
        scope = self._scope
        scope.session.execute(delete(ChannelRow).where(ChannelRow.tenant == scope.tenant))
        for channel in channels:
            self.add(channel)

    def forget(self, channel: ChannelId) -> None:
        scope = self._scope
        scope.session.execute(
            delete(ChannelRow).where(
                ChannelRow.tenant == scope.tenant, ChannelRow.channel == channel
            )
        )

    def get(self, channel: ChannelId) -> Channel | None:
        """The channel, if the bot is in it."""
        row = self._scope.session.scalars(
            select(ChannelRow).where(
                ChannelRow.tenant == self._scope.tenant, ChannelRow.channel == channel
            )
        ).one_or_none()
        return _channel(row) if row else None

    def all(self) -> list[ChannelId]:
        found = self._scope.session.scalars(
            select(ChannelRow.channel)
            .where(ChannelRow.tenant == self._scope.tenant)
            .order_by(ChannelRow.channel)
        )
        return [ChannelId(channel) for channel in found]

    def public(self) -> list[ChannelId]:
        """Those whose existence everybody may know of."""
        found = self._scope.session.scalars(
            select(ChannelRow.channel)
            .where(ChannelRow.tenant == self._scope.tenant, ChannelRow.is_private.is_(False))
            .order_by(ChannelRow.channel)
        )
        return [ChannelId(channel) for channel in found]

    def named(self) -> list[Channel]:
        """The public ones, with their names."""
        rows = self._scope.session.scalars(
            select(ChannelRow)
            .where(ChannelRow.tenant == self._scope.tenant, ChannelRow.is_private.is_(False))
            .order_by(ChannelRow.channel)
        )
        return [_channel(row) for row in rows]

    def add(self, channel: Channel) -> None:
        self._scope.session.add(
            ChannelRow(
                tenant=self._scope.tenant,
                channel=channel.channel,
                is_private=channel.is_private,
                name=None if channel.is_private else channel.name,
            )
        )
        self._scope.session.flush()


def _channel(row: ChannelRow) -> Channel:
    return Channel(ChannelId(row.channel), row.is_private, row.name or "")
