"""Rounds: each time that pairs were proposed, and what became of the proposal."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bot.domain.ids import UserId
from bot.domain.matching import LeftOver, Role
from bot.domain.mentoring import Round, RoundState
from storage.due import due_ids, next_due_at
from storage.scope import Scope
from storage.tables import RoundRow

UNSETTLED = frozenset({RoundState.PROPOSING, RoundState.DRAFT})


class Rounds:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def open(self, *, lead: UserId, seed: str) -> int:
        """A new round, in which pairs are to be looked for at once."""
        scope = self._scope
        row = RoundRow(
            tenant=scope.tenant,
            lead=lead,
            state=RoundState.PROPOSING,
            seed=seed,
            left_over=[],
            due_at=scope.now,
            opened_at=scope.now,
        )
        scope.session.add(row)
        scope.session.flush()
        return row.id

    def get(self, round_id: int) -> Round | None:
        row = self._find(round_id)
        return _round(row) if row else None

    def unsettled(self) -> list[Round]:
        """Those still being looked for or waiting for a lead's word."""
        rows = self._scope.session.scalars(
            select(RoundRow)
            .where(RoundRow.tenant == self._scope.tenant, RoundRow.state.in_(UNSETTLED))
            .order_by(RoundRow.id)
        )
        return [_round(row) for row in rows]

    def published(self, newest: int) -> list[Round]:
        """The `newest` rounds that were published, the last one first."""
        rows = self._scope.session.scalars(
            select(RoundRow)
            .where(RoundRow.tenant == self._scope.tenant, RoundRow.state == RoundState.PUBLISHED)
            .order_by(RoundRow.id.desc())
            .limit(newest)
        )
        return [_round(row) for row in rows]

    def move(
        self, round_id: int, state: RoundState, *, left_over: Iterable[LeftOver] | None = None
    ) -> None:
        """Bring a round into `state`; nothing happens to it by itself any more."""
        row = self._row(round_id)
        row.state, row.due_at = state, None
        if left_over is not None:
            row.left_over = [[each.user, each.role, each.why] for each in left_over]
        if state is RoundState.PUBLISHED and row.published_at is None:
            row.published_at = self._scope.now

    def try_again(self, round_id: int, at: datetime) -> None:
        row = self._row(round_id)
        row.tries, row.due_at = row.tries + 1, at

    def due(self) -> list[int]:
        return due_ids(self._scope, RoundRow)

    def next_due_at(self) -> datetime | None:
        return next_due_at(self._scope, RoundRow)

    def _find(self, round_id: int) -> RoundRow | None:
        return self._scope.session.scalars(
            select(RoundRow).where(RoundRow.tenant == self._scope.tenant, RoundRow.id == round_id)
        ).one_or_none()

    def _row(self, round_id: int) -> RoundRow:
        return self._scope.session.scalars(
            select(RoundRow).where(RoundRow.tenant == self._scope.tenant, RoundRow.id == round_id)
        ).one()


def _round(row: RoundRow) -> Round:
    return Round(
        id=row.id,
        lead=UserId(row.lead),
        state=RoundState(row.state),
        seed=row.seed,
        left_over=tuple(
            LeftOver(UserId(user), Role(role), why) for user, role, why in row.left_over
        ),
        tries=row.tries,
    )
