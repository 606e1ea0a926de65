"""The ledger."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


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
    changed: Mapped[str | None] = mapped_column(String(16))
    """What changed for the learner: knowledge, behaviour, perspective or attitude."""
    line: Mapped[str | None] = mapped_column(Text)
    """The learner's own words about that."""
    used: Mapped[str | None] = mapped_column(String(8))
    """What the learner said three weeks later: yes, not yet, no."""


class ExchangeTopicRow(Row):
    __tablename__ = "exchange_topic"
    __table_args__ = (Index(None, "tenant", "topic"),)
    exchange_id: Mapped[int] = mapped_column(
        ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
