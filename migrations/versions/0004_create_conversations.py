"""Conversations and their rows, with counters without gaps."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=False),
        sa.Column("start_id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("assignee_id", sa.String(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("public_rev", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=True),
        sa.Column("mailed_seq", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("delivered_visitor", sa.Integer(), nullable=False),
        sa.Column("delivered_operator", sa.Integer(), nullable=False),
        sa.Column("read_visitor", sa.Integer(), nullable=False),
        sa.Column("read_operator", sa.Integer(), nullable=False),
        sa.Column("started_url", sa.String(length=2000), nullable=True),
        sa.Column("started_title", sa.String(length=300), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"],
            ["operators.id"],
            name="fk_conversations_assignee_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name="fk_conversations_site_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_conversations_team_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_conversations_visitor_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("visitor_id", "start_id", name="uq_conversations_visitor_id_start_id"),
    )
    op.create_index("ix_conversations_answered", "conversations", ["status", "last_at", "id"])
    op.create_index("ix_conversations_changed_at", "conversations", ["changed_at"])
    op.create_index("ix_conversations_assignee_id", "conversations", ["assignee_id"])
    op.create_index("ix_conversations_waiting", "conversations", ["status", "waiting_since", "id"])
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("public_rev", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=True),
        sa.Column("author_kind", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("quote_id", sa.String(length=32), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_messages_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["operators.id"], name="fk_messages_deleted_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["messages.id"], name="fk_messages_quote_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint(
            "conversation_id",
            "author_id",
            "client_id",
            name="uq_messages_conversation_id_author_id_client_id",
        ),
        sa.UniqueConstraint("conversation_id", "line", name="uq_messages_conversation_id_line"),
    )
    op.create_index("ix_messages_public_rev", "messages", ["conversation_id", "public_rev"])
    op.create_index(
        "ix_messages_quote_id",
        "messages",
        ["quote_id"],
        postgresql_where=sa.text("quote_id IS NOT NULL"),
        sqlite_where=sa.text("quote_id IS NOT NULL"),
    )
    op.create_index("ix_messages_rev", "messages", ["conversation_id", "rev"])


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("conversations")
