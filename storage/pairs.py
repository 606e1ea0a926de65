"""Pairs of mentor and mentee, from the proposal to the end."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, delete, or_, select

from bot.domain.ids import Topic, UserId
from bot.domain.matching import Pair
from bot.domain.mentoring import MentorPair, PairState
from storage.scope import Scope
from storage.tables import PairRow


class Pairs:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def propose(self, round_id: int, pairs: Iterable[Pair]) -> None:
        scope = self._scope
        scope.session.add_all(
            PairRow(
                tenant=scope.tenant,
                round_id=round_id,
                mentor=pair.mentor,
                mentee=pair.mentee,
                topics=list(pair.topics),
                hours=pair.hours,
                score=pair.score,
                state=PairState.PROPOSED,
            )
            for pair in pairs
        )
        scope.session.flush()

    def get(self, pair: int) -> MentorPair | None:
        row = self._scope.session.scalars(self._rows().where(PairRow.id == pair)).one_or_none()
        return _pair(row) if row else None

    def of_round(self, round_id: int) -> list[MentorPair]:
        return self._some(PairRow.round_id == round_id)

    def of_rounds(self, rounds: Iterable[int]) -> list[MentorPair]:
        """Pairs that came about in these rounds, whatever became of them."""
        met = PairRow.state.in_({PairState.ACTIVE, PairState.ENDED})
        return self._some(PairRow.round_id.in_(list(rounds)), met)

    def active(self) -> list[MentorPair]:
        return self._some(PairRow.state == PairState.ACTIVE)

    def active_of(self, user: UserId) -> list[MentorPair]:
        mine = or_(PairRow.mentor == user, PairRow.mentee == user)
        return self._some(PairRow.state == PairState.ACTIVE, mine)

    def move(self, pair: int, state: PairState) -> None:
        scope = self._scope
        row = scope.session.scalars(self._rows().where(PairRow.id == pair)).one()
        row.state = state
        if state is PairState.ACTIVE:
            row.began_at = scope.now
        if state is PairState.ENDED:
            row.ended_at = scope.now
        scope.touched.update((UserId(row.mentor), UserId(row.mentee)))
        scope.session.flush()

    def forget(self, round_id: int) -> None:
        """Drop the pairs of a round that was never published."""
        scope = self._scope
        scope.session.execute(
            delete(PairRow).where(
                PairRow.tenant == scope.tenant,
                PairRow.round_id == round_id,
                PairRow.state == PairState.PROPOSED,
            )
        )

    def _some(self, *conditions: ColumnElement[bool]) -> list[MentorPair]:
        rows = self._scope.session.scalars(self._rows().where(*conditions).order_by(PairRow.id))
        return [_pair(row) for row in rows]

    def _rows(self) -> Select[PairRow]:
        return select(PairRow).where(PairRow.tenant == self._scope.tenant)


def _pair(row: PairRow) -> MentorPair:
    return MentorPair(
        id=row.id,
        round=row.round_id,
        mentor=UserId(row.mentor),
        mentee=UserId(row.mentee),
        topics=tuple(Topic(topic) for topic in row.topics),
        hours=row.hours,
        state=PairState(row.state),
        began_at=row.began_at,
    )
