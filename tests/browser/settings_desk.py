"""An operator who looks after the installation: the settings in the panel."""

from typing import Self

from playwright.sync_api import Page, expect

from tests.browser.street import WORDS, Street

__all__ = ["WORDS", "Desk", "own"]


def own(key: str, **values: object) -> str:
    """Return a text of the settings in English, filled in."""
    text = WORDS[f"panel.settings.{key}"]
    for name, value in values.items():
        text = text.replace(f"{{{{{name}}}}}", str(value))
    return text


class Desk:
    """The settings, as somebody who is signed in sees them."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self._base = base

    @classmethod
    def of(cls, street: Street, name: str, **options: object) -> Self:
        """Sign somebody in."""
        return cls(street.operator(name, **options).page, street.server.base)

    def open(self, path: str) -> Self:
        """Open a page of the settings by its address."""
        self.page.goto(f"{self._base}/operator/settings/{path}".rstrip("/"))
        expect(self.page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        return self

    def save(self) -> Self:
        """Press *Save*, and wait until it is."""
        self.page.get_by_role("button", name=own("save"), exact=True).click()
        return self.is_saved()

    def is_saved(self) -> Self:
        """Wait until the page says that everything is saved."""
        expect(self.page.get_by_role("status").filter(has_text=own("saved"))).to_be_visible()
        return self
