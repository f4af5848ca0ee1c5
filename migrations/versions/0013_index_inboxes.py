"""Indexes of the parts of an inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WAITS = "status = 'open' AND waiting_since IS NOT NULL"
RESTS = "status = 'open' AND waiting_since IS NULL"
PAST = "status = 'closed'"
PARTS = {
    "ix_conversations_waiting": (WAITS, ["waiting_since", "id", "team_id", "assignee_id"]),
    "ix_conversations_answered": (RESTS, ["last_at", "id", "team_id", "assignee_id"]),
    "ix_conversations_closed": (PAST, ["last_at", "id"]),
    "ix_conversations_closed_of_team": (PAST, ["team_id", "last_at", "id"]),
    "ix_conversations_closed_of_assignee": (PAST, ["assignee_id", "last_at", "id"]),
}
BEFORE = {
    "ix_conversations_waiting": ["status", "waiting_since", "id"],
    "ix_conversations_answered": ["status", "last_at", "id"],
    "ix_conversations_assignee_id": ["assignee_id"],
}


def upgrade() -> None:
    for name in BEFORE:
        op.drop_index(name, "conversations")
    for name, (where, columns) in PARTS.items():
        part = sa.text(where)
        op.create_index(name, "conversations", columns, sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    for name in PARTS:
        op.drop_index(name, "conversations")
    for name, columns in BEFORE.items():
        op.create_index(name, "conversations", columns)
