"""Replies that are kept ready, and who has a conversation open."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("shortcut", sa.String(length=40), nullable=False),
        sa.Column("shortcut_key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["operators.id"],
            name="fk_canned_replies_owner_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_canned_replies_team_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sa.UniqueConstraint("place", "shortcut_key", name="uq_canned_replies_place_shortcut_key"),
    )
    for column in ("owner_id", "team_id"):
        op.create_index(f"ix_canned_replies_{column}", "canned_replies", [column])
    op.create_table(
        "conversation_viewers",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("operator_id", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_viewers_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operators.id"],
            name="fk_conversation_viewers_operator_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "operator_id", name="pk_conversation_viewers"),
    )
    op.create_index("ix_conversation_viewers_operator_id", "conversation_viewers", ["operator_id"])


def downgrade() -> None:
    op.drop_table("conversation_viewers")
    op.drop_table("canned_replies")
