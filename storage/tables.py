"""Every table, as declarative rows; instants are UTC and refuse to be naive."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """Refuses naive datetimes on the way in; gives UTC-aware ones on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant without a time zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


NUMBERED_ONCE = {"sqlite_autoincrement": True}
"""SQLite gives a deleted row's number to the next one, and old buttons would act on that."""

Id = BigInteger().with_variant(Integer, "sqlite")


class Row(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON,
    }


class TenantRow(Row):
    """An installation: one workspace, or one organisation."""

    __tablename__ = "tenant"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    bot_user: Mapped[str] = mapped_column(String(32))
    delivery_secret: Mapped[str] = mapped_column(String(64))
    """Signs the marks by which we know our own messages in Slack's history."""
    installed_at: Mapped[datetime]


class SeenRow(Row):
    """What Slack has delivered and we have handled."""

    __tablename__ = "seen"
    __table_args__ = (Index(None, "tenant", "seen_at"),)
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]


class PersonRow(Row):
    __tablename__ = "person"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(String(64))
    standing: Mapped[str] = mapped_column(String(16))
    is_admin: Mapped[bool]
    changed_ts: Mapped[str | None] = mapped_column(String(32))
    """Slack's time of the newest change we were told of."""
    weekly_limit: Mapped[int] = mapped_column(default=3)
    is_paused: Mapped[bool] = mapped_column(default=False)
    wants_receipts: Mapped[bool] = mapped_column(default=True)


class PersonTopicRow(Row):
    """A topic somebody offered to be asked about."""

    __tablename__ = "person_topic"
    __table_args__ = (Index(None, "tenant", "topic"),)
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)


class ChannelRow(Row):
    """A channel the bot is in: there it sees reactions."""

    __tablename__ = "channel"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_private: Mapped[bool]


class QuestionRow(Row):
    __tablename__ = "question"
    __table_args__ = (
        Index(None, "tenant", "due_at"),
        Index(None, "tenant", "asker", "asked_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    asker: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
    topics: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(16))
    peer: Mapped[str | None] = mapped_column(String(32))
    """Whose turn it is, or who helped."""
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When something happens to it by itself."""


class TurnRow(Row):
    """One colleague's turn with a question: proposed, asked, and what they said."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("question_id", "peer"),
        Index(None, "tenant", "peer", "asked_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    peer: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime | None]


class ExchangeRow(Row):
    """One line of the ledger: who learned, from whom, by which activity, where and when."""

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("tenant", "source", "learner"),
        Index(None, "tenant", "peer"),
        Index(None, "tenant", "learner"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(String(255))
    activity: Mapped[str] = mapped_column(String(32))
    learner: Mapped[str] = mapped_column(String(32))
    peer: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    is_active: Mapped[bool]
    toggled_ts: Mapped[str | None] = mapped_column(String(32))
    """Slack's time of the newest reaction event that was applied."""
    logged_at: Mapped[datetime]


class ExchangeTopicRow(Row):
    __tablename__ = "exchange_topic"
    __table_args__ = (Index(None, "tenant", "topic"),)
    exchange_id: Mapped[int] = mapped_column(
        ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))


class DeliveryRow(Row):
    """One thing the bot says or changes in Slack, from the intent to what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("tenant", "key"),
        Index(None, "tenant", "due_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]
    people: Mapped[list[str]]
    channel: Mapped[str | None] = mapped_column(String(32))
    reader: Mapped[str | None] = mapped_column(String(32))
    thread_key: Mapped[str | None] = mapped_column(String(255))
    payload: Mapped[dict[str, Any] | None]
    """The card; erased once it is settled."""
    revision: Mapped[int] = mapped_column(default=1)
    posted_revision: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    """When a worker has to look at it next; empty when there is nothing left to do."""
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_started_at: Mapped[datetime | None]
    last_started_at: Mapped[datetime | None]
    ts: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class PaceRow(Row):
    """How fast a workspace may be spoken to, shared by every replica."""

    __tablename__ = "pace"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    method: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_at: Mapped[datetime]
    """The theoretical arrival time of the generic cell rate algorithm."""
    paused_until: Mapped[datetime | None]
