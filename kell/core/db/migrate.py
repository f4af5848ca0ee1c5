"""The database's shape, moved up and down by numbered migrations (Alembic).

Alembic is loaded when something is to be moved: a server on a database that is up to date does
without it, and without its 8 MB.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from kell.core.paths import MIGRATIONS

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

VERSION = table("alembic_version", column("version_num"))

# Any number will do, as long as nobody else takes it: it spells "kell".
LOCK = 0x6B656C6C


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Move the database up to ``revision``; safe when several processes start together."""
    if revision == "head":
        with engine.connect() as connection:
            if current(connection) == head():
                return
    from alembic import command  # noqa: PLC0415  see above

    _move(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Move the database down to ``revision`` (``base`` removes everything)."""
    from alembic import command  # noqa: PLC0415  see above

    _move(engine, lambda config: command.downgrade(config, revision))


def current(connection: Connection) -> str | None:
    """Return the revision that the database is at."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    found: str | None = connection.scalar(select(VERSION.c.version_num))
    return found


@cache
def head() -> str | None:
    """Return the newest revision that this code knows."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return max((each.name.partition("_")[0] for each in files), default=None)


def config_for(connection: Connection | None) -> "AlembicConfig":
    """Return Alembic's settings; ``migrations/env.py`` takes the connection from them."""
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415  see above

    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _move(engine: Engine, step: "Callable[[AlembicConfig], None]") -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        step(config_for(connection))
