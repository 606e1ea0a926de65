"""What came in from Slack, what goes out, and how fast it may."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


class SeenRow(Row):
    """What Slack has delivered and we have handled."""

    __tablename__ = "seen"
    __table_args__ = (Index(None, "tenant", "seen_at"),)
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]


class DeliveryRow(Row):
    """One thing the bot says or changes in Slack, from the intent to what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("tenant", "key"),
        Index(None, "tenant", "due_at"),
        Index(None, "tenant", "ts"),
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
    """The card; erased once it is settled. Of what is unknown it is kept for a while."""
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
    is_kept: Mapped[bool] = mapped_column(default=False)
    """Whether it is needed as long as what it is about: to be edited, or answered in its thread."""
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
