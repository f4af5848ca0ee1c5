"""What runs beside the doors so that words are found, and are gone when they were deleted."""

import time
from pathlib import Path
from typing import Any

from kell.core import db
from kell.search.index import Index, keeper

LOOK_EVERY = 1.0


def catch_up(database: db.Database) -> None:
    """Bring SQLite's index to where the messages are; PostgreSQL's is there by itself."""
    if database.sqlite:
        index = _index(database)
        while keeper().apply(index.catch_up):
            pass


def forget_words(payload: dict[str, Any]) -> None:
    """Remove a deleted message's words from SQLite's index; PostgreSQL's vacuum does the like.

    Raises:
        RetryLater: the index is being read; come again.
    """
    database = db.database()
    if database.sqlite:
        keeper().apply(_index(database).forget, (payload["message_id"], time.time()))


def _index(database: db.Database) -> Index:
    return Index(Path(database.writer.url.database or ""))
