"""When each operator works, if not whenever a site is open."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("operators", sa.Column("hours", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("operators", "hours")
