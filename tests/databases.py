"""New databases in a hurry: migrated once, then copied."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from kell.core.config.values import database_url as normalised
from kell.core.db import engines, migrate
from tests.clusters import postgresql


def sqlite_databases(folder: Path) -> Callable[[], str]:
    """Return a function that makes a database file in ``folder``."""
    numbers = itertools.count()
    template = folder / "template.db"
    _migrate(f"sqlite:///{template}")

    def make() -> str:
        copy = folder / f"{next(numbers)}.db"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    return make


@contextmanager
def postgresql_databases() -> Iterator[Callable[[], str]]:
    """Start a cluster and give a function that makes a database in it."""
    numbers = itertools.count()
    with postgresql() as cluster:
        server = normalised(f"{cluster}/postgres").removesuffix("/postgres")
        admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE template_kell"))
        _migrate(f"{server}/template_kell")

        def make() -> str:
            name = f"kell_{next(numbers)}"
            with admin.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template_kell"))
            return f"{server}/{name}"

        yield make
        admin.dispose()


def _migrate(url: str) -> None:
    engine = engines.make_writer(url, connections=1)
    migrate.upgrade(engine)
    engine.dispose()
