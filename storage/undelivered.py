"""What was not delivered, or may not have been, for people to look at and to settle."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.domain.deliveries import State
from bot.domain.ids import ChannelId, Key, UserId
from bot.domain.undelivered import AS_INTENDED, REFUSALS_SHOWN_FOR, Undelivered
from storage.scope import Scope
from storage.tables import DeliveryRow


class Troubles:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def newest(self, limit: int) -> list[Undelivered]:
        """What leads are shown: unknown first, then what was refused of late, newest first."""
        rows = self._scope.session.scalars(
            select(DeliveryRow)
            .where(self._for_leads())
            .order_by(DeliveryRow.state.desc(), DeliveryRow.created_at.desc(), DeliveryRow.id)
            .limit(limit)
        )
        return [_undelivered(row) for row in rows]

    def count(self) -> int:
        return self._scope.session.scalars(
            select(func.count()).select_from(DeliveryRow).where(self._for_leads())
        ).one()

    def listed(self, states: Collection[State]) -> list[Undelivered]:
        """Everything in these states, whispers included, for the operator."""
        rows = self._scope.session.scalars(
            select(DeliveryRow)
            .where(
                DeliveryRow.tenant == self._scope.tenant,
                DeliveryRow.state.in_(sorted(states)),
                _is_message(),
            )
            .order_by(DeliveryRow.created_at, DeliveryRow.id)
        )
        return [_undelivered(row) for row in rows]

    def get(self, delivery: int) -> Undelivered | None:
        """One of them, locked against every other writer until the commit."""
        row = self._row(delivery)
        return _undelivered(row) if row else None

    def arrived(self, delivery: int) -> None:
        """A person says so. Where it stands nobody knows, so it cannot be edited any more."""
        self._change(delivery, state=State.SENT, reason=None, payload=None, due_at=None)

    def send_again(self, delivery: int) -> None:
        """As if it were new: a person wants it, so it is not too late."""
        now = self._scope.now
        self._change(delivery, state=State.WAITING, posted_revision=0, due_at=now, expires_at=None)

    def hurry(self, delivery: int) -> None:
        """What waits is looked at now."""
        self._change(delivery, due_at=self._scope.now)

    def call_off(self, delivery: int, reason: str) -> None:
        self._change(delivery, state=State.CANCELLED, reason=reason, payload=None, due_at=None)

    def _for_leads(self) -> ColumnElement[bool]:
        """No whispers: they are said at most once, and gone within the minute."""
        since = self._scope.now - REFUSALS_SHOWN_FOR
        was_refused = and_(
            DeliveryRow.state == State.NEVER,
            DeliveryRow.created_at >= since,
            DeliveryRow.reason.not_in(AS_INTENDED),
        )
        return and_(
            DeliveryRow.tenant == self._scope.tenant,
            DeliveryRow.state.in_([State.UNKNOWN, State.NEVER]),
            or_(DeliveryRow.state == State.UNKNOWN, was_refused),
            DeliveryRow.reader.is_(None),
        )

    def _change(self, delivery: int, **to: Any) -> None:
        row = self._row(delivery)
        if row is None:
            raise LookupError(f"There is no delivery {delivery}.")
        for name, value in to.items():
            setattr(row, name, value)
        self._scope.session.flush()

    def _row(self, delivery: int) -> DeliveryRow | None:
        return self._scope.session.scalars(
            select(DeliveryRow)
            .where(
                DeliveryRow.tenant == self._scope.tenant,
                DeliveryRow.id == delivery,
                _is_message(),
            )
            .with_for_update()
        ).one_or_none()


def _is_message() -> ColumnElement[bool]:
    """Whatever is no App Home, which is shown again and again."""
    return or_(DeliveryRow.reader.is_(None), DeliveryRow.channel.is_not(None))


def _undelivered(row: DeliveryRow) -> Undelivered:
    return Undelivered(
        id=row.id,
        key=Key(row.key),
        state=State(row.state),
        reason=row.reason or "",
        since=row.created_at,
        people=tuple(UserId(user) for user in row.people),
        channel=ChannelId(row.channel) if row.channel else None,
        reader=UserId(row.reader) if row.reader else None,
        attempts=row.attempts,
        has_words=row.payload is not None,
    )
