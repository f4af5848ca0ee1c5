"""Can this process work?"""

import logging

from sqlalchemy.exc import SQLAlchemyError

from kell.core import db
from kell.core.db import migrate
from kell.core.errors import RetryLater
from kell.web.running import running

log = logging.getLogger(__name__)


def unready_parts() -> list[str]:
    """Return the names of the parts that keep this process from working; none is good."""
    unready = []
    try:
        with db.read() as session:
            current = migrate.current(session.connection())
    except (RetryLater, SQLAlchemyError, OSError) as error:
        log.warning("the database can't be read: %s", type(error).__name__)
        unready += ["database"]
    else:
        if current != migrate.head():
            unready += ["migrations"]
    if not running().worker.is_alive():
        unready += ["worker"]
    return unready
