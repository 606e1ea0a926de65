"""When people were last seen, and at which hours they tend to be."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.evidence import KEPT_FOR
from bot.domain.ids import ChannelId, UserId
from bot.domain.presence import NO_HOURS, Presence
from storage.scope import Scope
from storage.tables import PresenceRow

ANYWHERE = ""


class Presences:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def seen(self, user: UserId, channel: ChannelId | None = None) -> None:
        """Somebody did something just now, where the bot could see it."""
        self.seen_at([(user, channel, self._scope.now)])

    def seen_at(self, moments: Iterable[tuple[UserId, ChannelId | None, datetime]]) -> None:
        """The same for other moments."""
        for user, channel, at in moments:
            row = self._row(user, ANYWHERE, at)
            now = _presence(row).seen(at)
            row.last_at, row.hours = now.last_at, now.hours
            if channel:
                place = self._row(user, channel, at)
                place.last_at = max(at, place.last_at)
        self._scope.session.flush()

    def all(
        self, channel: ChannelId | None = None
    ) -> tuple[dict[UserId, Presence], dict[UserId, datetime]]:
        """When people are around, and when they were last seen in that channel."""
        anywhere: dict[UserId, Presence] = {}
        here: dict[UserId, datetime] = {}
        rows = self._scope.session.execute(
            select(
                PresenceRow.user, PresenceRow.channel, PresenceRow.last_at, PresenceRow.hours
            ).where(
                PresenceRow.tenant == self._scope.tenant,
                PresenceRow.channel.in_([ANYWHERE, channel or ANYWHERE]),
            )
        )
        for user, place, last_at, hours in rows:
            if place == ANYWHERE:
                anywhere[UserId(user)] = Presence(last_at, hours or NO_HOURS)
            else:
                here[UserId(user)] = last_at
        return anywhere, here

    def forget(self, user: UserId) -> None:
        scope = self._scope
        scope.session.execute(
            delete(PresenceRow).where(PresenceRow.tenant == scope.tenant, PresenceRow.user == user)
        )

    def forget_old(self) -> None:
        """Who was not seen for so long has no hours any more."""
        scope = self._scope
        scope.session.execute(
            delete(PresenceRow).where(
                PresenceRow.tenant == scope.tenant, PresenceRow.last_at < scope.now - KEPT_FOR
            )
        )

    def _row(self, user: UserId, place: str, at: datetime) -> PresenceRow:
        row = self._scope.session.get(PresenceRow, (self._scope.tenant, place, user))
        if row is None:
            row = PresenceRow(tenant=self._scope.tenant, channel=place, user=user, last_at=at)
            self._scope.session.add(row)
        return row


def _presence(row: PresenceRow) -> Presence:
    return Presence(row.last_at, row.hours or NO_HOURS)
