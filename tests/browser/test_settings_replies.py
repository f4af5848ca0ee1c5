"""Canned replies: for everybody, found by / in a chat."""

from playwright.sync_api import expect

from tests.browser.settings_desk import Desk, own
from tests.browser.street import Street
from tests.browser.test_access import serious


def test_an_operator_writes_one_and_brings_back_what_was_removed(side_street: Street) -> None:
    desk = Desk.of(side_street, "liisa")
    desk.open("")
    page = desk.page
    page.get_by_role("link", name=own("canned.new")).click()
    page.get_by_label(own("canned.shortcut"), exact=True).fill("tarne")
    page.get_by_label(own("canned.text"), exact=True).fill("Tere, ")
    page.get_by_role("button", name=own("canned.variable.visitor.name")).click()
    expect(page.get_by_label(own("canned.text"), exact=True)).to_have_value("Tere, {visitor.name}")
    page.get_by_role("button", name=own("save"), exact=True).click()
    expect(page.get_by_role("heading", level=1, name="/tarne")).to_be_visible()
    page.get_by_role("button", name=own("canned.remove"), exact=True).click()
    expect(page.get_by_text(own("canned.removed", shortcut="tarne"))).to_be_visible()
    page.get_by_role("button", name=own("bring_back")).click()
    expect(page.get_by_role("link", name="/tarne")).to_be_visible()
    assert serious(page) == []


def test_a_shortcut_is_taken_once_and_typed_words_stay(side_street: Street) -> None:
    side_street.meant = ("409",)
    desk = Desk.of(side_street, "admin")
    page = desk.page
    for text in ("First", "Second"):
        desk.open("canned/new")
        page.get_by_label(own("canned.shortcut"), exact=True).fill("arve")
        page.get_by_label(own("canned.text"), exact=True).fill(text)
        page.get_by_role("button", name=own("save"), exact=True).click()
        if text == "First":
            expect(page.get_by_role("heading", level=1, name="/arve")).to_be_visible()
    expect(page.get_by_text(own("canned.shortcut_taken"))).to_be_visible()
    expect(page.get_by_label(own("canned.text"), exact=True)).to_have_value("Second")
    page.get_by_role("button", name=own("undo")).click()
    assert serious(page) == []
