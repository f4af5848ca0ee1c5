"""What every test may ask for.

Tests run inside a process that gevent has patched, as the server is; those in ``OUTSIDE`` drive a
server from without and live in a process of their own.
"""

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from gevent import monkey
from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("kell", deadline=None)
settings.load_profile("kell")

OUTSIDE = ("browser", "fault")
HERE = Path(__file__).parent


def _is_outside(argument: str) -> bool:
    path = Path(argument.split("::", maxsplit=1)[0]).resolve()
    return path.is_relative_to(HERE) and path.relative_to(HERE).parts[:1] in [(o,) for o in OUTSIDE]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="where tests write"
    )
    parser.addoption("--soak", action="store_true", help="run the long tests, and only them")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: takes many minutes; `--soak` runs it")
    if len({_is_outside(each) for each in config.args}) > 1:
        apart = " and ".join(f"tests/{each}" for each in OUTSIDE)
        raise pytest.UsageError(f"{apart} run in a process of their own: name them alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--soak")
    chosen = [each for each in items if wanted == (each.get_closest_marker("soak") is not None)]
    config.hook.pytest_deselected(items=[each for each in items if each not in chosen])
    items[:] = chosen


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Several processes share a database only on PostgreSQL."""
    alone = config.getoption("--database") == "sqlite"
    return True if alone and collection_path == HERE / "scaled" else None


# Before any test module, and with it the server's own code, is imported.
if not any(_is_outside(argument) for argument in sys.argv[1:]):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", monkey.MonkeyPatchWarning)
        monkey.patch_all()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """A setting in the shell must not change what a test sees."""
    for name in [each for each in os.environ if each.startswith("KELL_")] + ["HOST", "PORT"]:
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Return the address of a new, migrated, empty database, each time it is called."""
    from tests.databases import postgresql_databases, sqlite_databases

    folder = tmp_path_factory.mktemp("databases")
    if request.config.getoption("--database") == "sqlite":
        yield sqlite_databases(folder)
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with postgresql_databases() as make:
            yield make


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    """A database of this test's own."""
    return new_database()


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[Any]:
    """A whole Kell, serving on loopback (``tests.factories.House``)."""
    from tests import factories

    with factories.house(database_url, tmp_path / "data") as running:
        yield running
