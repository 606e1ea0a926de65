"""What a backup remembers of being one, and of having been put back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenant", sa.Column("lost_from", sa.DateTime(), nullable=True))
    op.add_column("tenant", sa.Column("lost_until", sa.DateTime(), nullable=True))
    op.add_column("tenant", sa.Column("numbers_from", sa.BigInteger(), nullable=True))
