"""What people see and touch: the widget on somebody's page, and the panel.

Everything is found by what it says to a reader or a screen reader, in English.
"""

import json
import re
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.chromium import PATIENCE_MS

WORDS: dict[str, str] = json.loads(
    (Path(__file__).parents[2] / "locales" / "en.json").read_text(encoding="utf-8")
)

expect.set_options(timeout=PATIENCE_MS)


class Thread:
    """Messages in their order, wherever they are shown."""

    def __init__(self, log: Locator) -> None:
        self.log = log

    @property
    def texts(self) -> list[str]:
        """What is said, in order."""
        return [text.strip() for text in self.log.locator("bdi").all_inner_texts()]

    def message(self, text: str) -> Locator:
        return self.log.locator("bdi").get_by_text(text, exact=True)

    def shows(self, *texts: str) -> None:
        """Wait until exactly these are there, once each, in this order."""
        expect(self.log.locator("bdi")).to_have_text(list(texts))


class Widget(Thread):
    """The chat on a page that embeds it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator("kell-chat > button, kell-chat button").first
        self.frame: FrameLocator = page.frame_locator("kell-chat iframe")
        super().__init__(self.frame.get_by_role("log", name=WORDS["widget.messages"]))
        self.field = self.frame.get_by_role("textbox", name=WORDS["widget.placeholder"])

    def open(self) -> "Widget":
        """Click the launcher."""
        self.launcher.click()
        expect(self.field).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Write, and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.field).to_have_value("")

    def sign_of(self, text: str) -> Locator:
        """Return the sign beside an own message: how far it has got."""
        bubble = self.frame.locator("[class*=bubble]").filter(
            has=self.page.locator("bdi", has_text=text)
        )
        return bubble.get_by_role("img")


class Panel(Thread):
    """The desk of somebody who answers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        super().__init__(page.get_by_role("log", name=WORDS["panel.talk.messages"]))
        self.email = page.get_by_label(WORDS["panel.login.email"])
        self.password = page.get_by_label(WORDS["panel.login.password"], exact=True)
        self.field = page.get_by_role("textbox", name=WORDS["panel.composer.label"], exact=True)
        self.rows = page.locator("[data-row]")

    def sign_in(self, email: str, password: str) -> "Panel":
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.page.get_by_role("button", name=WORDS["panel.login.sign_in"]).click()
        return self

    def is_in(self) -> "Panel":
        """Wait until the desk is there."""
        expect(self.page.get_by_role("heading", name=WORDS["panel.inbox.title"])).to_be_visible()
        return self

    def is_out(self) -> "Panel":
        """Wait until the login form is there."""
        expect(self.page.get_by_role("heading", name=WORDS["panel.login.heading"])).to_be_visible()
        return self

    def sign_out(self) -> None:
        name = WORDS["panel.me.menu"].replace("{{name}}", "")
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        self.page.get_by_role("button", name=WORDS["panel.me.sign_out"]).click()

    def row(self, text: str) -> Locator:
        """Return the chat in the list whose last message this is."""
        return self.rows.filter(has_text=text)

    def waiting(self, count: int) -> None:
        """Wait until the list says that so many wait."""
        said = WORDS["panel.inbox.waiting"].replace("{{waiting}}", str(count))
        heading = self.page.get_by_role("heading", name=re.compile(re.escape(said)))
        expect(heading).to_have_count(1 if count else 0)

    def open_chat(self, text: str) -> "Panel":
        """Open the chat whose last message this is."""
        self.row(text).click()
        expect(self.field).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Answer, and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.field).to_have_value("")


def is_red(element: Locator, colour: str) -> bool:
    """Say whether a CSS colour of an element is what people call red, light or dark."""
    value = element.evaluate("(e, name) => getComputedStyle(e)[name]", colour)
    numbers = [float(each) for each in re.findall(r"[\d.]+", value)[:3]]
    red, green, blue = numbers
    return red > 1.05 * max(green, blue)
