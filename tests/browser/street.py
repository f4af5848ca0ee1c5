"""A street with one shop on it: whoever walks there, and the desk of those who answer."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    expect,
)

from tests.browser.chromium import PATIENCE_MS, launch_with
from tests.fault.cluster import Server, wait_until

WORDS: dict[str, str] = json.loads(
    (Path(__file__).parents[2] / "locales" / "en.json").read_text(encoding="utf-8")
)
expect.set_options(timeout=PATIENCE_MS)


def either(*keys: str) -> re.Pattern[str]:
    """Match one of these texts, whole."""
    return re.compile(f"^({'|'.join(re.escape(WORDS[key]) for key in keys)})$")


class Street:
    """Everybody's browsers, and whatever they complain about.

    Errors and warnings in the console, which is where violations of a Content-Security-Policy go
    too, requests that fail, and answers that refuse. ``outages_are_meant`` lets them, ``meant``
    those that name one of these words.
    """

    def __init__(self, browser: Browser, server: Server) -> None:
        self.server = server
        self.outages_are_meant = False
        self.meant: Sequence[str] = ()
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def visitor(self, **options: Any) -> "Visitor":
        """Somebody on the demo page, once they arrive there."""
        return Visitor(self.someone(**options), self.server.base)

    def operator(self, name: str = "admin", **options: Any) -> "Operator":
        """Somebody at the desk, signed in."""
        operator = Operator(self.someone(**options))
        operator.page.goto(f"{self.server.base}/operator/")
        return operator.sign_in(*self.server.home.logins[name]).is_in()

    def someone(self, **options: Any) -> Page:
        """Return an empty tab in a new browser."""
        given = {"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **options}
        context = self._browser.new_context(**given)
        return self._watched(context)

    def regular(self, profile: Path) -> "Visitor":
        """Somebody whose browser gives a frame of another site a storage of its own.

        Others, and every private window, give it none.
        """
        preferences = profile / "Default" / "Preferences"
        preferences.parent.mkdir(parents=True)
        cookies = {"block_third_party_cookies": False, "cookie_controls_mode": 0}
        preferences.write_text(json.dumps({"profile": cookies}))
        context = launch_with(self._browser.browser_type, profile)
        return Visitor(self._watched(context), self.server.base)

    def _watched(self, context: BrowserContext) -> Page:
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._spoke)
        context.on("weberror", lambda error: self._complain(f"threw {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        self._contexts.append(context)
        return context.new_page()

    def tab(self, context: BrowserContext) -> Page:
        """Return another tab in somebody's browser."""
        return context.new_page()

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Kill the server as a power cut would; in the end it is there again."""
        self.outages_are_meant = True
        self.server.kill()
        yield
        self.server.start()
        self.server.wait_until_ready()

    def leave(self, pictures: Path | None) -> None:
        """Close all browsers; take pictures first if somebody wants to see what went wrong."""
        tabs = [tab for context in self._contexts for tab in context.pages]
        for number, tab in enumerate(tabs):
            if pictures is not None:
                tab.screenshot(path=pictures / f"{number}.png")
                print(f"{tab.url} looked so: {pictures / f'{number}.png'}")
        for context in self._contexts:
            context.close()

    def _spoke(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location
            self._complain(f"{message.type}: {message.text} ({where['url']}:{where['lineNumber']})")

    def _failed(self, request: Any) -> None:
        # A page that is left takes its requests with it.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"{request.url} failed: {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self._complain(f"{response.url} answered {response.status}")

    def _complain(self, what: str) -> None:
        if not (self.outages_are_meant or any(word in what for word in self.meant)):
            self.complaints.append(what)


class Talker:
    """Somebody who writes and reads, on either side.

    All is found by what it says to a reader or a screen reader, in English.
    """

    page: Page
    log: Locator
    field: Locator
    send: Locator

    def say(self, text: str) -> None:
        """Write, and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.field).to_have_value("")

    def tap(self, text: str) -> None:
        """Write, and touch the button: on a phone Enter may be a new line."""
        self.field.fill(text)
        self.send.tap()
        expect(self.field).to_have_value("")

    def sees(self, text: str) -> None:
        """Wait until this is in the thread, once."""
        expect(self._said.get_by_text(text, exact=True)).to_have_count(1)

    def sees_exactly(self, texts: Sequence[str]) -> None:
        """Wait until these are all that is in the thread, in this order."""
        expect(self._said).to_have_text(list(texts))

    def texts(self) -> list[str]:
        """Return what is in the thread, in order."""
        return [text.strip() for text in self._said.all_inner_texts()]

    @property
    def _said(self) -> Locator:
        return self.log.locator("bdi")


