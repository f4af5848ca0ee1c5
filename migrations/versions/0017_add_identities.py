"""Who visitors are by the word of their site, and the secret that it is signed with."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sites", sa.Column("secret", sa.String(length=64), nullable=True))
    op.add_column("visitors", sa.Column("identity", sa.String(length=200), nullable=True))
    op.add_column("visitors", sa.Column("claimed", sa.String(length=200), nullable=True))
    # An index: SQLite adds no constraint to a table that exists.
    op.create_index(
        "uq_visitors_site_id_identity", "visitors", ["site_id", "identity"], unique=True
    )
    op.create_table(
        "ended_tokens",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_ended_tokens"),
    )
    op.create_index("ix_ended_tokens_at", "ended_tokens", ["at"])


def downgrade() -> None:
    op.drop_table("ended_tokens")
    op.drop_index("uq_visitors_site_id_identity", "visitors")
    op.drop_column("visitors", "claimed")
    op.drop_column("visitors", "identity")
    op.drop_column("sites", "secret")
