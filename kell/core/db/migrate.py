"""The database's shape, moved up and down by numbered migrations (Alembic)."""

from collections.abc import Callable
from functools import cache

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from kell.core.paths import MIGRATIONS

# Any number will do, as long as nobody else takes it: it spells "kell".
LOCK = 0x6B656C6C


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Move the database up to ``revision``; safe when several processes start together."""
    if revision == "head":
        with engine.connect() as connection:
            if current(connection) == head():
                return
    _move(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Move the database down to ``revision`` (``base`` removes everything)."""
    _move(engine, lambda config: command.downgrade(config, revision))


def current(connection: Connection) -> str | None:
    """Return the revision that the database is at."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str | None:
    """Return the newest revision that this code knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def config_for(connection: Connection | None) -> AlembicConfig:
    """Return Alembic's settings; ``migrations/env.py`` takes the connection from them."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _move(engine: Engine, step: Callable[[AlembicConfig], None]) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        step(config_for(connection))