class Visitor(Talker):
    """Somebody with the chat on a page that embeds it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self._base = base
        self.launcher = page.locator("kell-chat .kell")
        self.preview = page.locator("kell-chat p")

    def arrive(self, address: str = "/demo") -> Self:
        """Open a page that embeds the chat, and click the launcher."""
        self.page.goto(address if "//" in address else self._base + address)
        return self.open()

    def open(self) -> Self:
        """Click the launcher."""
        self.launcher.click()
        return self.inside()

    def inside(self) -> Self:
        """Wait until the chat is open."""
        inside = self.page.frame_locator("kell-chat iframe")
        self.log = inside.get_by_role("log", name=WORDS["widget.messages"])
        # The first message may stand in a form, among other fields.
        self.field = inside.get_by_role(
            "textbox", name=either("widget.message", "widget.placeholder")
        )
        self.send = inside.get_by_role("button", name=either("common.send", "widget.start"))
        expect(self.field).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Write, and send it as the place where it is written wants."""
        if self.field.get_attribute("aria-invalid") is None:
            super().say(text)
        else:
            self.field.fill(text)
            self.send.click()
            expect(self.log).to_be_visible()
            expect(self.field).to_have_value("")

    @property
    def frame(self) -> Frame:
        """The chat's own frame."""
        return wait_until(
            lambda: next((each for each in self.page.frames if "/widget/" in each.url), None),
            "the chat's frame is there",
        )

    def sign_of(self, text: str) -> Locator:
        """Return the sign beside an own message that says how far it has got."""
        foot = self._said.get_by_text(text, exact=True).locator("xpath=following-sibling::span")
        return foot.get_by_role("img")


class Operator(Talker):
    """Somebody at the desk, or at its door."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name=WORDS["panel.talk.messages"])
        self.field = page.get_by_role("textbox", name=WORDS["panel.composer.label"], exact=True)
        self.send = page.get_by_role("button", name=WORDS["common.send"], exact=True)
        self.email = page.get_by_label(WORDS["panel.login.email"], exact=True)
        self.password = page.get_by_label(WORDS["panel.login.password"], exact=True)

    def sign_in(self, email: str, password: str) -> Self:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.password.press("Enter")
        return self

    def is_in(self) -> Self:
        """Wait until the desk is there."""
        expect(self.page.get_by_role("heading", name=WORDS["panel.inbox.title"])).to_be_visible()
        return self

    def is_out(self) -> Self:
        """Wait until the door is there."""
        expect(self.page.get_by_role("heading", name=WORDS["panel.login.heading"])).to_be_visible()
        return self

    def sign_out(self) -> None:
        menu = re.compile(re.escape(WORDS["panel.me.menu"].replace("{{name}}", "")))
        self.page.get_by_role("button", name=menu).click()
        self.page.get_by_role("button", name=WORDS["panel.me.sign_out"]).click()

    @property
    def rail(self) -> Locator:
        """The places of the panel: at the side, or below on a phone."""
        return self.page.get_by_role("navigation", name=WORDS["panel.rail.label"])

    def row(self, text: str) -> Locator:
        """Return the chat in the list whose last message this is."""
        return self.page.locator("[data-row]").filter(has_text=text)

    def open(self, text: str) -> Self:
        """Open the chat whose last message this is."""
        self.row(text).click()
        expect(self.field).to_be_visible()
        # Rows keep their places while a pointer rests on the list.
        self.field.hover()
        return self

    def take(self) -> None:
        """Become responsible for the open chat."""
        self.page.get_by_role("button", name=WORDS["panel.talk.take"], exact=True).click()
        expect(self.page.get_by_text(WORDS["panel.talk.you_have_it"])).to_be_visible()

    def note(self, text: str) -> None:
        """Leave a word for colleagues."""
        self.page.get_by_role("button", name=WORDS["panel.composer.note"], exact=True).click()
        field = self.page.get_by_role("textbox", name=WORDS["panel.composer.note"], exact=True)
        field.fill(text)
        field.press("Enter")
        self.sees_note(text)
        self.page.get_by_role("button", name=WORDS["panel.composer.reply"], exact=True).click()

    def sees_note(self, text: str) -> None:
        """Wait until a colleague's word is in the thread."""
        expect(self.log.get_by_text(text, exact=True)).to_have_count(1)

    def delete(self, text: str) -> None:
        """Take back what was said."""
        message = self.log.locator("[data-message]").filter(has_text=text)
        message.hover()
        message.get_by_role("button", name=WORDS["panel.message.more"]).click()
        message.get_by_role("button", name=WORDS["panel.message.delete"]).click()
        message.get_by_role("button", name=WORDS["common.delete"], exact=True).click()
        expect(message).to_have_count(0)

    def hand_over(self, to: str, note: str) -> None:
        """Give the open chat to a colleague or a team."""
        self.page.get_by_role("button", name=WORDS["panel.talk.hand_over"], exact=True).click()
        dialog = self.page.get_by_role("dialog", name=WORDS["panel.hand_over.title"])
        dialog.get_by_role("radio", name=to).check()
        dialog.get_by_role("textbox", name=WORDS["panel.hand_over.note"]).fill(note)
        dialog.get_by_role("button", name=WORDS["panel.talk.hand_over"]).click()
        expect(dialog).to_be_hidden()

    def sees_waiting(self, count: int) -> None:
        """Wait until the list says that so many wait."""
        said = WORDS["panel.inbox.waiting"].replace("{{waiting}}", str(count))
        expect(self.page.get_by_role("heading", name=said)).to_have_count(1 if count else 0)


def is_red(element: Locator) -> bool:
    """Say whether people call its ground red, be it light or dark."""
    value = element.evaluate("element => getComputedStyle(element).backgroundColor")
    red, green, blue = (float(each) for each in re.findall(r"[\d.]+", value)[:3])
    return red > 1.03 * max(green, blue)
