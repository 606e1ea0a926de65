"""The everyday flows: leads, pauses that end, mentoring, activities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "delivery", sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("person", sa.Column("paused_until", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_turn_tenant_state_asked_at"), "turn", ["tenant", "state", "asked_at"])
    _leads()
    _mentoring()
    _activities()


def _leads() -> None:
    op.create_table(
        "lead",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("named_by", sa.String(length=32), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user", name=op.f("pk_lead")),
    )


def _mentoring() -> None:
    op.create_table(
        "enrolment",
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("wants", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user", name=op.f("pk_enrolment")),
    )
    op.create_table(
        "round",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("lead", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("left_over", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_round_tenant_due_at"), "round", ["tenant", "due_at"])
    op.create_table(
        "pair",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("mentor", sa.String(length=32), nullable=False),
        sa.Column("mentee", sa.String(length=32), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_pair_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
        sa.UniqueConstraint(
            "tenant", "round_id", "mentee", name=op.f("uq_pair_tenant_round_id_mentee")
        ),
        sqlite_autoincrement=True,
    )
    for side in ("mentor", "mentee"):
        op.create_index(op.f(f"ix_pair_tenant_state_{side}"), "pair", ["tenant", "state", side])


def _activities() -> None:
    op.create_table(
        "activity",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("lead", sa.String(length=32), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("wall_time", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_activity_tenant_due_at"), "activity", ["tenant", "due_at"])
    op.create_table(
        "occasion",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_occasion_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
        sa.UniqueConstraint(
            "tenant",
            "activity_id",
            "on_date",
            name=op.f("uq_occasion_tenant_activity_id_on_date"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_occasion_tenant_due_at"), "occasion", ["tenant", "due_at"])
    op.create_table(
        "contribution",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", sa.String(length=32), nullable=False),
        sa.Column("occasion_id", ID, nullable=False),
        sa.Column("author", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"],
            ["occasion.id"],
            name=op.f("fk_contribution_occasion_id_occasion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "tenant",
            "occasion_id",
            "author",
            name=op.f("uq_contribution_tenant_occasion_id_author"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contribution_tenant_given_at"), "contribution", ["tenant", "given_at"])
