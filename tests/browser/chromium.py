"""A real browser."""

import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Frame, Page, Playwright

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
# The machine may be busy: nothing here says how fast anything is.
PATIENCE_MS = 30_000


def launch(playwright: Playwright) -> Browser:
    """Start Chromium."""
    return playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)


def launch_with(chromium: BrowserType, profile: Path) -> BrowserContext:
    """Start another one with a profile: every other context is a private window."""
    return chromium.launch_persistent_context(
        profile, executable_path=PROGRAM, args=FLAGS, locale="en-US"
    )


def until(place: Page | Frame, expression: str) -> None:
    """Wait until this is true there.

    Playwright's own wait asks again by ``eval``, which the policies of our pages forbid.
    """
    page = place.page if isinstance(place, Frame) else place
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not place.evaluate(expression):
        assert time.monotonic() < deadline, f"it didn't become true: {expression}"
        page.wait_for_timeout(20)
