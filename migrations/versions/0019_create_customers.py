"""Cards of customers, and the pages that visitors were on."""

import sqlalchemy as sa
from alembic import op

from kell.core.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("merged_into_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["customers.id"],
            name="fk_customers_merged_into_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )
    for column in ("email", "phone", "merged_into_id"):
        op.create_index(f"ix_customers_{column}", "customers", [column])
    op.create_table(
        "customer_merges",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("into_id", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("visitors", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["into_id"], ["customers.id"], name="fk_customer_merges_into_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["customers.id"], name="fk_customer_merges_from_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_customer_merges"),
    )
    for column in ("into_id", "from_id"):
        op.create_index(f"ix_customer_merges_{column}", "customer_merges", [column])
    op.create_table(
        "visitor_pages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("visitor_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_visitor_pages_visitor_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_pages"),
    )
    op.create_index("ix_visitor_pages_visitor_id", "visitor_pages", ["visitor_id", "id"])
    op.add_column("visitors", sa.Column("time_zone", sa.String(length=64), nullable=True))
    visits = sa.Column("visits", sa.Integer(), nullable=False, server_default=sa.text("1"))
    op.add_column("visitors", visits)
    op.add_column("visitors", sa.Column("known_by", sa.String(length=16), nullable=True))
    # No constraint: SQLite would have to build the table anew, and everything that refers to it.
    op.add_column("visitors", sa.Column("customer_id", sa.String(length=32), nullable=True))
    op.create_index("ix_visitors_customer_id", "visitors", ["customer_id"])


def downgrade() -> None:
    op.drop_index("ix_visitors_customer_id", "visitors")
    for column in ("customer_id", "known_by", "visits", "time_zone"):
        op.drop_column("visitors", column)
    for table in ("visitor_pages", "customer_merges", "customers"):
        op.drop_table(table)
