"""What routing remembers: sketches of texts, who was of help with what, when people are around."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


class RoutingRow(Row):
    """One for each workspace: its key for words, how far its evidence goes, its own weights."""

    __tablename__ = "routing"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    word_key: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    """Counts the transactions that added evidence; whoever adds holds this row until the end."""
    epoch: Mapped[int]
    """Counts those that removed some: what is held in memory is then read again."""
    weights: Mapped[dict[str, Any] | None]
    labels: Mapped[int]
    learned_at: Mapped[datetime | None]


class SketchRow(Row):
    """The words of a question as keyed hashes; or of what `author` answered to it."""

    __tablename__ = "sketch"
    __table_args__ = (
        UniqueConstraint("tenant", "thread", "author"),
        Index(None, "tenant", "seq"),
        Index(None, "tenant", "at"),
        Index(None, "tenant", "asker"),
        Index(None, "question_id"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    thread: Mapped[str] = mapped_column(String(255))
    author: Mapped[str] = mapped_column(String(32))
    """Empty for the question itself."""
    question_id: Mapped[int | None] = mapped_column(ForeignKey("sketch.id", ondelete="CASCADE"))
    """For an answer, the sketch of its question."""
    asker: Mapped[str | None] = mapped_column(String(32))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    seq: Mapped[int]
    at: Mapped[datetime]


class EvidenceRow(Row):
    """Somebody was of help in a thread, or said that they are not."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("tenant", "person", "thread", "kind"),
        Index(None, "tenant", "seq"),
        Index(None, "tenant", "at"),
        Index(None, "tenant", "asker"),
        Index(None, "sketch_id"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    person: Mapped[str] = mapped_column(String(32))
    thread: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(16))
    sketch_id: Mapped[int | None] = mapped_column(ForeignKey("sketch.id", ondelete="SET NULL"))
    asker: Mapped[str | None] = mapped_column(String(32))
    channel: Mapped[str | None] = mapped_column(String(32))
    seq: Mapped[int]
    at: Mapped[datetime]


class PresenceRow(Row):
    """When somebody was last seen in a channel, or anywhere; and at which hours, fading."""

    __tablename__ = "presence"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Empty for anywhere: only there the hours are kept."""
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    last_at: Mapped[datetime]
    hours: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Twenty-four numbers, four bytes each."""
