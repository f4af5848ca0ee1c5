"""A real browser."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

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
