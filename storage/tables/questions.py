"""Questions, and the turns colleagues had with them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


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
        Index(None, "tenant", "state", "asked_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    peer: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime | None]
