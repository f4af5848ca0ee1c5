"""A number, a channel and a topic of each conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER_THEM = """
    UPDATE conversations SET number = numbered.place FROM (
        SELECT id, row_number() OVER (ORDER BY created_at, id) AS place FROM conversations
    ) AS numbered
    WHERE numbered.id = conversations.id
"""
GO_ON_FROM_THERE = """
    SELECT setval('conversation_numbers', max(number)) FROM conversations HAVING count(*) > 0
"""


def upgrade() -> None:
    number = sa.Column("number", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("conversations", number)
    channel = sa.Column("channel", sa.String(length=16), nullable=False, server_default="web")
    op.add_column("conversations", channel)
    op.add_column("conversations", sa.Column("topic", sa.String(length=200), nullable=True))
    op.execute(NUMBER_THEM)
    op.create_index("ix_conversations_number", "conversations", ["number"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        # Eight writers count at once; on SQLite there is one, who takes the highest + 1.
        op.execute("CREATE SEQUENCE conversation_numbers")
        op.execute(GO_ON_FROM_THERE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE conversation_numbers")
    op.drop_index("ix_conversations_number", "conversations")
    for name in ("topic", "channel", "number"):
        op.drop_column("conversations", name)
