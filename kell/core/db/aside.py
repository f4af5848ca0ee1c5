"""Questions that may take long: asked in a thread, so that the loop goes on."""

from collections.abc import Sequence
from typing import Any

import gevent
from sqlalchemy import Executable
from sqlalchemy.orm import Session


def read_aside(session: Session, question: Executable) -> Sequence[Any]:
    """Return all rows. On SQLite a thread fetches them; PostgreSQL's driver gives way by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return session.execute(question).all()
    # The connection is taken here: the engine's locks belong to the loop.
    connection = session.connection()
    pool = gevent.get_hub().threadpool
    rows: Sequence[Any] = pool.apply(lambda: connection.execute(question).all())
    return rows
