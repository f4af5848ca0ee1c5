"""A phone of 375 pixels, under a thumb."""

from playwright.sync_api import Page, expect

from tests.browser.street import WORDS, Street

PHONE = {
    "viewport": {"width": 375, "height": 667},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def test_visitor_and_operator_talk_on_phones(street: Street) -> None:
    visitor = street.visitor(**PHONE).arrive()
    box = visitor.page.locator("kell-chat iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 375, "height": 667}
    visitor.tap("Asked on the way")
    operator = street.operator(**PHONE)
    operator.row("Asked on the way").tap()
    expect(operator.field).to_be_visible()
    expect(operator.row("Asked on the way")).to_be_hidden()
    operator.tap("Answered on the way")
    visitor.sees_exactly(["Asked on the way", "Answered on the way"])
    operator.page.get_by_role("button", name=WORDS["panel.talk.back"]).tap()
    expect(operator.row("Answered on the way")).to_be_visible()
    for page in (visitor.page, operator.page):
        assert _width(page) == 375


def test_what_opens_beside_a_button_stays_on_the_screen(side_street: Street) -> None:
    side_street.visitor(**PHONE).arrive().tap("A question")
    operator = side_street.operator(**PHONE)
    operator.row("A question").tap()
    for button, inside in (
        ("panel.composer.emoji", operator.page.get_by_role("group")),
        ("panel.talk.more", operator.page.get_by_role("button", name=WORDS["panel.card.about"])),
    ):
        operator.page.get_by_role("button", name=WORDS[button]).tap()
        expect(inside.last).to_be_in_viewport(ratio=1)
        operator.page.keyboard.press("Escape")


def test_a_bar_below_leads_to_every_place_of_the_panel(side_street: Street) -> None:
    operator = side_street.operator(**PHONE)
    page, bar = operator.page, operator.rail
    for place, shows in (("rail.settings", "settings.canned.title"), ("overview.title", "")):
        bar.get_by_role("link", name=WORDS[f"panel.{place}"], exact=True).tap()
        shown = page.get_by_role("main")
        if shows:
            shown = page.get_by_role("link", name=WORDS[f"panel.{shows}"])
        expect(shown).to_be_visible()
        expect(bar).to_be_in_viewport(ratio=1)
        assert _width(page) == 375
    bar.get_by_role("link", name=WORDS["panel.inbox.title"]).tap()
    expect(page.get_by_role("heading", name=WORDS["panel.inbox.title"])).to_be_visible()


def _width(page: Page) -> int:
    """Return how wide the page is, beyond the screen too."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
