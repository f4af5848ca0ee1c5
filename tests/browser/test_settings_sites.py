"""Sites: how the chat looks, what it says and asks, when it is open, and where it may stand."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.settings_desk import WORDS, Desk, own
from tests.browser.street import Street
from tests.browser.test_access import serious

SITE = re.compile("Lõng")


def at_site(street: Street, section: str = "") -> Desk:
    """Open a section of the one site that there is."""
    desk = Desk.of(street, "admin")
    desk.open("")
    menu = desk.page.get_by_role("navigation", name=own("title"))
    menu.get_by_role("link", name=SITE).click()
    if section:
        menu.get_by_role("link", name=own(f"{section}.title"), exact=True).click()
    expect(desk.page.get_by_role("heading", level=2).first).to_be_visible()
    return desk


def preview(page: Page) -> Locator:
    return page.get_by_test_id("preview")


def test_a_colour_that_cannot_be_read_on_is_explained_and_mended(side_street: Street) -> None:
    desk = at_site(side_street, "look")
    page = desk.page
    colour = page.get_by_label(own("look.color"), exact=True)
    colour.fill("#777c80")
    expect(colour).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name=own("look.darker", color="")).click()
    expect(colour).to_have_attribute("aria-invalid", "false")
    page.get_by_role("radio", name=own("look.left")).check()
    desk.save()
    visitor = side_street.visitor()
    visitor.page.goto(f"{side_street.server.base}/demo")
    expect(visitor.launcher).to_be_visible()
    box = visitor.launcher.bounding_box()
    assert box is not None
    assert box["x"] < 640


def test_the_preview_shows_what_is_typed_before_it_is_saved(side_street: Street) -> None:
    desk = at_site(side_street, "look")
    page = desk.page
    page.get_by_label(f"{own('look.greeting')}, English").fill("Hi there, weaver!")
    expect(preview(page).get_by_text("Hi there, weaver!").first).to_be_visible()


def test_own_words_reach_the_visitor_and_emptied_ones_go(side_street: Street) -> None:
    desk = at_site(side_street, "texts")
    page = desk.page
    greeting = page.get_by_label(WORDS["widget.greeting"], exact=True)
    expect(greeting).to_have_attribute("placeholder", WORDS["widget.greeting"])
    greeting.fill("What shall we weave?")
    desk.save()
    page.reload()
    expect(greeting).to_have_value("What shall we weave?")
    page.get_by_role("button", name=own("texts.default", text=WORDS["widget.greeting"])).click()
    desk.save()
    expect(greeting).to_have_value("")


def test_fields_are_ordered_by_keyboard_and_dragged(side_street: Street) -> None:
    desk = at_site(side_street, "form")
    page = desk.page
    names = page.locator("main ol > li button[aria-expanded]")
    known = [own(f"form.known.{each}") for each in ("name", "reach", "email", "phone")]
    expect(names).to_have_text(known)
    grip = page.get_by_role("button", name=own("move", name=known[2]), exact=True)
    grip.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(names).to_have_text([known[2], known[0], known[1], known[3]])
    expect(grip).to_be_focused()
    grip.hover()
    page.mouse.down()
    target = page.get_by_role("button", name=own("move", name=known[3]), exact=True).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 4, target["y"] + target["height"] + 8, steps=12)
    page.mouse.up()
    expect(names).to_have_text([known[0], known[1], known[3], known[2]])
    desk.save()


def test_a_consent_says_what_it_lacks_and_is_kept_once_it_has_it(side_street: Street) -> None:
    desk = at_site(side_street, "form")
    side_street.meant = ("400", "422")
    page = desk.page
    page.get_by_role("button", name=own("form.add")).click()
    page.get_by_role("button", name=own("form.own.consent")).click()
    page.get_by_role("button", name=own("save"), exact=True).click()
    expect(page.get_by_text(own("form.consent_needs"))).to_be_visible()
    page.get_by_label(f"{own('form.label')}, English").fill("You may keep what I write")
    page.get_by_label(f"{own('form.policy')}, English").fill("https://shop.example/privacy")
    desk.save()
    expect(preview(page).get_by_text("You may keep what I write")).to_be_visible()


def test_hours_are_typed_as_one_likes_and_said_in_a_sentence(side_street: Street) -> None:
    desk = at_site(side_street, "hours")
    page = desk.page
    page.get_by_role("switch", name=own("hours.always")).uncheck()
    opens = page.get_by_label(own("hours.opens", day="Monday"), exact=True)
    opens.fill("8.30")
    opens.press("Tab")
    expect(opens).to_have_value("08:30")
    page.get_by_role("button", name=own("hours.same")).click()
    expect(page.get_by_label(own("hours.opens", day="Friday"), exact=True)).to_have_value("08:30")
    page.get_by_role("switch", name=own("hours.closed_on_holidays")).check()
    page.get_by_label(own("hours.country"), exact=True).select_option("EE")
    said = own("hours.next_holidays", days="").rstrip(".")
    expect(page.get_by_text(said)).to_be_visible()
    desk.save()
    page.reload()
    expect(opens).to_have_value("08:30")


def test_what_somebody_else_saved_meanwhile_is_told_and_nothing_typed_is_lost(
    side_street: Street,
) -> None:
    side_street.meant = ("409",)
    desk = at_site(side_street, "look")
    other = at_site(side_street, "shown")
    desk.page.get_by_role("radio", name=own("look.dark")).check()
    other.page.get_by_role("switch", name=own("shown.people")).uncheck()
    other.save()
    page = desk.page
    page.get_by_role("button", name=own("save"), exact=True).click()
    said = own("conflict", parts=own("shown.title"))
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("radio", name=own("look.dark"))).to_be_checked()
    desk.save()


def test_a_page_is_allowed_as_it_is_pasted(side_street: Street) -> None:
    desk = at_site(side_street, "pages")
    page = desk.page
    field = page.get_by_label(own("pages.add"))
    field.fill("not an address")
    field.press("Enter")
    expect(page.get_by_text(own("pages.no_origin"))).to_be_visible()
    field.fill("https://Shop.example/cart?x=1")
    field.press("Enter")
    expect(page.get_by_text("https://shop.example", exact=True)).to_be_visible()
    desk.save()


def test_a_picture_is_uploaded_and_something_else_is_refused(side_street: Street) -> None:
    side_street.meant = ("400", "415", "422")
    desk = at_site(side_street, "look")
    page = desk.page
    page.get_by_role("radio", name=own("look.with_logo")).check()
    upload = page.locator('input[type="file"]')
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_text(own("look.no_picture"))).to_be_visible()
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": DOT})
    expect(page.get_by_role("img", name=own("look.with_logo"))).to_be_visible()
    desk.save()


def test_a_new_site_is_made_and_removed(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("sites/new")
    page = desk.page
    page.get_by_label(own("name"), exact=True).fill("Teine pood")
    page.get_by_role("button", name=own("new_site.create")).click()
    expect(page.get_by_role("heading", level=1, name="Teine pood")).to_be_visible()
    expect(page.get_by_text("widget.js?site=")).to_be_visible()
    page.get_by_role("button", name=own("remove_site")).click()
    page.get_by_role("button", name=own("remove_site"), exact=True).click()
    expect(page.get_by_role("heading", level=1, name=own("home.title"))).to_be_visible()
    menu = page.get_by_role("navigation", name=own("title"))
    expect(menu.get_by_role("link", name="Teine pood")).to_have_count(0)


def test_the_page_notices_that_the_widget_is_installed(side_street: Street) -> None:
    desk = at_site(side_street, "embed")
    expect(desk.page.get_by_role("heading", name=own("embed.never"))).to_be_visible()
    side_street.visitor().arrive()
    installed = re.compile(re.escape(own("embed.ok").split("{{")[0]))
    expect(desk.page.get_by_role("heading", name=installed)).to_be_visible()


def test_nothing_serious_hinders_anybody(side_street: Street) -> None:
    desk = at_site(side_street)
    menu = desk.page.get_by_role("navigation", name=own("title"))
    assert serious(desk.page) == []
    sections = ("look", "texts", "form", "hours", "topics", "shown", "pages", "embed")
    for section in sections:
        menu.get_by_role("link", name=own(f"{section}.title"), exact=True).click()
        expect(desk.page.get_by_role("heading", level=2).first).to_be_visible()
        assert serious(desk.page) == [], section


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def test_the_secret_is_made_shown_and_renewed(side_street: Street) -> None:
    desk = at_site(side_street, "identity")
    page = desk.page
    page.get_by_role("button", name=own("identity.make")).click()
    secret = page.locator("main pre").first
    expect(secret).to_have_text(re.compile(r"^\S{20,}$"))
    first = secret.inner_text()
    page.get_by_role("button", name=own("identity.renew"), exact=True).click()
    expect(page.get_by_text(own("identity.renew_sure"))).to_be_visible()
    page.get_by_role("button", name=own("identity.renew"), exact=True).click()
    expect(secret).not_to_have_text(first)
    assert serious(page) == []
