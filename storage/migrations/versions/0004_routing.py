"""Routing: sketches, evidence of help, presence, and each workspace's key and weights."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=32)
THREAD = sa.String(length=255)


def upgrade() -> None:
    _routing()
    _sketches()
    _evidence()
    _presence()
    op.create_index(op.f("ix_turn_tenant_asked_at"), "turn", ["tenant", "asked_at"])


def _routing() -> None:
    op.create_table(
        "routing",
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("word_key", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_routing")),
    )


def _sketches() -> None:
    op.create_table(
        "sketch",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("thread", THREAD, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("question_id", ID, nullable=True),
        sa.Column("asker", NAME, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["sketch.id"],
            name=op.f("fk_sketch_question_id_sketch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketch")),
        sa.UniqueConstraint(
            "tenant", "thread", "author", name=op.f("uq_sketch_tenant_thread_author")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sketch_tenant_seq"), "sketch", ["tenant", "seq"])
    op.create_index(op.f("ix_sketch_tenant_at"), "sketch", ["tenant", "at"])
    op.create_index(op.f("ix_sketch_tenant_asker"), "sketch", ["tenant", "asker"])
    op.create_index(op.f("ix_sketch_question_id"), "sketch", ["question_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("person", NAME, nullable=False),
        sa.Column("thread", THREAD, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sketch_id", ID, nullable=True),
        sa.Column("asker", NAME, nullable=True),
        sa.Column("channel", NAME, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sketch_id"],
            ["sketch.id"],
            name=op.f("fk_evidence_sketch_id_sketch"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "tenant",
            "person",
            "thread",
            "kind",
            name=op.f("uq_evidence_tenant_person_thread_kind"),
        ),
        sqlite_autoincrement=True,
    )
    for column in ("seq", "at", "asker"):
        op.create_index(op.f(f"ix_evidence_tenant_{column}"), "evidence", ["tenant", column])
    op.create_index(op.f("ix_evidence_sketch_id"), "evidence", ["sketch_id"])


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("tenant", NAME, nullable=False),
        sa.Column("channel", NAME, nullable=False),
        sa.Column("user", NAME, nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("hours", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "channel", "user", name=op.f("pk_presence")),
    )
