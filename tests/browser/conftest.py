"""Browsers, and a fresh server for each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import Watched, launch
from tests.browser.faces import Panel, Widget
from tests.fault.cluster import DATABASES, Homes, Server, homes_of

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def homes(request: pytest.FixtureRequest) -> Homes:
    return homes_of(request)


@pytest.fixture
def server(homes: Homes, database: str) -> Iterator[Server]:
    """``kell demo`` with people in it; it may be killed and started again."""
    running = Server(homes.new(database), homes.nursery, command="demo")
    running.start()
    running.wait_until_ready()
    yield running
    running.close()
    assert running.errors() == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def somebody(
    chromium: Browser, server: Server, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Watched]]:
    """Give somebody a browser of their own; whatever it complains about fails the test."""
    people: list[Watched] = []

    def make(**options: Any) -> Watched:
        people.append(Watched(chromium, server.base, **options))
        return people[-1]

    yield make
    pictures = tmp_path if request.node.stash.get(FAILED, False) else None
    for person in people:
        person.close(pictures)
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.fixture
def visitor(somebody: Callable[..., Watched]) -> Watched:
    return somebody()


@pytest.fixture
def operator(somebody: Callable[..., Watched]) -> Watched:
    return somebody()


@pytest.fixture
def widget(visitor: Watched) -> Widget:
    """The chat on the demo page, open."""
    return Widget(visitor.page("/demo")).open()


@pytest.fixture
def panel(operator: Watched, server: Server) -> Panel:
    """The admin's desk."""
    desk = Panel(operator.page("/operator/"))
    return desk.sign_in(*server.home.logins["admin"]).is_in()
