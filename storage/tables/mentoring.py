"""The pool of mentors and mentees, and the rounds that pair them."""

from datetime import datetime

from sqlalchemy import JSON, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import NUMBERED_ONCE, Id, Row


class EnrolmentRow(Row):
    """Somebody in the pool: as what, about what, and how many mentees at a time."""

    __tablename__ = "enrolment"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    offers: Mapped[list[str]]
    wants: Mapped[list[str]]
    """The most wished for first."""
    capacity: Mapped[int]
    enrolled_at: Mapped[datetime]


class RoundRow(Row):
    """One time that pairs were proposed."""

    __tablename__ = "round"
    __table_args__ = (Index(None, "tenant", "due_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    lead: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    seed: Mapped[str] = mapped_column(String(64))
    """Decides between equals, so that a draw can be repeated and explained."""
    left_over: Mapped[list[list[str]]] = mapped_column(JSON)
    """Who found nobody: user, role, why."""
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    """When pairs are to be looked for."""
    opened_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class PairRow(Row):
    """A mentor and a mentee, proposed or meeting."""

    __tablename__ = "pair"
    __table_args__ = (
        UniqueConstraint("tenant", "round_id", "mentee"),
        Index(None, "tenant", "state", "mentor"),
        Index(None, "tenant", "state", "mentee"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenant: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    mentor: Mapped[str] = mapped_column(String(32))
    mentee: Mapped[str] = mapped_column(String(32))
    topics: Mapped[list[str]]
    hours: Mapped[float] = mapped_column(Double)
    score: Mapped[float] = mapped_column(Double)
    state: Mapped[str] = mapped_column(String(16))
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
