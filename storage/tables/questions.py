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
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    """Nobody but the asker is told who asks."""
    window_hours: Mapped[int] = mapped_column(default=4)
    """How long a colleague has to answer, in their own working hours."""
    may_ask_channel: Mapped[bool] = mapped_column(default=True)
    """Whether it may go to the topic's channel when no colleague could help."""
    origin: Mapped[str | None] = mapped_column(String(32))
    """The public channel in which it was typed."""
    channel: Mapped[str | None] = mapped_column(String(32))
    """The channel in which it was put to everybody."""
    relays: Mapped[int] = mapped_column(default=0)
    """How many words were passed on between the two who do not meet."""
    nudged_at: Mapped[datetime | None]
    """When the asker of a question that is being helped with was asked how it goes."""


class PublishedRow(Row):
    """A question with what its asker took away, put into a channel by the asker."""

    __tablename__ = "published"
    __table_args__ = (Index(None, "tenant", "published_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    question_id: Mapped[int] = mapped_column(Id, unique=True)
    channel: Mapped[str] = mapped_column(String(32))
    author: Mapped[str | None] = mapped_column(String(32))
    """Empty where it was published without a name."""
    question: Mapped[str] = mapped_column(Text)
    takeaway: Mapped[str] = mapped_column(Text)
    topics: Mapped[list[str]]
    published_at: Mapped[datetime]


class TopicChannelRow(Row):
    """Where questions about a topic go when no colleague could help; a lead said so."""

    __tablename__ = "topic_channel"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))


class TurnRow(Row):
    """One colleague's turn with a question: proposed, asked, and what they said."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("question_id", "peer"),
        Index(None, "tenant", "peer", "asked_at"),
        Index(None, "tenant", "asked_at"),
        Index(None, "tenant", "state", "asked_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    peer: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime | None]
