"""Who takes part in which conversation, also in those that there are."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participations",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("first_public_reply_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_participations_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operators.id"],
            name="fk_participations_operator_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "operator_id", name="pk_participations"),
    )
    op.create_index("ix_participations_operator_id", "participations", ["operator_id"])
    op.execute(
        """
        INSERT INTO participations (conversation_id, operator_id, since, first_public_reply_at)
        SELECT messages.conversation_id, messages.author_id, MIN(messages.at),
               MIN(CASE WHEN messages.kind = 'message' THEN messages.at END)
        FROM messages JOIN operators ON operators.id = messages.author_id
        WHERE messages.author_kind = 'operator'
          AND (messages.kind = 'message' OR messages.event = 'taken')
        GROUP BY messages.conversation_id, messages.author_id
        """
    )
    op.execute(
        """
        INSERT INTO participations (conversation_id, operator_id, since)
        SELECT id, assignee_id, changed_at FROM conversations WHERE assignee_id IS NOT NULL
        ON CONFLICT DO NOTHING
        """
    )


def downgrade() -> None:
    op.drop_table("participations")
