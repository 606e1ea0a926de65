"""Questions to the end: channels, anonymity, working hours, what was learned and published."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=32)
YES: Any = sa.true()
NO: Any = sa.false()


def upgrade() -> None:
    _people()
    _questions()
    op.add_column("channel", sa.Column("name", sa.String(length=80), nullable=True))
    op.add_column("exchange", sa.Column("changed", sa.String(length=16), nullable=True))
    op.add_column("exchange", sa.Column("line", sa.Text(), nullable=True))
    op.add_column("exchange", sa.Column("used", sa.String(length=8), nullable=True))
    op.create_index(op.f("ix_delivery_tenant_ts"), "delivery", ["tenant", "ts"])


def _people() -> None:
    for name, default in (("wants_look_backs", YES), ("sends_at_once", NO), ("is_findable", NO)):
        _add("person", name, sa.Boolean(), default)
    for name, hour in (("works_from", "09:00"), ("works_to", "17:00")):
        _add("person", name, sa.String(length=5), hour)
    _add("person", "workdays", sa.String(length=7), "01234")
    op.add_column("person", sa.Column("country", sa.String(length=8), nullable=True))
    op.create_table(
        "refused_topic",
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user", "topic", name=op.f("pk_refused_topic")),
    )
    op.create_table(
        "avoidance",
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("other", NAME, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user", "other", name=op.f("pk_avoidance")),
    )


def _questions() -> None:
    _add("question", "is_anonymous", sa.Boolean(), NO)
    _add("question", "window_hours", sa.Integer(), "4")
    _add("question", "relays", sa.Integer(), "0")
    _add("question", "may_ask_channel", sa.Boolean(), YES)
    for name in ("origin", "channel"):
        op.add_column("question", sa.Column(name, NAME, nullable=True))
    op.add_column("question", sa.Column("nudged_at", sa.DateTime(), nullable=True))
    op.create_table(
        "topic_channel",
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("channel", NAME, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "topic", name=op.f("pk_topic_channel")),
    )
    op.create_table(
        "published",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("channel", NAME, nullable=False),
        sa.Column("author", NAME, nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("takeaway", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published")),
        sa.UniqueConstraint("question_id", name=op.f("uq_published_question_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_published_tenant_published_at"), "published", ["tenant", "published_at"]
    )


def _add(table: str, name: str, kind: Any, default: Any) -> None:
    """A column that the version before this one leaves out when it writes."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
