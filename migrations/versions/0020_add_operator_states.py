"""What operators say about being at work, and when they last moved."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "operators",
        sa.Column("chosen_state", sa.String(length=8), server_default="online", nullable=False),
    )
    op.add_column("operators", sa.Column("active_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("operators", "active_at")
    op.drop_column("operators", "chosen_state")
