"""What visitors answer before a chat, and what they agree to."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visitors", sa.Column("phone", sa.String(length=20), nullable=True))
    op.add_column("visitors", sa.Column("answers", sa.JSON(), nullable=True))
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=50), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_consents_visitor_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_visitor_id", "consents", ["visitor_id"])


def downgrade() -> None:
    op.drop_table("consents")
    op.drop_column("visitors", "answers")
    op.drop_column("visitors", "phone")
