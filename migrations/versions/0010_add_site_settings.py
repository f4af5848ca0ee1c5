"""What an admin decides about a site, and an index for its latest chats."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sites", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("sites", sa.Column("parts", sa.JSON(), nullable=True))
    op.create_index("ix_conversations_site_id", "conversations", ["site_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_conversations_site_id", "conversations")
    op.drop_column("sites", "parts")
    op.drop_column("sites", "revision")
