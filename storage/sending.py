"""What the delivery workers need: what is due, and a place to write what became of it."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, null, select, update

from bot.domain.deliveries import SETTLED, Delivery, Parent, State
from bot.domain.ids import ChannelId, Key, Ts, UserId
from bot.domain.payloads import from_json
from bot.domain.undelivered import WORDS_KEPT_FOR
from storage.due import next_due_at
from storage.scope import Scope
from storage.tables import DeliveryRow

KEPT_FOR = timedelta(days=100)
"""Settled rows hold no text; they stay for as long as somebody may ask what became of them."""


class Sending:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def due(self, limit: int) -> list[int]:
        """The ids of deliveries to look at now, the most pressing first."""
        rows = self._scope.session.scalars(
            select(DeliveryRow.id)
            .where(DeliveryRow.tenant == self._scope.tenant, DeliveryRow.due_at <= self._scope.now)
            .order_by(DeliveryRow.priority, DeliveryRow.due_at, DeliveryRow.id)
            .limit(limit)
        )
        return list(rows)

    def next_due_at(self) -> datetime | None:
        return next_due_at(self._scope, DeliveryRow)

    def get(self, delivery: int) -> Delivery:
        """The delivery as it stands, locked against every other writer until the commit."""
        row = self._row(delivery)
        return Delivery(
            id=row.id,
            key=Key(row.key),
            state=State(row.state),
            card=from_json(row.payload) if row.payload else None,
            people=tuple(UserId(user) for user in row.people),
            channel=ChannelId(row.channel) if row.channel else None,
            reader=UserId(row.reader) if row.reader else None,
            parent=self._parent(row),
            due_at=row.due_at,
            expires_at=row.expires_at,
            attempts=row.attempts,
            first_started_at=row.first_started_at,
            last_started_at=row.last_started_at,
            ts=Ts(row.ts) if row.ts else None,
            revision=row.revision,
            posted_revision=row.posted_revision,
        )

    def ahead_of(self, delivery: Delivery) -> int:
        """How many, no less pressing, already wait for a turn to do what comes next for it."""
        is_sent, is_opened = delivery.state is State.SENT, delivery.channel is not None
        row = self._row(delivery.id)
        return self._scope.session.scalars(
            select(func.count()).where(
                DeliveryRow.tenant == self._scope.tenant,
                DeliveryRow.due_at > self._scope.now,
                DeliveryRow.state == (State.SENT if is_sent else State.WAITING),
                DeliveryRow.channel.is_not(None) == is_opened,
                DeliveryRow.priority <= row.priority,
            )
        ).one()

    def opened(self, delivery: int, channel: ChannelId) -> None:
        """Keep the conversation found for its people, before anything is sent there."""
        self._row(delivery).channel = channel

    def start(self, delivery: int, *, look_again_at: datetime) -> None:
        """Write down the intent to send the present text."""
        row = self._row(delivery)
        row.state = State.SENDING
        row.attempts += 1
        row.first_started_at = row.first_started_at or self._scope.now
        row.last_started_at = self._scope.now
        row.posted_revision = row.revision
        row.due_at = look_again_at

    def wait(self, delivery: int, until: datetime | None, reason: str | None = None) -> None:
        row = self._row(delivery)
        row.due_at = until
        row.reason = reason or row.reason

    def try_again(self, delivery: int, at: datetime, reason: str) -> None:
        """Opening, looking up or updating failed; each failure counts, so that we rest longer."""
        row = self._row(delivery)
        row.attempts += 1
        row.due_at, row.reason = at, reason

    def postpone(self, delivery: int, until: datetime, reason: str) -> None:
        """Let it rest, whatever it is: also one that cannot be read."""
        row = self._row(delivery)
        row.due_at, row.reason = until, reason

    def not_sent(self, delivery: int, until: datetime, reason: str) -> None:
        """It certainly did not arrive: as if it had never been started, but for the attempts."""
        row = self._row(delivery)
        row.state, row.posted_revision = State.WAITING, 0
        row.due_at, row.reason = until, reason

    def sent(self, delivery: int, channel: ChannelId, ts: Ts) -> None:
        row = self._row(delivery)
        row.state, row.channel, row.ts, row.reason = State.SENT, channel, ts, None
        self._rest(row)

    def published(self, delivery: int, revision: int) -> None:
        """An App Home shows `revision`; there is no message of it."""
        self._row(delivery).state = State.SENT
        self.updated(delivery, revision)

    def updated(self, delivery: int, revision: int) -> None:
        """The message now shows `revision`."""
        row = self._row(delivery)
        row.posted_revision, row.attempts = max(revision, row.posted_revision), 0
        self._rest(row)

    def drop(self, delivery: int, state: State, reason: str) -> None:
        row = self._row(delivery)
        row.state, row.reason, row.due_at = state, reason, None
        if state is not State.UNKNOWN or row.reader:  # a person may want it sent again
            row.payload = None

    def forget_old(self) -> None:
        scope = self._scope
        scope.session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.tenant == scope.tenant,
                DeliveryRow.state == State.UNKNOWN,
                DeliveryRow.created_at < scope.now - WORDS_KEPT_FOR,
            )
            .values(payload=null())
        )
        scope.session.execute(
            delete(DeliveryRow).where(
                DeliveryRow.tenant == scope.tenant,
                DeliveryRow.state.in_(SETTLED),
                DeliveryRow.due_at.is_(None),
                DeliveryRow.is_kept.is_(False),
                DeliveryRow.created_at < scope.now - KEPT_FOR,
            )
        )

    def _rest(self, row: DeliveryRow) -> None:
        """Nothing to do but a newer text, if one came in the meantime; no text outlives its use."""
        if row.revision > row.posted_revision:
            row.due_at = self._scope.now
        else:
            row.payload, row.due_at = None, None

    def _parent(self, row: DeliveryRow) -> Parent | None:
        if row.thread_key is None:
            return None
        parent = self._scope.session.scalars(
            select(DeliveryRow).where(
                and_(
                    DeliveryRow.tenant == self._scope.tenant,
                    DeliveryRow.key == row.thread_key,
                )
            )
        ).one_or_none()
        if parent is None:
            return Parent(State.NEVER, None)  # past its retention
        return Parent(State(parent.state), Ts(parent.ts) if parent.ts else None, parent.due_at)

    def _row(self, delivery: int) -> DeliveryRow:
        return self._scope.session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.tenant == self._scope.tenant, DeliveryRow.id == delivery)
            .with_for_update()
        ).one()
