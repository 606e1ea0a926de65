"""How fast we may speak: shared by every replica, because they share only the database."""

from datetime import datetime

from sqlalchemy import select

from bot.domain.ids import ChannelId
from bot.domain.pace import Rate, Rates, after_call, wait_until
from storage.scope import Scope
from storage.tables import PaceRow
from storage.upsert import insert_once

WORKSPACE = "*"


class Pace:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def turn(self, method: str, channel: ChannelId | None, rates: Rates) -> datetime | None:
        """Take a turn to call `method` now, or, taking none, say when to come back.

        A call about no channel in particular only waits for the workspace's turn.
        """
        now = self._scope.now
        gates = [(self._row(method, WORKSPACE), rates.workspace)]
        if channel:
            gates.append((self._row(method, channel), rates.channel))
        waits = [_closed_until(row, now, rate) for row, rate in gates]
        if until := max((wait for wait in waits if wait), default=None):
            return until
        for row, rate in gates:
            row.next_at = after_call(row.next_at, now, rate)
        return None

    def pause(self, method: str, until: datetime, rates: Rates) -> None:
        """Slack asked for a rest: nobody calls `method` before `until`, nor in a burst after."""
        row = self._row(method, WORKSPACE)
        row.paused_until = max(until, row.paused_until or until)
        row.next_at = max(row.next_at, row.paused_until + rates.workspace.slack)

    def _row(self, method: str, channel: str) -> PaceRow:
        scope = self._scope
        query = (
            select(PaceRow)
            .where(
                PaceRow.tenant == scope.tenant,
                PaceRow.method == method,
                PaceRow.channel == channel,
            )
            .with_for_update()
        )
        row = scope.session.scalars(query).one_or_none()
        if row is None:
            values = {"tenant": scope.tenant, "method": method, "channel": channel}
            insert_once(scope.session, PaceRow, **values, next_at=scope.now)
            row = scope.session.scalars(query).one()
        return row


def _closed_until(row: PaceRow, now: datetime, rate: Rate) -> datetime | None:
    if row.paused_until and row.paused_until > now:
        return row.paused_until
    return wait_until(row.next_at, now, rate)
