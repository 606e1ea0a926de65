"""What use cases have to say: each recorded once, edited in place, or called off."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.domain.cards import Card, Direct, InChannel, Place, Whisper
from bot.domain.deliveries import Priority, State, home_key
from bot.domain.ids import ChannelId, Key, Ts, UserId
from bot.domain.payloads import to_json
from storage.scope import Scope
from storage.tables import DeliveryRow
from storage.tenants import gap_of
from storage.upsert import insert_once

WHISPERED_FOR = timedelta(minutes=1)


class Deliveries:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.changed = False
        """Whether there is something for the delivery workers to look at."""

    def say(
        self,
        to: Place,
        card: Card,
        *,
        key: Key,
        thread: Key | None = None,
        kept_for: timedelta | None = None,
        priority: Priority = Priority.DIRECT,
        keep: bool = False,
    ) -> None:
        """Record that `card` is to be said, once for each `key`.

        `thread` names the delivery in whose thread it belongs; after `kept_for` it is not worth
        saying any more. What we `keep` can still be edited and answered after the usual retention.
        """
        scope = self._scope
        if isinstance(to, Whisper):
            kept_for = kept_for or WHISPERED_FOR
        self.changed |= insert_once(
            scope.session,
            DeliveryRow,
            tenant=scope.tenant,
            key=key,
            priority=priority,
            people=list(to.people) if isinstance(to, Direct) else [],
            channel=to.channel if isinstance(to, InChannel | Whisper) else None,
            reader=to.reader if isinstance(to, Whisper) else None,
            thread_key=thread,
            payload=to_json(card),
            due_at=scope.now,
            expires_at=scope.now + kept_for if kept_for else None,
            is_kept=keep,
            created_at=scope.now,
            **self._as_it_stands(to, key),
        )

    def _as_it_stands(self, to: Place, key: Key) -> dict[str, Any]:
        """Waiting; or, where it may have been said before a backup was put back, in doubt."""
        gap = None if isinstance(to, Whisper) else gap_of(self._scope)
        if gap and gap.may_hold(key):
            started = {"first_started_at": gap.since, "last_started_at": gap.until}
            return {"state": State.SENDING, **started}
        return {"state": State.WAITING}

    def show_home(self, user: UserId) -> None:
        """Somebody looks at their App Home: show it, and keep it current from now on."""
        scope = self._scope
        self.changed |= insert_once(
            scope.session,
            DeliveryRow,
            tenant=scope.tenant,
            key=home_key(user),
            state=State.WAITING,
            priority=Priority.REPLY,
            people=[],
            reader=user,
            due_at=scope.now,
            is_kept=True,
            created_at=scope.now,
        )
        self.freshen_homes([user], state=State.WAITING)

    def freshen_homes(self, users: Iterable[UserId], state: State | None = None) -> None:
        """The App Homes of these people are to be composed and shown again."""
        scope = self._scope
        fresh = {"revision": DeliveryRow.revision + 1, "due_at": scope.now, "attempts": 0}
        rows = scope.session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.tenant == scope.tenant,
                DeliveryRow.key.in_([home_key(user) for user in sorted(users)]),
                *([] if state else [DeliveryRow.state != State.NEVER]),
            )
            .values(**fresh, **({"state": state} if state else {}))
            .returning(DeliveryRow.id)
        )
        self.changed |= bool(rows.all())

    def edit(self, key: Key, card: Card) -> bool:
        """Let the message say `card` from now on, whether or not it has been sent yet.

        False where it never arrived, as far as we know, or is past its retention.
        """
        row = self._find(key)
        if row is None or not _can_show(row):
            if row and row.state == State.UNKNOWN and row.payload:
                row.payload = to_json(card)  # should a person have it sent again, the newest
            return False
        row.payload = to_json(card)
        row.revision += 1
        if row.due_at is None:
            row.due_at = self._scope.now
        self.changed = True
        return True

    def cancel(self, key: Key, reason: str) -> bool:
        """Call off what has not been sent yet; whether it could be."""
        row = self._find(key)
        if row is None or row.state != State.WAITING:
            return False
        row.state, row.reason = State.CANCELLED, reason
        row.payload, row.due_at = None, None
        return True

    def has(self, key: Key) -> bool:
        return self._find(key) is not None

    def reason_of(self, key: Key) -> str | None:
        """Why a message was not sent, or not yet."""
        row = self._find(key)
        return row.reason if row else None

    def state_of(self, key: Key) -> State | None:
        """How things stand with a message; None if it was never to be said."""
        row = self._find(key)
        return State(row.state) if row else None

    def key_at(self, channel: ChannelId, ts: Ts) -> Key | None:
        """Which of our messages stands there."""
        found = self._scope.session.scalars(
            select(DeliveryRow.key).where(
                DeliveryRow.tenant == self._scope.tenant,
                DeliveryRow.ts == ts,
                DeliveryRow.channel == channel,
            )
        ).first()
        return Key(found) if found else None

    def whereabouts(self, key: Key) -> tuple[ChannelId, Ts] | None:
        """Where a message was sent, once it was."""
        row = self._find(key)
        if row is None or not row.channel or not row.ts:
            return None
        return ChannelId(row.channel), Ts(row.ts)

    def _find(self, key: Key) -> DeliveryRow | None:
        return self._scope.session.scalars(
            select(DeliveryRow).where(
                DeliveryRow.tenant == self._scope.tenant, DeliveryRow.key == key
            )
        ).one_or_none()


def _can_show(row: DeliveryRow) -> bool:
    """Of what arrived by a person's word alone nobody knows where it stands."""
    if row.state == State.SENT:
        return row.ts is not None
    return row.state in {State.WAITING, State.SENDING}
