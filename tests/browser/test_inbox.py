"""The list that operators live in: what it counts, leaves out, finds."""

import re

from playwright.sync_api import expect

from tests.browser.street import WORDS, Street


def test_tabs_count_and_the_address_keeps_view_and_filter(side_street: Street) -> None:
    operator = side_street.operator("liisa")
    for text in ("First question", "Second question"):
        side_street.visitor().arrive().say(text)
        expect(operator.row(text)).to_be_visible()
    queue = operator.page.get_by_role("link", name=WORDS["panel.inbox.view.queue"])
    mine = operator.page.get_by_role("link", name=WORDS["panel.inbox.view.mine"])
    expect(queue).to_have_text(re.compile(r"2$"))
    operator.open("First question")
    operator.page.get_by_role("button", name=WORDS["panel.talk.take"], exact=True).click()
    expect(mine).to_have_text(re.compile(r"1$"))
    expect(queue).to_have_text(re.compile(r"1$"))
    mine.click()
    expect(operator.row("Second question")).to_be_hidden()
    expect(operator.row("First question")).to_be_visible()
    operator.page.get_by_role("button", name=WORDS["panel.filter.label"], exact=True).click()
    operator.page.get_by_role("checkbox", name=WORDS["panel.filter.unread"]).check()
    expect(operator.page.get_by_text(WORDS["panel.filter.nothing"])).to_be_visible()
    operator.page.reload()
    expect(operator.page.get_by_text(WORDS["panel.filter.nothing"])).to_be_visible()
    assert "view=mine" in operator.page.url
    assert "unread=1" in operator.page.url
    operator.page.get_by_role("button", name=WORDS["panel.filter.clear"]).click()
    expect(operator.row("First question")).to_be_visible()


def test_no_row_moves_under_the_pointer(side_street: Street) -> None:
    operator = side_street.operator()
    first, second = side_street.visitor().arrive(), side_street.visitor().arrive()
    first.say("Who was first")
    expect(operator.row("Who was first")).to_be_visible()
    second.say("Who came second")
    operator.open("Who was first").say("Good day")
    first.sees("Good day")
    rows = operator.page.locator("[data-row]")
    expect(rows).to_have_text([re.compile("Who came second"), re.compile("Good day")])
    operator.row("Good day").hover()
    places = [row.bounding_box() for row in rows.all()]
    second.say("Are you there?")
    first.say("One more thing")
    side_street.visitor().arrive().say("Who came last")
    expect(operator.row("One more thing")).to_be_visible()
    new = operator.page.get_by_role(
        "button", name=WORDS["panel.inbox.newcomers"].replace("{{newcomers}}", "1")
    )
    expect(new).to_be_visible()
    assert [row.bounding_box() for row in rows.all()] == places
    operator.field.hover()
    # Longest first; who was answered in between waits since they wrote again.
    expect(rows).to_have_text(
        [re.compile(text) for text in ("Are you there?", "One more thing", "Who came last")]
    )
    clock = rows.first.locator("span").filter(has_text=re.compile(r"^\d:\d\d$"))
    before = clock.first.inner_text()
    expect(clock.first).not_to_have_text(before)


def test_a_pointer_left_on_the_list_holds_nothing_back_from_who_writes(
    side_street: Street,
) -> None:
    operator = side_street.operator()
    side_street.visitor().arrive().say("Who was first")
    operator.open("Who was first").say("Good day")
    operator.row("Good day").hover()
    side_street.visitor().arrive().say("Who came second")
    held = operator.page.get_by_role(
        "button", name=WORDS["panel.inbox.newcomers"].replace("{{newcomers}}", "1")
    )
    expect(held).to_be_visible()
    operator.page.keyboard.press("Shift")
    expect(held).to_be_visible()
    operator.field.press("G")
    expect(operator.row("Who came second")).to_be_visible()


def test_a_draft_stays_with_its_chat_over_a_reload(side_street: Street) -> None:
    operator = side_street.operator()
    for text in ("For whom the draft is", "Another chat"):
        side_street.visitor().arrive().say(text)
        expect(operator.row(text)).to_be_visible()
    operator.open("For whom the draft is").field.fill("Half a sentence")
    operator.open("Another chat")
    expect(operator.field).to_have_value("")
    draft = operator.row(WORDS["panel.inbox.draft"])
    expect(draft).to_contain_text("Half a sentence")
    operator.page.reload()
    expect(operator.field).to_have_value("")
    draft.click()
    expect(operator.field).to_have_value("Half a sentence")


def test_search_finds_words_and_leads_to_them(side_street: Street) -> None:
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say("Is the Muhu throw woven by hand?")
    operator.open("Muhu").say("Every single one of them.")
    for number in range(12):
        visitor.say(f"And another thought, number {number}")
    operator.sees("And another thought, number 11")
    side_street.visitor().arrive().say("Something else entirely")
    expect(operator.row("Something else")).to_be_visible()
    operator.page.get_by_role("button", name=WORDS["panel.search.label"], exact=True).click()
    field = operator.page.get_by_role("searchbox", name=WORDS["panel.search.label"])
    expect(field).to_be_focused()
    field.fill("wov")
    found = operator.page.locator("[data-found]")
    expect(found).to_have_count(1)
    expect(found.locator("mark")).to_have_text("wov")
    field.press("ArrowDown")
    operator.page.keyboard.press("Enter")
    line = operator.log.locator("[data-message]").filter(has_text="Muhu throw")
    expect(line).to_be_focused()
    expect(line).to_be_in_viewport()
    field.fill("nobody ever wrote this")
    expect(operator.page.get_by_text(WORDS["panel.search.nothing"], exact=True)).to_be_visible()
    field.press("Escape")
    field.press("Escape")
    expect(operator.row("Something else")).to_be_visible()


def test_an_empty_inbox_says_how_to_install_the_widget(side_street: Street) -> None:
    operator = side_street.operator()
    expect(operator.page.get_by_text(WORDS["panel.inbox.empty.all"], exact=True)).to_be_visible()
    expect(operator.page.locator("code")).to_contain_text(f"{side_street.server.base}/widget.js")
