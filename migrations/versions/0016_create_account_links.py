"""Links that let people in: invitations and resets; what browser a session is in."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_links",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("operator_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operators.id"],
            name="fk_account_links_operator_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_links"),
    )
    op.create_index("ix_account_links_operator_id", "account_links", ["operator_id"])
    op.add_column("sessions", sa.Column("user_agent", sa.String(length=500), nullable=True))
    op.add_column("sessions", sa.Column("ip", sa.String(length=45), nullable=True))
    # Nothing refers to mails: on SQLite the table may be built anew.
    with op.batch_alter_table("mails") as mails:
        mails.alter_column("conversation_id", existing_type=sa.String(), nullable=True)
        mails.alter_column("first_seq", existing_type=sa.Integer(), nullable=True)
        mails.alter_column("last_seq", existing_type=sa.Integer(), nullable=True)
        kind = sa.Column("kind", sa.String(length=16), nullable=False, server_default="reply")
        mails.add_column(kind)
        mails.add_column(sa.Column("link_id", sa.String(), nullable=True))
        mails.create_foreign_key(
            "fk_mails_link_id", "account_links", ["link_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    op.execute("DELETE FROM mails WHERE kind <> 'reply'")
    with op.batch_alter_table("mails") as mails:
        mails.drop_constraint("fk_mails_link_id", type_="foreignkey")
        mails.drop_column("link_id")
        mails.drop_column("kind")
        mails.alter_column("last_seq", existing_type=sa.Integer(), nullable=False)
        mails.alter_column("first_seq", existing_type=sa.Integer(), nullable=False)
        mails.alter_column("conversation_id", existing_type=sa.String(), nullable=False)
    op.drop_column("sessions", "ip")
    op.drop_column("sessions", "user_agent")
    op.drop_table("account_links")
