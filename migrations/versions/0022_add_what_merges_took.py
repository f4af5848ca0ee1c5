"""What a card took over from the one that was put into it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer_merges", sa.Column("taken", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("customer_merges", "taken")
