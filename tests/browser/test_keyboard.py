"""The whole work by keyboard alone."""

import re

from playwright.sync_api import expect

from tests.browser.street import WORDS, Street
from tests.fault.cluster import wait_until


def test_a_day_without_a_mouse(side_street: Street) -> None:
    operator = side_street.operator("liisa")
    keys = operator.page.keyboard
    visitor = side_street.visitor().arrive()
    visitor.say("Waits the longest")
    expect(operator.row("Waits the longest")).to_be_visible()
    side_street.visitor().arrive().say("Came later")
    expect(operator.row("Came later")).to_be_visible()
    operator.page.mouse.move(700, 400)
    keys.press("w")
    operator.sees("Waits the longest")
    keys.press("t")
    taken = operator.page.get_by_text(WORDS["panel.talk.you_have_it"])
    expect(taken).to_be_visible()
    keys.press("r")
    expect(operator.field).to_be_focused()
    keys.type("Good day!")
    keys.press("Enter")
    visitor.sees("Good day!")
    keys.press("ArrowUp")
    expect(operator.log.locator("[data-message]").last).to_be_focused()
    keys.press("ArrowUp")
    keys.press("r")
    expect(operator.field).to_be_focused()
    keys.type("To your question")
    keys.press("Enter")
    visitor.sees("To your question")
    keys.press("ArrowUp")
    keys.press("Delete")
    keys.press("Enter")
    visitor.sees_exactly(["Waits the longest", "Good day!"])
    keys.press("n")
    note = operator.page.get_by_role("textbox", name=WORDS["panel.composer.note"], exact=True)
    expect(note).to_be_focused()
    keys.type("A regular")
    keys.press("Enter")
    expect(operator.log.get_by_text("A regular")).to_be_visible()
    keys.press("Escape")
    keys.press("e")
    expect(operator.page.get_by_text(WORDS["panel.talk.closed_banner"])).to_be_visible()
    keys.press("Escape")
    expect(operator.page.get_by_text(WORDS["panel.talk.none"])).to_be_visible()
    keys.press("j")
    operator.sees("Came later")


def test_the_list_the_column_and_the_bell_have_keys(side_street: Street) -> None:
    operator = side_street.operator(viewport={"width": 1024, "height": 768})
    keys = operator.page.keyboard
    for text in ("Waits the longest", "Came later"):
        side_street.visitor().arrive().say(text)
        expect(operator.row(text)).to_be_visible()
    keys.press("w")
    keys.press("j")
    operator.sees("Came later")
    keys.press("k")
    operator.sees("Waits the longest")
    keys.press("i")
    close = operator.page.get_by_role("button", name=WORDS["panel.card.close"])
    expect(close).to_be_focused()
    keys.press("Escape")
    expect(close).to_be_hidden()
    for digit, view in (("2", "mine"), ("1", "all")):
        keys.press(digit)
        shown = operator.page.get_by_role("link", name=WORDS[f"panel.inbox.view.{view}"])
        expect(shown).to_have_attribute("aria-current", "page")
    keys.press("m")
    mute = operator.page.get_by_role("button", name=WORDS["panel.bell.mute"], exact=True)
    expect(mute).to_have_attribute("aria-pressed", "true")


def test_whoever_types_at_once_after_r_loses_no_letter(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say("Hello")
    operator.open("Hello")
    keys = operator.page.keyboard
    keys.press("Escape")
    for answer in ("Good day", "Gladly", "Goodbye"):
        keys.press("n")
        keys.press("Escape")
        keys.type(f"r{answer}")
        expect(operator.field).to_have_value(answer)
        keys.press("Enter")
        visitor.sees(answer)
        keys.press("Escape")


def test_the_question_mark_shows_the_keys_and_letters_can_be_switched_off(
    side_street: Street,
) -> None:
    operator = side_street.operator()
    side_street.visitor().arrive().say("Hello")
    expect(operator.row("Hello")).to_be_visible()
    operator.page.keyboard.press("?")
    shown = operator.page.get_by_role("dialog", name=WORDS["panel.keys.title"])
    expect(shown.get_by_text(WORDS["panel.keys.longest"])).to_be_visible()
    shown.get_by_role("checkbox", name=WORDS["panel.me.shortcuts"]).uncheck()
    operator.page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    operator.page.keyboard.press("w")
    operator.page.keyboard.press("?")
    expect(shown).to_be_hidden()
    expect(operator.page.get_by_text(WORDS["panel.talk.none"])).to_be_visible()


def test_enter_can_be_a_new_line(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say("Hello")
    expect(operator.row("Hello")).to_be_visible()
    keys = operator.page.keyboard
    keys.press("?")
    operator.page.get_by_role("checkbox", name=WORDS["panel.keys.swap"]).check()
    keys.press("Escape")
    operator.open("Hello").field.click()
    keys.type("Two")
    keys.press("Enter")
    keys.type("lines")
    expect(operator.field).to_have_value("Two\nlines")
    keys.press("Control+Enter")
    visitor.sees("Two lines")


def test_ctrl_k_finds_chats_people_and_commands(side_street: Street) -> None:
    operator = side_street.operator()
    keys = operator.page.keyboard
    side_street.visitor().arrive().say("Where is my linen?")
    expect(operator.row("linen")).to_be_visible()
    keys.press("Control+k")
    palette = operator.page.get_by_role("dialog", name=WORDS["panel.palette.title"])
    field = palette.get_by_role("combobox")
    expect(field).to_be_focused()
    first = palette.get_by_role("option").first

    def found() -> bool:
        # Words may be found a moment after the message is there.
        field.fill("")
        field.fill("linen")
        expect(palette.get_by_text(WORDS["panel.loading"])).to_have_count(0)
        return first.is_visible() and "linen?" in first.inner_text()

    wait_until(found, "the chat is found")
    keys.press("Enter")
    operator.sees("Where is my linen?")
    keys.press("Control+k")
    field.fill("clos")
    choice = palette.get_by_role("option", name=re.compile(f"^{WORDS['panel.talk.close']}"))
    expect(choice).to_be_visible()
    choice.click()
    expect(operator.page.get_by_text(WORDS["panel.talk.closed_banner"])).to_be_visible()
    keys.press("Control+k")
    field.fill("liisa")
    expect(palette.get_by_role("option").first).to_contain_text("liisa", ignore_case=True)
    keys.press("Enter")
    expect(operator.page.get_by_text(WORDS["panel.filter.nothing"])).to_be_visible()


def test_a_chat_is_handed_over_with_a_word(side_street: Street) -> None:
    liisa = side_street.operator("liisa")
    mart = side_street.operator("mart")
    side_street.visitor().arrive().say("A hard question")
    liisa.open("A hard question")
    liisa.page.keyboard.press("Escape")
    liisa.page.keyboard.press("h")
    dialog = liisa.page.get_by_role("dialog", name=WORDS["panel.hand_over.title"])
    dialog.get_by_role("searchbox").fill("mart")
    dialog.get_by_role("textbox", name=WORDS["panel.hand_over.note"]).fill("You know this best")
    liisa.page.keyboard.press("Tab")
    dialog.get_by_role("button", name=WORDS["panel.talk.hand_over"]).click()
    expect(dialog).to_be_hidden()
    expect(liisa.log.get_by_text("You know this best")).to_be_visible()
    mine = mart.page.get_by_role("link", name=WORDS["panel.inbox.view.mine"])
    expect(mine).to_have_text(re.compile(r"1$"))
    mine.click()
    mart.row("").first.click()
    expect(mart.log.get_by_text("You know this best")).to_be_visible()
