"""A real browser whose every complaint counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

PROGRAM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The machine is shared: nothing here says how fast anything is.
PATIENCE_MS = 30_000


def launch(playwright: Playwright) -> Browser:
    """Start Chromium."""
    return playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)


class Watched:
    """One person's browser: its pages, and what it complains about.

    Errors and warnings in the console, which is where violations of a Content-Security-Policy go
    too, requests that fail, and answers that refuse.
    """

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        given = {"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **options}
        self.base = base
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(**given)
        self.context.set_default_timeout(PATIENCE_MS)
        self._are_expected = False
        self.context.on("console", self._spoke)
        self.context.on("weberror", lambda error: self._complain(f"threw {error.error}"))
        self.context.on("requestfailed", self._request_failed)
        self.context.on("response", self._answered)

    def page(self, path: str = "") -> Page:
        """Open a tab, at a path of the server if one is given."""
        tab = self.context.new_page()
        if path:
            tab.goto(path if "//" in path else self.base + path)
        return tab

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Let it complain: the server is away, or refuses what it is meant to refuse."""
        self._are_expected = True
        try:
            yield
        finally:
            self._are_expected = False

    def close(self, pictures: Path | None) -> None:
        """Close all tabs; take pictures first if somebody wants to see what went wrong."""
        for number, tab in enumerate(self.context.pages):
            if pictures is not None:
                file = pictures / f"{id(self):x}-{number}.png"
                tab.screenshot(path=file)
                print(f"{tab.url} looked so: {file}")
        self.context.close()

    def _spoke(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location
            self._complain(f"{message.type}: {message.text} ({where['url']}:{where['lineNumber']})")

    def _request_failed(self, request: Any) -> None:
        # A page that is left takes its requests with it.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"{request.url} failed: {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self._complain(f"{response.url} answered {response.status}")

    def _complain(self, what: str) -> None:
        if not self._are_expected:
            self.complaints.append(what)
