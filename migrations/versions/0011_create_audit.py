"""A log of what admins do, and how often an operator's reach has changed."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    reach = sa.Column("reach", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("operators", reach)


def downgrade() -> None:
    op.drop_column("operators", "reach")
    op.drop_table("audit_entries")
