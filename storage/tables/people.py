"""The workspace, the people in it, and the channels the bot is in."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Row


class TenantRow(Row):
    """An installation: one workspace, or one organisation."""

    __tablename__ = "tenant"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    bot_user: Mapped[str] = mapped_column(String(32))
    delivery_secret: Mapped[str] = mapped_column(String(64))
    """Signs the marks by which we know our own messages in Slack's history."""
    installed_at: Mapped[datetime]
    lost_from: Mapped[datetime | None]
    """In a backup, and once it was put back: when it was made."""
    lost_until: Mapped[datetime | None]
    """When it was put back; what was said in between is not known here."""
    numbers_from: Mapped[int | None] = mapped_column(BigInteger)
    """The numbers that were given since it was put back begin here."""


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
    paused_until: Mapped[datetime | None]
    """When a pause ends by itself; empty on a pause: when they say so."""
    wants_receipts: Mapped[bool] = mapped_column(default=True)
    wants_look_backs: Mapped[bool] = mapped_column(default=True)
    """Whether to be asked, three weeks later, if what was learned was used."""
    sends_at_once: Mapped[bool] = mapped_column(default=False)
    """Questions go to the first choice without a preview."""
    is_findable: Mapped[bool] = mapped_column(default=False)
    """Listed when somebody asks who knows a topic."""
    works_from: Mapped[str] = mapped_column(String(5), default="09:00")
    works_to: Mapped[str] = mapped_column(String(5), default="17:00")
    workdays: Mapped[str] = mapped_column(String(7), default="01234")
    """Monday is 0."""
    country: Mapped[str | None] = mapped_column(String(8))
    """Whose public holidays they keep: ISO 3166, with a subdivision if need be, as in `DE-BY`."""


class PersonTopicRow(Row):
    """A topic somebody offered to be asked about."""

    __tablename__ = "person_topic"
    __table_args__ = (Index(None, "tenant", "topic"),)
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)


class RefusedTopicRow(Row):
    """A topic somebody does not want to be asked about, whatever else speaks for them."""

    __tablename__ = "refused_topic"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)


class AvoidanceRow(Row):
    """Somebody whom `user` never wants to be sent to. Nobody but `user` is ever told."""

    __tablename__ = "avoidance"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    other: Mapped[str] = mapped_column(String(32), primary_key=True)


class ChannelRow(Row):
    """A channel the bot is in: there it sees reactions."""

    __tablename__ = "channel"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_private: Mapped[bool]
    name: Mapped[str | None] = mapped_column(String(80))
    """Of public channels only: a private one's name stays within."""


class LeadRow(Row):
    """Somebody who may start and manage what others take part in; an admin named them."""

    __tablename__ = "lead"
    tenant: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    named_by: Mapped[str] = mapped_column(String(32))
    named_at: Mapped[datetime]
