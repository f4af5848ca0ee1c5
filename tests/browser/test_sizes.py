"""How much a visitor loads, as it comes over the line from a server with Brotli (issue 5)."""

import urllib.request
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.foreign import SCRIPT, foreign_page
from tests.browser.street import Street

LOADER = 2_048
OPENED = 30_720


def transferred(url: str) -> int:
    """Return the bytes of a file's body as every browser of today gets it over https."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br", url
        return len(answer.read())


def files_of(page: Page, base: str) -> list[str]:
    """Return the addresses of the chat's own files, as they are asked for from now on."""
    found: list[str] = []

    def note(request: Any) -> None:
        is_file = request.url.startswith(base) and "/api/" not in request.url
        if is_file and request.url not in found:
            found.append(request.url)

    page.on("request", note)
    return found


def test_what_a_visitor_loads_stays_small(side_street: Street) -> None:
    base = side_street.server.base
    with foreign_page(base, SCRIPT) as address:
        # Ukrainian is the longest of the languages.
        visitor = side_street.visitor(locale="uk")
        page = visitor.page
        closed = files_of(page, base)
        page.goto(address)
        expect(visitor.launcher).to_be_visible()
        assert [transferred(url) <= LOADER for url in closed] == [True]

        asking = files_of(page, base)
        visitor.launcher.click()
        form = page.frame_locator("kell-chat iframe").locator("form")
        expect(form).to_be_visible()
        by_form = sum(map(transferred, asking))
        assert by_form <= OPENED, by_form

        form.locator("textarea").fill("Де моє замовлення?")
        form.locator("button[type=submit]").click()
        log = page.frame_locator("kell-chat iframe").get_by_role("log")
        expect(log).to_be_visible()
        talking = files_of(page, base)
        page.reload()
        visitor.launcher.click()
        expect(log).to_be_visible()
        by_thread = sum(transferred(url) for url in talking if "/widget.js" not in url)
        assert by_thread <= OPENED, by_thread
        print(f"opened with a form {by_form}, with a thread {by_thread} bytes")
