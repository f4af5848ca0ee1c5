"""The widget and its settings on 320 pixels, with every word a third longer (LANG-1, A11Y-1)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from kell.core.clock import now
from tests.browser.settings_desk import Desk
from tests.browser.shop import set_up
from tests.browser.street import Street
from tests.fault.cluster import wait_until

NARROW = {"width": 320, "height": 640}
LOCALES = Path(__file__).parents[2] / "locales"
OPEN_TWO_DAYS_HENCE = {
    "always": False,
    "week": [
        [{"opens": "09:00", "closes": "17:00"}] if day == (now().weekday() + 2) % 7 else []
        for day in range(7)
    ],
}


def longer(text: str) -> str:
    """Make every word a third longer; what is filled in stays."""
    return re.sub(r"\{\{\w+\}\}|\w+", lambda found: _longer(found[0]), text)


def _longer(word: str) -> str:
    return word if word.startswith("{") else word + word[: -(-len(word) // 3)]


def own_texts(language: str) -> dict[str, str]:
    """Return all that a site may say otherwise, in longer words."""
    said: dict[str, str] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return {
        key: longer(text)
        for key, text in said.items()
        if key.startswith(("widget.", "common.", "form."))
    }


def fields(language: str) -> list[dict[str, Any]]:
    """Return one field of each kind."""
    label = {language: longer("Vastutusvaldkonnakirjeldus")}
    options = [{"id": f"o{number}", "labels": label} for number in range(2)]
    policy = {"url": {language: "https://shop.example/privacy"}, "version": "1"}
    return [
        {"id": "name", "kind": "text", "required": True},
        {"id": "phone", "kind": "phone", "required": True},
        {"id": "email", "kind": "email", "required": True},
        {"id": "reach", "kind": "reach", "required": True, "when": "offline"},
        {"id": "sort", "kind": "choice", "required": True, "labels": label, "options": options},
        {"id": "more", "kind": "long_text", "labels": label},
        {"id": "agree", "kind": "consent", "required": True, "labels": label, "policy": policy},
    ]


# What is on the screen and reaches over its side, or is wider than the box that hides the rest.
# A line that ends in an ellipsis says so.
STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter((each) => {
    const { width, left, right } = each.getBoundingClientRect();
    const { overflowX, textOverflow, clipPath, opacity } = getComputedStyle(each);
    if (width <= 1 || clipPath !== 'none' || opacity === '0') return false;
    const cut = overflowX !== 'visible' && textOverflow !== 'ellipsis'
        && !each.matches('input, select, textarea') && each.scrollWidth > each.clientWidth + 1;
    return left < -1 || right > 321 || cut;
}).map((each) => each.outerHTML.slice(0, 160))"""


def sticks_out(place: Frame | Page) -> Any:
    """Return what has no room, as it is written."""
    return place.evaluate(STICKS_OUT)


# The longest words, and the longest sentences.
@pytest.mark.parametrize("language", ["et", "uk"])
def test_nothing_of_the_chat_reaches_over_a_narrow_screen(
    side_street: Street, language: str
) -> None:
    texts, asked = {language: own_texts(language)}, fields(language)
    operator = side_street.operator()
    for hours in (OPEN_TWO_DAYS_HENCE, {"always": True}):
        set_up(side_street, language, texts=texts, fields=asked, hours=hours)
        visitor = side_street.visitor(locale=language, viewport=NARROW)
        visitor.page.goto(f"{side_street.server.base}/demo")
        visitor.launcher.click()
        form = visitor.page.frame_locator("kell-chat iframe").locator("form")
        expect(form).to_be_visible()
        form.locator("button[type=submit]").click()
        expect(form.locator("[aria-invalid=true]").first).to_be_focused()
        assert sticks_out(visitor.frame) == []

    set_up(side_street, language, texts=texts, fields=[])
    visitor = side_street.visitor(locale=language, viewport=NARROW)
    visitor.page.goto(f"{side_street.server.base}/demo")
    visitor.launcher.click()
    inside = visitor.page.frame_locator("kell-chat iframe")
    word = longer("Vastutusvaldkonnakirjeldus") * 3
    inside.locator("textarea").fill(word)
    inside.locator("button[type=submit]").click()
    expect(inside.get_by_role("log")).to_contain_text(word)
    operator.open(word).say(f"https://shop.example/{word}")
    inside.get_by_role("log").get_by_role("link").hover()
    inside.get_by_role("button", name=texts[language]["widget.reply"]).last.click()
    assert sticks_out(visitor.frame) == []
    inside.get_by_role("button", name=texts[language]["common.close"], exact=True).click()
    operator.say("And this")
    expect(visitor.preview).to_be_visible()
    # It is drawn anew when the page hears more of the reply.
    box = wait_until(visitor.preview.bounding_box, "the preview has a place")
    assert box["x"] >= 16
    assert sticks_out(visitor.page) == []


# Every text that is there gets longer, whoever it comes from.
LENGTHEN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const longer = (word) => word + word.slice(0, Math.ceil(word.length / 3));
        walker.currentNode.data = walker.currentNode.data.replace(/\\p{L}+/gu, longer);
    }
}"""


def test_nothing_of_a_sites_settings_reaches_over_a_narrow_screen(side_street: Street) -> None:
    topics = [{"id": "order", "labels": {"uk": "Замовлення"}}]
    set_up(side_street, "uk", fields=fields("uk"), topics=topics, hours=OPEN_TWO_DAYS_HENCE)
    [(site,)] = side_street.server.home.read("SELECT id FROM sites")
    page = side_street.operator(viewport=NARROW).page
    desk = Desk(page, side_street.server.base)
    parts = ("look", "texts", "form", "hours", "topics", "shown", "pages", "embed", "identity")
    found: list[str] = []
    for part in ("", *parts):
        desk.open(f"sites/{site}/{part}")
        page.wait_for_load_state("networkidle")
        page.evaluate(LENGTHEN)
        found += [f"{part}: {each}" for each in sticks_out(page)]
    assert found == []
