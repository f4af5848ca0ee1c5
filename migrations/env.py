"""How Alembic reaches the database: over the connection that ``kell.core.db.migrate`` gives."""

from alembic import context

import kell.accounts.models
import kell.chat.models
import kell.core.outbox.models
import kell.core.realtime.presence
import kell.customers.models
import kell.notifications.models
import kell.sites.models  # noqa: F401  each module registers its tables
from kell.core.db import Model

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    # SQLite can't alter most things: Alembic copies the table. It can roll back DDL, though.
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)

with context.begin_transaction():
    context.run_migrations()
