"""A visitor goes from page to page."""

import pytest


def card(house, visitor):
    opened = house.admin().post("conversation.open", conversation=visitor.conversation)
    return opened["visitor"]


def test_the_operator_sees_the_page_that_the_visitor_is_on(street):
    visitor = street.visitor()
    visitor.start("Hello")
    assert card(street, visitor)["page"] is None
    visitor.post("page", url="https://shop.example/yarn", title="Yarn")
    visitor.post("page", url="https://shop.example/cart", title="Cart")
    shown = card(street, visitor)
    assert (shown["page"]["url"], shown["page"]["title"]) == ("https://shop.example/cart", "Cart")
    assert shown["page"]["at"] == shown["last_seen_at"]


def test_the_operator_sees_the_browser(street):
    visitor = street.visitor()
    visitor.headers |= {"User-Agent": "Nokia/3310", "Accept-Language": "et-EE, et;q=0.9"}
    fresh = visitor.post("session")["token"]
    visitor.headers["Authorization"] = f"Bearer {fresh}"
    visitor.start("Hello")
    shown = card(street, visitor)
    assert (shown["user_agent"], shown["language"]) == ("Nokia/3310", "et-EE")
    assert shown["ip"] == "127.0.0.1"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/cart", " https://x", ""]
)
def test_only_web_pages_are_pages(street, url):
    visitor = street.visitor()
    visitor.start("Hello")
    refused = visitor.post("page", url=url, title="Cart")
    assert (refused.status, refused.body["error"]) == (400, {"code": "invalid", "field": "url"})
    assert card(street, visitor)["page"] is None
