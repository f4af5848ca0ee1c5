"""A street for each test: a fresh server, and browsers whose every complaint counts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.browser.street import Street
from tests.fault.cluster import DATABASES, Homes, Server, by_command, homes_of

__all__ = ["Street"]

FAILED = pytest.StashKey[bool]()

Opened = Callable[..., AbstractContextManager[Street]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def homes(request: pytest.FixtureRequest) -> Homes:
    return homes_of(request)


@pytest.fixture
def opened(
    chromium: Browser, homes: Homes, request: pytest.FixtureRequest, tmp_path: Path
) -> Opened:
    """Open a street; in the end nobody on it may have complained."""

    @contextmanager
    def opened(database: str, launch: Any = None, broken: str = "") -> Iterator[Street]:
        home = homes.new(database)
        server = Server(home, launch or homes.nursery, command="demo", broken=broken)
        server.start()
        server.wait_until_ready()
        street = Street(chromium, server)
        try:
            yield street
        finally:
            has_failed = request.node.stash.get(FAILED, True)
            street.leave(tmp_path if has_failed else None)
            server.close()
            print("\n".join(server.errors()[-20:]))
        assert street.complaints == []
        assert server.errors() == []

    return opened


@pytest.fixture(params=DATABASES)
def street(request: pytest.FixtureRequest, opened: Opened) -> Iterator[Street]:
    """A street on either database."""
    with opened(request.param) as made:
        yield made


@pytest.fixture(params=DATABASES)
def real_street(request: pytest.FixtureRequest, opened: Opened) -> Iterator[Street]:
    """The same, with ``kell demo`` started as anybody would start it."""
    with opened(request.param, by_command) as made:
        yield made


@pytest.fixture
def side_street(opened: Opened) -> Iterator[Street]:
    """A street for what has nothing to do with the database."""
    with opened(DATABASES[0]) as made:
        yield made
