"""Activities that run in channels, their occasions, and what people contributed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


class ActivityRow(Row):
    """A kind of social learning running in a channel, at its own wall-clock time."""

    __tablename__ = "activity"
    __table_args__ = (Index(None, "tenant", "due_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    lead: Mapped[str] = mapped_column(String(32))
    settings: Mapped[dict[str, Any]]
    weekday: Mapped[int]
    wall_time: Mapped[str] = mapped_column(String(5))
    """`09:30`, in `zone`."""
    zone: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was paused, if Slack made us."""
    due_at: Mapped[datetime | None]
    """When the next occasion begins."""
    started_at: Mapped[datetime]


class OccasionRow(Row):
    """One run of an activity; its local date is claimed by the unique key."""

    __tablename__ = "occasion"
    __table_args__ = (
        UniqueConstraint("tenant", "activity_id", "on_date"),
        Index(None, "tenant", "due_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    on_date: Mapped[date]
    starts_at: Mapped[datetime]
    number: Mapped[int]
    settings: Mapped[dict[str, Any] | None]
    """Dropped when the occasion is past its retention: a lead may have written them."""
    state: Mapped[str] = mapped_column(String(16))
    steps_done: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    """When its next step is to be made."""


class ContributionRow(Row):
    """What somebody typed into an activity's own form; without an author, nobody can tell whose."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("tenant", "occasion_id", "author"),
        Index(None, "tenant", "given_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id", ondelete="CASCADE"))
    author: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime]
