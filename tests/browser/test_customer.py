"""Who is on the other side: where they are, what they wrote before, what we know of them."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.street import WORDS, Operator, Street


def test_the_column_follows_the_visitor_from_page_to_page(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive("/demo?shelf=1")
    visitor.say("Is this one wool?")
    operator.open("Is this one wool?")
    column = operator.page.get_by_role("complementary", name=WORDS["panel.card.title"])
    started = _line(column, WORDS["panel.card.started_on"])
    expect(started.get_by_role("link")).to_have_attribute("href", re.compile("shelf=1$"))
    visitor.page.goto(f"{side_street.server.base}/demo?shelf=2")
    now = _line(column, WORDS["panel.card.page"])
    expect(now.get_by_role("link")).to_have_attribute("href", re.compile("shelf=2$"))
    expect(now).to_contain_text(WORDS["panel.card.page_just"])
    reading = operator.page.get_by_text(WORDS["panel.talk.here_reading"])
    expect(reading).to_be_visible()
    column.get_by_text(WORDS["panel.card.earlier_pages_one"].replace("{{count}}", "1")).click()
    expect(column.locator("details a")).to_have_attribute("href", re.compile("shelf=1$"))


def test_cards_of_one_customer_are_put_together_and_apart(side_street: Street) -> None:
    liisa, mart = side_street.operator("liisa"), side_street.operator("mart")
    side_street.visitor().arrive().say("Where is my parcel?")
    liisa.open("Where is my parcel?")
    card = _open_card(liisa)
    card.get_by_label(WORDS["panel.customer.name"], exact=True).fill("Anu Saar")
    card.get_by_role("textbox", name=WORDS["panel.card.phone"], exact=True).fill("5555")
    card.get_by_role("button", name=WORDS["panel.account.save"]).click()
    expect(card.get_by_text(WORDS["panel.customer.wrong_phone"])).to_be_visible()
    card.get_by_role("textbox", name=WORDS["panel.card.phone"], exact=True).fill("+372 5555 0147")
    liisa.page.keyboard.press("Enter")
    expect(card.get_by_text(WORDS["panel.account.saved"])).to_be_visible()
    liisa.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    side_street.visitor().arrive().say("Me again, from the phone")
    mart.open("Me again, from the phone")
    others = mart.page.get_by_role("heading", name=WORDS["panel.card.earlier_chats"])
    expect(others).to_have_count(0)
    liisa.open("Me again, from the phone")
    card = _open_card(liisa)
    find = card.get_by_role("searchbox", name=WORDS["panel.customer.find"])
    find.fill("+37255550147")
    card.get_by_role("button", name=WORDS["panel.customer.put_in"]).click()
    out = card.get_by_role("button", name=WORDS["panel.customer.take_out"])
    expect(out).to_be_visible()
    expect(card.get_by_role("checkbox")).to_have_count(2)
    # A colleague's column hears of it by itself, and leads there.
    expect(others).to_be_visible()
    mart.page.get_by_role("complementary").get_by_text("Where is my parcel?").click()
    mart.sees("Where is my parcel?")
    out.click()
    expect(card.get_by_role("checkbox")).to_have_count(0)
    expect(others).to_have_count(0)


def _open_card(operator: Operator) -> Locator:
    operator.page.get_by_role("button", name=WORDS["panel.customer.title"]).click()
    card = operator.page.get_by_role("dialog", name=WORDS["panel.customer.title"])
    expect(card.get_by_label(WORDS["panel.customer.note"])).to_be_visible()
    return card


def _line(column: Locator, label: str) -> Locator:
    return column.locator("div", has=column.page.get_by_text(label, exact=True)).last
