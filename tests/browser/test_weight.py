"""The panel's first load, as it goes over the wire."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.crowd import multiply_chats
from tests.browser.street import Street
from tests.fault.cluster import wait_until

BUDGET = 120_000


@pytest.mark.parametrize("locale", ["en-US", "et-EE", "ru-RU", "uk-UA"])
def test_the_first_load_of_the_panel_fits_its_budget(side_street: Street, locale: str) -> None:
    side_street.visitor().arrive().say("The first of many")
    home = side_street.server.home
    wait_until(lambda: home.read("SELECT id FROM messages"), "the message is kept")
    # A page of chats, in all the letters that we have.
    multiply_chats(home, opened=60)
    known = side_street.operator("liisa").page.context.storage_state()
    # The same session in a browser that has never fetched anything from here.
    page = side_street.someone(locale=locale, storage_state=known)
    session: Any = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: names.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({names[event["requestId"]]: event["encodedDataLength"]}),
    )
    page.goto(f"{side_street.server.base}/operator/")
    expect(page.locator("[data-row]").first).to_be_visible()
    # Three files of letters, each of which a name in the list asks for.
    until(page, "[...document.fonts].filter((font) => font.status === 'loaded').length === 3")
    page.wait_for_load_state("networkidle")
    table = "\n".join(f"{size:8.0f}  {url}" for url, size in sizes.items())
    assert 60_000 < sum(sizes.values()) <= BUDGET, table
    print(f"{sum(sizes.values()):.0f} bytes for {locale}")
