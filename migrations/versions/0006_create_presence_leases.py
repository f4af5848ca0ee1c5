"""Who is there, until when."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence_leases",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=32), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "process", name="pk_presence_leases"),
    )
    op.create_index("ix_presence_leases_until", "presence_leases", ["until"])


def downgrade() -> None:
    op.drop_table("presence_leases")
