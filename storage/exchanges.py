"""The ledger: append, withdraw, restore; nothing is ever deleted from it by a reaction."""

from sqlalchemy import func, select, update

from bot.domain.exchanges import (
    LINE_KEPT_FOR,
    Activity,
    Change,
    Exchange,
    Outcome,
    Reaction,
    Used,
    is_later,
)
from bot.domain.ids import ChannelId, Topic, Ts, UserId
from storage.scope import Scope
from storage.tables import ExchangeRow, ExchangeTopicRow


class Exchanges:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def log(self, exchange: Exchange) -> bool:
        """Write an exchange; whether it was new. The same source and learner count once.

        One that was withdrawn is restored, with whom it is with now.
        """
        row = self._find(exchange.source, exchange.learner)
        if row:
            restored = not row.is_active
            row.is_active, row.peer = True, exchange.peer
            self._scope.touched.update((exchange.learner, exchange.peer))
            return restored
        self._add(exchange, is_active=True, toggled_ts=None)
        return True

    def withdraw(self, source: str, learner: UserId) -> None:
        """It turned out not to be one; logging it again restores it."""
        row = self._find(source, learner)
        if row and row.is_active:
            row.is_active = False
            self._scope.touched.update((UserId(row.learner), UserId(row.peer)))

    def peer_of(self, reaction: Reaction) -> UserId | None:
        """Who is named by the line for it, active or withdrawn; None where there is no line."""
        row = self._find(reaction.as_exchange().source, reaction.learner)
        return UserId(row.peer) if row else None

    def apply(self, reaction: Reaction) -> bool:
        """Let a reaction event take effect; whether it changed anything.

        A reaction is a register: only an event later than the last one applied counts, and a
        removal that arrives first leaves a withdrawn line behind, so that its addition,
        arriving late, does not.
        """
        exchange = reaction.as_exchange()
        row = self._find(exchange.source, exchange.learner)
        if row is None:
            self._add(exchange, is_active=reaction.is_on, toggled_ts=reaction.event_ts)
            return reaction.is_on
        if row.toggled_ts and not is_later(reaction.event_ts, Ts(row.toggled_ts)):
            return False
        changed = row.is_active is not reaction.is_on
        self._scope.touched.update((reaction.learner, reaction.peer))
        row.is_active, row.toggled_ts = reaction.is_on, reaction.event_ts
        return changed

    def outcome(self, source: str, learner: UserId) -> Outcome | None:
        """What the learner noted about an exchange; None where there is no such exchange."""
        row = self._find(source, learner)
        if row is None:
            return None
        return Outcome(
            changed=Change(row.changed) if row.changed else None,
            line=row.line or "",
            used=Used(row.used) if row.used else None,
        )

    def note_change(self, source: str, learner: UserId, changed: Change | None, line: str) -> bool:
        """Keep what changed for the learner; False where there is no such exchange."""
        row = self._find(source, learner)
        if row:
            row.changed, row.line = changed, line or None
        return row is not None

    def note_use(self, source: str, learner: UserId, used: Used) -> bool:
        """Keep whether it was of use; False where there is no such exchange."""
        row = self._find(source, learner)
        if row:
            row.used = used
        return row is not None

    def forget_old(self) -> None:
        """Drop the learners' own words about exchanges that lie long enough back."""
        scope = self._scope
        scope.session.execute(
            update(ExchangeRow)
            .where(
                ExchangeRow.tenant == scope.tenant,
                ExchangeRow.logged_at < scope.now - LINE_KEPT_FOR,
                ExchangeRow.line.is_not(None),
            )
            .values(line=None)
        )

    def numbers_of(self, user: UserId) -> tuple[int, int]:
        """How often somebody learned from others, and others from them."""
        mine = (ExchangeRow.tenant == self._scope.tenant, ExchangeRow.is_active)
        count = select(func.count()).select_from(ExchangeRow).where(*mine)
        learned = self._scope.session.scalar(count.where(ExchangeRow.learner == user))
        taught = self._scope.session.scalar(count.where(ExchangeRow.peer == user))
        return learned or 0, taught or 0

    def active(self) -> list[Exchange]:
        """Every exchange that counts, the oldest first."""
        rows = self._scope.session.scalars(
            select(ExchangeRow)
            .where(ExchangeRow.tenant == self._scope.tenant, ExchangeRow.is_active)
            .order_by(ExchangeRow.id)
        ).all()
        topics = self._topics([row.id for row in rows])
        return [_exchange(row, topics.get(row.id, ())) for row in rows]

    def _topics(self, exchanges: list[int]) -> dict[int, tuple[Topic, ...]]:
        rows = self._scope.session.scalars(
            select(ExchangeTopicRow)
            .where(
                ExchangeTopicRow.tenant == self._scope.tenant,
                ExchangeTopicRow.exchange_id.in_(exchanges),
            )
            .order_by(ExchangeTopicRow.topic)
        )
        found: dict[int, tuple[Topic, ...]] = {}
        for row in rows:
            found[row.exchange_id] = (*found.get(row.exchange_id, ()), Topic(row.topic))
        return found

    def _add(self, exchange: Exchange, *, is_active: bool, toggled_ts: Ts | None) -> None:
        scope = self._scope
        row = ExchangeRow(
            tenant=scope.tenant,
            source=exchange.source,
            activity=exchange.activity,
            learner=exchange.learner,
            peer=exchange.peer,
            channel=exchange.channel,
            ts=exchange.ts,
            is_active=is_active,
            toggled_ts=toggled_ts,
            logged_at=scope.now,
        )
        scope.session.add(row)
        scope.touched.update((exchange.learner, exchange.peer))
        scope.session.flush()
        scope.session.add_all(
            ExchangeTopicRow(tenant=scope.tenant, exchange_id=row.id, topic=topic)
            for topic in exchange.topics
        )
        scope.session.flush()

    def _find(self, source: str, learner: UserId) -> ExchangeRow | None:
        return self._scope.session.scalars(
            select(ExchangeRow).where(
                ExchangeRow.tenant == self._scope.tenant,
                ExchangeRow.source == source,
                ExchangeRow.learner == learner,
            )
        ).one_or_none()


def _exchange(row: ExchangeRow, topics: tuple[Topic, ...]) -> Exchange:
    return Exchange(
        source=row.source,
        activity=Activity(row.activity),
        learner=UserId(row.learner),
        peer=UserId(row.peer),
        channel=ChannelId(row.channel) if row.channel else None,
        ts=Ts(row.ts) if row.ts else None,
        topics=topics,
    )
