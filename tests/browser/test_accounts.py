"""One's own account, the supervisor's overview, and who lost a password."""

import re

from playwright.sync_api import expect

from tests.browser.street import WORDS, Operator, Street

PASSWORD = "four quiet wooden spoons"


def test_a_new_password_ends_the_other_sessions(side_street: Street) -> None:
    side_street.meant = ("401",)
    email, present = side_street.server.home.logins["liisa"]
    liisa = side_street.operator("liisa")
    elsewhere = side_street.operator("liisa")
    liisa.page.goto(f"{side_street.server.base}/operator/account")
    sessions = liisa.page.get_by_role("listitem").filter(has_text="127.0.0.1")
    expect(sessions).to_have_count(2)
    name = liisa.page.get_by_label(WORDS["panel.account.name"], exact=True)
    name.fill("Liisa Tamm")
    liisa.page.get_by_role("button", name=WORDS["panel.account.save"], exact=True).click()
    expect(liisa.page.get_by_text(WORDS["panel.account.saved"])).to_be_visible()
    change = liisa.page.get_by_role("button", name=WORDS["panel.account.change_password"])
    present_field = liisa.page.get_by_label(WORDS["panel.account.present_password"])
    new = liisa.page.get_by_label(WORDS["panel.account.new_password"])
    present_field.fill("something else entirely")
    new.fill(PASSWORD)
    change.click()
    expect(liisa.page.get_by_text(WORDS["panel.account.wrong_password"])).to_be_visible()
    present_field.fill(present)
    new.fill(PASSWORD)
    change.click()
    elsewhere.is_out().sign_in(email, PASSWORD).is_in()
    menu = WORDS["panel.me.menu"].replace("{{name}}", "Liisa Tamm")
    expect(elsewhere.page.get_by_role("button", name=menu)).to_be_visible()


def test_the_supervisor_sees_loads_joins_and_takes_over(side_street: Street) -> None:
    liisa = side_street.operator("liisa")
    visitor = side_street.visitor().arrive()
    visitor.say("Who helps me?")
    liisa.open("Who helps me?")
    liisa.page.get_by_role("button", name=WORDS["panel.talk.take"], exact=True).click()
    expect(liisa.page.get_by_text(WORDS["panel.talk.you_have_it"])).to_be_visible()
    mart = side_street.operator("mart")
    mart.rail.get_by_role("link", name=WORDS["panel.overview.title"]).click()
    row = mart.page.get_by_role("row").filter(has_text="liisa")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    row.get_by_role("button").click()
    mart.open("Who helps me?").say("Let me help too.")
    visitor.sees("Let me help too.")
    mart.page.get_by_role("button", name=WORDS["panel.talk.take_over"], exact=True).click()
    taken = WORDS["panel.talk.has_it"].replace("{{name}}", "mart")
    expect(liisa.page.get_by_text(taken)).to_be_visible()


def test_operators_have_no_overview_and_nowhere_is_said(side_street: Street) -> None:
    liisa = side_street.operator("liisa")
    expect(
        liisa.rail.get_by_role("link", name=re.compile(WORDS["panel.inbox.title"]))
    ).to_be_visible()
    expect(liisa.rail.get_by_role("link", name=WORDS["panel.overview.title"])).to_have_count(0)
    liisa.page.goto(f"{side_street.server.base}/operator/nowhere")
    expect(liisa.page.get_by_text(WORDS["panel.area.nowhere"])).to_be_visible()


def test_a_forgotten_password_is_asked_for_and_an_old_link_says_so(side_street: Street) -> None:
    side_street.meant = ("410",)
    stranger = Operator(side_street.someone())
    stranger.page.goto(f"{side_street.server.base}/operator/")
    stranger.is_out().page.get_by_role("button", name=WORDS["panel.login.forgot"]).click()
    stranger.email.fill(side_street.server.home.logins["liisa"][0])
    stranger.page.get_by_role("button", name=WORDS["panel.forgot.send"]).click()
    expect(stranger.page.get_by_text(re.compile("link is on its way"))).to_be_visible()
    stranger.page.goto(f"{side_street.server.base}/operator/reset#link=nonsense")
    stranger.page.reload()
    expect(stranger.page.get_by_text(WORDS["panel.link.expired"])).to_be_visible()
    stranger.page.get_by_role("button", name=WORDS["panel.forgot.back"]).click()
    stranger.is_out()
