"""The database has two doors, ``write(work)`` and ``read()``; ``db.session`` occurs nowhere."""

from kell.core.db.database import Database, database, read, write
from kell.core.db.model import Model
from kell.core.db.statements import Statement, row_type
from kell.core.db.tx import Frame, Rules, Tx, origin
from kell.core.db.types import UtcDateTime

__all__ = [
    "Database",
    "Frame",
    "Model",
    "Rules",
    "Statement",
    "Tx",
    "UtcDateTime",
    "database",
    "origin",
    "read",
    "row_type",
    "write",
]
