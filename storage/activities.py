"""Activities running in channels, and when each comes round again."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import Select, select

from bot.domain.cadence import Weekly
from bot.domain.ids import ChannelId, UserId
from bot.domain.running import RunningActivity, RunState
from bot.domain.working_time import zone_named
from storage.due import due_ids, next_due_at
from storage.scope import Scope
from storage.tables import ActivityRow


class Activities:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def start(
        self,
        *,
        kind: str,
        channel: ChannelId,
        lead: UserId,
        settings: Mapping[str, str],
        weekly: Weekly,
        due_at: datetime,
    ) -> int:
        scope = self._scope
        row = ActivityRow(
            tenant=scope.tenant,
            kind=kind,
            channel=channel,
            lead=lead,
            settings=dict(settings),
            weekday=weekly.weekday,
            wall_time=weekly.at.strftime("%H:%M"),
            zone=weekly.zone.key,
            state=RunState.RUNNING,
            due_at=due_at,
            started_at=scope.now,
        )
        scope.session.add(row)
        scope.session.flush()
        scope.touched.add(lead)
        return row.id

    def get(self, activity: int) -> RunningActivity | None:
        row = self._scope.session.scalars(
            self._rows().where(ActivityRow.id == activity)
        ).one_or_none()
        return _activity(row) if row else None

    def open(self) -> list[RunningActivity]:
        """Those that run or are paused, in the order in which they were started."""
        rows = self._scope.session.scalars(
            self._rows().where(ActivityRow.state != RunState.ENDED).order_by(ActivityRow.id)
        )
        return [_activity(row) for row in rows]

    def move(
        self,
        activity: int,
        state: RunState,
        *,
        due_at: datetime | None = None,
        reason: str | None = None,
    ) -> None:
        """Bring an activity into `state`; `reason` says why, if it was not a lead who did."""
        row = self._scope.session.scalars(self._rows().where(ActivityRow.id == activity)).one()
        row.state, row.due_at, row.reason = state, due_at, reason
        if state is RunState.ENDED:
            row.settings = {}  # words of a lead's that nobody needs any more
        self._scope.touched.add(UserId(row.lead))

    def due(self) -> list[int]:
        return due_ids(self._scope, ActivityRow)

    def next_due_at(self) -> datetime | None:
        return next_due_at(self._scope, ActivityRow)

    def _rows(self) -> Select[ActivityRow]:
        return select(ActivityRow).where(ActivityRow.tenant == self._scope.tenant)


def _activity(row: ActivityRow) -> RunningActivity:
    at = time.fromisoformat(row.wall_time)
    return RunningActivity(
        id=row.id,
        kind=row.kind,
        channel=ChannelId(row.channel),
        lead=UserId(row.lead),
        settings=row.settings,
        weekly=Weekly(row.weekday, at, zone_named(row.zone)),
        state=RunState(row.state),
        reason=row.reason,
        due_at=row.due_at,
    )
