"""On which pages a site's widget was seen."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_origins",
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name="fk_site_origins_site_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "origin", name="pk_site_origins"),
    )


def downgrade() -> None:
    op.drop_table("site_origins")
