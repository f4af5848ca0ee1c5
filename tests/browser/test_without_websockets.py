"""A network that lets no WebSocket through: the same chat over plain HTTP, by itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Street
from tests.browser.wire import Wire


@pytest.fixture
def proxy(street: Street) -> Iterator[Wire]:
    """Everybody on the street looks through it."""
    made = Wire(street.server.port, strict=True)
    street.server.base = made.base
    street.outages_are_meant = True  # the browser writes of each refused socket in the console
    yield made
    made.close()


def test_each_sees_at_once_what_the_other_writes(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Do you ship to Finland?")
    expect(operator.row("Do you ship to Finland?")).to_be_visible()
    expect(operator.page).to_have_title(re.compile(r"^\(1\) "))
    operator.open("Do you ship to Finland?")
    operator.say("Yes, within three days")
    visitor.sees("Yes, within three days")
    expect(visitor.frame.get_by_role("img", name="Read")).to_be_visible()
    expect(operator.page).not_to_have_title(re.compile(r"^\("))
    visitor.say("Thank you")
    operator.sees("Thank you")
    assert visitor.texts() == ["Do you ship to Finland?", "Yes, within three days", "Thank you"]
    assert operator.texts() == visitor.texts()
    assert (proxy.refused >= 4, proxy.upgraded) == (True, 0)


def test_an_outage_in_between_loses_and_doubles_nothing(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Before")
    operator.open("Before")
    street.server.kill()
    expect(visitor.frame.get_by_text("No network.")).to_be_visible()
    visitor.say("While it was dead")
    operator.say("Answer while it was dead")
    street.server.start()
    street.server.wait_until_ready()
    for each in (visitor, operator):
        each.sees("While it was dead")
        each.sees("Answer while it was dead")
    expect(visitor.frame.get_by_text("No network.")).to_be_hidden()
    assert visitor.texts() == operator.texts()
    assert (len(visitor.texts()), proxy.upgraded) == (3, 0)


def test_a_socket_that_comes_through_takes_over(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Over HTTP")
    operator.open("Over HTTP")
    proxy.is_strict = False
    with visitor.page.expect_websocket(), operator.page.expect_websocket():
        for frame in (visitor.frame, operator.page):
            frame.evaluate("dispatchEvent(new Event('online'))")
        for number in range(5):
            visitor.say(f"Meanwhile {number}")
    operator.sees("Meanwhile 4")
    asked = []
    for page in (visitor.page, operator.page):
        page.on("request", lambda request: asked.append(request.url))
    operator.say("Over the socket")
    visitor.sees("Over the socket")
    visitor.say("Yes")
    operator.sees("Yes")
    assert visitor.texts() == operator.texts()
    assert len(visitor.texts()) == 8
    assert [url for url in asked if "/api/" in url] == []
    assert proxy.upgraded == 2
