"""Databases for the machinery's own tests.

Most promises are both databases'. One that is of one database alone is kept there whatever
``--database`` says, by a test marked ``once``.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import NullPool, create_engine, inspect, text

from tests.core.doors import Doors
from tests.databases import postgresql_databases, sqlite_databases

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands until the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def new_sqlite(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    if request.config.getoption("--database") == "sqlite":
        return request.getfixturevalue("new_database")
    return sqlite_databases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def new_postgresql(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    if request.config.getoption("--database") == "postgresql":
        yield request.getfixturevalue("new_database")
    else:
        with postgresql_databases() as make:
            yield make


@pytest.fixture(scope="session")
def emptied_postgresql(new_postgresql: Callable[[], str]) -> Callable[[], str]:
    """Return the address of one database, without rows: a new one takes a second to make."""
    url = new_postgresql()
    engine = create_engine(url, poolclass=NullPool)

    def empty() -> str:
        with engine.begin() as connection:
            tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
            # Foreign keys off; TRUNCATE would make new files for every table.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("; ".join(f"DELETE FROM {each}" for each in tables)))
        return url

    return empty


@pytest.fixture
def sqlite_url(new_sqlite: Callable[[], str]) -> str:
    return new_sqlite()


@pytest.fixture
def postgresql_url(emptied_postgresql: Callable[[], str]) -> str:
    return emptied_postgresql()


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The database of the run, without rows."""
    return request.getfixturevalue(f"{request.config.getoption('--database')}_url")


@pytest.fixture
def open_doors() -> Iterator[Callable[..., Doors]]:
    """Open a process's doors to the database at this address; they are closed after the test."""
    opened: list[Doors] = []

    def make(url: str, *args: Any, **options: Any) -> Doors:
        opened.append(Doors(url, *args, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.database.close()


@pytest.fixture
def doors(database_url: str, open_doors: Callable[..., Doors]) -> Doors:
    return open_doors(database_url)


@pytest.fixture
def on_sqlite(sqlite_url: str, open_doors: Callable[..., Doors]) -> Doors:
    return open_doors(sqlite_url)


@pytest.fixture
def on_postgresql(postgresql_url: str, open_doors: Callable[..., Doors]) -> Doors:
    return open_doors(postgresql_url)
