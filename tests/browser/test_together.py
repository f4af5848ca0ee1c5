"""Several people over one chat: who is there, who writes, what is ready to be said."""

import re

from playwright.sync_api import expect

from tests.browser.street import WORDS, Street, is_red


def test_a_stroke_opens_the_canned_replies_and_fills_the_names_in(side_street: Street) -> None:
    operator = side_street.operator("liisa")
    saved = operator.page.evaluate(
        """async () => {
          const save = (shortcut, text) => fetch('/api/operator/canned.save', {
            method: 'POST', headers: {'Content-Type': 'application/json'},
            body: JSON.stringify({scope: 'own', shortcut, text}),
          }).then((answer) => answer.ok);
          const wool = 'We deliver within three days. {site.name}, {operator.name}';
          return [await save('delivery', wool),
                  await save('deposit', 'No deposit is needed.'),
                  await save('thanks', 'Thank you!')];
        }"""
    )
    assert saved == [True, True, True]
    visitor = side_street.visitor().arrive()
    visitor.say("When will it come?")
    operator.open("When will it come?")
    operator.page.keyboard.press("Escape")
    operator.page.keyboard.press("/")
    menu = operator.page.get_by_role("listbox", name=WORDS["panel.canned.title"])
    expect(menu.get_by_role("option")).to_have_count(3)
    operator.page.keyboard.type("de")
    expect(menu.get_by_role("option")).to_have_count(2)
    operator.page.keyboard.press("ArrowDown")
    operator.page.keyboard.press("ArrowUp")
    operator.page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(operator.field).to_have_value("We deliver within three days. Lõng & Lina, liisa")
    assert visitor.texts() == ["When will it come?"]
    operator.page.keyboard.press("Enter")
    visitor.sees("We deliver within three days. Lõng & Lina, liisa")


def test_an_emoji_goes_where_the_caret_is(side_street: Street) -> None:
    operator = side_street.operator()
    side_street.visitor().arrive().say("Hello")
    operator.open("Hello")
    operator.field.fill("Good day")
    operator.field.press("Home")
    operator.page.get_by_role("button", name=WORDS["panel.composer.emoji"]).click()
    operator.page.get_by_role("button", name="👋").click()
    expect(operator.field).to_have_value("👋Good day")
    expect(operator.field).to_be_focused()


def test_three_operators_and_a_supervisor_over_one_chat(side_street: Street) -> None:
    _join_second_line(side_street)
    liisa, jaan, far, mart = (
        side_street.operator(name) for name in ("liisa", "jaan", "stranger", "mart")
    )
    visitor = side_street.visitor().arrive()
    visitor.say("My throw has a hole")
    for each in (liisa, jaan, mart):
        each.sees_waiting(1)
        assert is_red(each.row("My throw has a hole"))
        expect(each.page).to_have_title(re.compile(r"^\(1\) "))
        each.open("My throw has a hole")
    expect(far.row("My throw has a hole")).to_have_count(0)
    liisa.take()
    holder = WORDS["panel.talk.has_it"].replace("{{name}}", "liisa")
    for each in (jaan, mart):
        expect(each.page.get_by_text(holder)).to_be_visible()
    here = WORDS["panel.talk.here_too"].replace("{{names}}", "jaan, mart")
    expect(liisa.page.get_by_text(here)).to_be_attached()
    jaan.field.type("I think")
    writes = WORDS["panel.talk.colleague_types"].replace("{{name}}", "jaan")
    expect(liisa.page.get_by_text(writes)).to_be_visible()
    liisa.say("That is no fault of ours")
    visitor.sees("That is no fault of ours")
    for each in (liisa, jaan, mart):
        each.sees_waiting(0)
    # The supervisor leaves a word for colleagues, answers, takes back what was said, takes over.
    mart.note("A regular: be kind")
    liisa.sees_note("A regular: be kind")
    mart.say("Of course we mend it")
    visitor.sees("Of course we mend it")
    mart.delete("That is no fault of ours")
    visitor.sees_exactly(["My throw has a hole", "Of course we mend it"])
    gone = re.compile(WORDS["panel.message.deleted_by"].partition(", {{time}}")[0][8:])
    expect(liisa.page.get_by_text(gone)).to_be_visible()
    mart.page.get_by_role("button", name=WORDS["panel.talk.take_over"], exact=True).click()
    taken = WORDS["panel.event.taken_over"].replace("{{name}}", "mart")
    expect(liisa.page.get_by_text(taken)).to_be_visible()
    # What goes to another team vanishes at once from all who reach it no more.
    visitor.say("When can I bring it?")
    for each in (liisa, jaan, mart):
        each.sees("When can I bring it?")
    mart.hand_over("Second line", "Yours now")
    for each in (liisa, jaan):
        expect(each.page.get_by_text(WORDS["panel.talk.gone"])).to_be_visible()
        expect(each.row("When can I bring it?")).to_have_count(0)
    expect(jaan.page.get_by_text("I think")).to_have_count(0)
    assert is_red(far.row("When can I bring it?"))
    far.open("When can I bring it?").sees_note("Yours now")
    far.say("Tomorrow from ten")
    visitor.sees("Tomorrow from ten")
    mart.sees("Tomorrow from ten")


def test_a_state_is_chosen_by_keyboard_and_shown_to_colleagues(side_street: Street) -> None:
    liisa = side_street.operator("liisa")
    mart = side_street.operator("mart")
    side_street.visitor().arrive().say("Is anybody there?")
    mart.open("Is anybody there?")
    menu = WORDS["panel.me.menu"].replace("{{name}}", "liisa")
    liisa.page.get_by_role("button", name=menu).click()
    states = liisa.page.get_by_role("group", name=WORDS["panel.presence.title"])
    online = states.get_by_role("radio", name=WORDS["panel.presence.online"])
    expect(online).to_be_checked()
    online.focus()
    liisa.page.keyboard.press("ArrowDown")
    busy = states.get_by_role("radio", name=WORDS["panel.presence.busy"])
    expect(busy).to_be_checked()
    mart.page.get_by_role("button", name=WORDS["panel.talk.hand_over"], exact=True).click()
    dialog = mart.page.get_by_role("dialog", name=WORDS["panel.hand_over.title"])
    row = dialog.locator("label").filter(has_text="liisa")
    expect(row).to_contain_text(WORDS["panel.presence.busy"], timeout=30_000)


def _join_second_line(street: Street) -> None:
    """Let the stranger be of the second line: an operator of another team."""
    street.server.home.write(
        "INSERT INTO team_members (team_id, operator_id, joined_at) "
        "SELECT :team, id, :at FROM operators WHERE email = 'stranger@example.org'",
        team="0" * 32,
        at="2026-01-01 00:00:00",
    )
