"""Occasions: each run of an activity, claimed once by its local date."""

from datetime import date, datetime

from sqlalchemy import Select, func, select, update

from bot.domain.cadence import Occurrence
from bot.domain.running import TEXT_KEPT_FOR, HeldOccasion, OccasionState, RunningActivity
from storage.due import due_ids, next_due_at
from storage.scope import Scope
from storage.tables import OccasionRow
from storage.upsert import insert_once


class Occasions:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def claim(
        self,
        activity: RunningActivity,
        occurrence: Occurrence,
        state: OccasionState = OccasionState.OPEN,
        *,
        due_at: datetime | None = None,
    ) -> HeldOccasion | None:
        """The occasion of that local date, for the one who comes first; None for the others."""
        scope = self._scope
        is_ours = insert_once(
            scope.session,
            OccasionRow,
            tenant=scope.tenant,
            activity_id=activity.id,
            on_date=occurrence.on,
            starts_at=occurrence.at,
            number=self._held(activity.id),
            settings=dict(activity.settings),
            state=state,
            due_at=due_at,
        )
        return self._on(activity.id, occurrence.on) if is_ours else None

    def get(self, occasion: int) -> HeldOccasion | None:
        row = self._scope.session.scalars(
            self._rows().where(OccasionRow.id == occasion)
        ).one_or_none()
        return _occasion(row) if row else None

    def before(self, occasion: HeldOccasion) -> HeldOccasion | None:
        """The one held before this, skipped ones left out."""
        row = self._scope.session.scalars(
            self._rows()
            .where(
                OccasionRow.activity_id == occasion.activity,
                OccasionRow.state == OccasionState.OPEN,
                OccasionRow.on_date < occasion.on,
            )
            .order_by(OccasionRow.on_date.desc())
            .limit(1)
        ).one_or_none()
        return _occasion(row) if row else None

    def step_done(self, occasion: int, *, due_at: datetime | None) -> None:
        """One more step was made; `due_at` is when the next one is."""
        row = self._scope.session.scalars(self._rows().where(OccasionRow.id == occasion)).one()
        row.steps_done, row.due_at = row.steps_done + 1, due_at

    def skip(self, occasion: int) -> None:
        """It was claimed in time, but nobody was ever asked: it counts as never held."""
        row = self._scope.session.scalars(self._rows().where(OccasionRow.id == occasion)).one()
        row.state, row.due_at = OccasionState.SKIPPED, None

    def forget_old(self) -> None:
        """Drop the settings of what was asked long enough ago: it is not answered any more."""
        scope = self._scope
        scope.session.execute(
            update(OccasionRow)
            .where(
                OccasionRow.tenant == scope.tenant,
                OccasionRow.starts_at < scope.now - TEXT_KEPT_FOR,
                OccasionRow.due_at.is_(None),
                OccasionRow.settings.is_not(None),
            )
            .values(settings=None)
        )

    def due(self) -> list[int]:
        return due_ids(self._scope, OccasionRow)

    def next_due_at(self) -> datetime | None:
        return next_due_at(self._scope, OccasionRow)

    def _held(self, activity: int) -> int:
        found = self._scope.session.scalar(
            select(func.count())
            .select_from(OccasionRow)
            .where(
                OccasionRow.tenant == self._scope.tenant,
                OccasionRow.activity_id == activity,
                OccasionRow.state == OccasionState.OPEN,
            )
        )
        return found or 0

    def _on(self, activity: int, day: date) -> HeldOccasion:
        mine = self._rows().where(OccasionRow.activity_id == activity, OccasionRow.on_date == day)
        return _occasion(self._scope.session.scalars(mine).one())

    def _rows(self) -> Select[OccasionRow]:
        return select(OccasionRow).where(OccasionRow.tenant == self._scope.tenant)


def _occasion(row: OccasionRow) -> HeldOccasion:
    return HeldOccasion(
        id=row.id,
        activity=row.activity_id,
        on=row.on_date,
        starts_at=row.starts_at,
        number=row.number,
        settings=row.settings or {},
        state=OccasionState(row.state),
        steps_done=row.steps_done,
        due_at=row.due_at,
    )
