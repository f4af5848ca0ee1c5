"""People, teams and the log of what admins do, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.settings_desk import WORDS, Desk, own
from tests.browser.street import Street
from tests.browser.test_access import serious


def test_an_admin_changes_a_role_and_the_log_tells_of_it(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("people")
    page = desk.page
    page.get_by_role("main").get_by_role("link", name="liisa").click()
    page.get_by_role("radio", name=WORDS["panel.me.supervisor"]).check()
    expect(page.get_by_role("status").filter(has_text=own("unsaved_one", count=1))).to_be_visible()
    desk.save()
    desk.open("audit")
    expect(page.get_by_text(own("audit.part.role"))).to_be_visible()
    expect(page.locator("ins", has_text=WORDS["panel.me.supervisor"])).to_be_visible()


def test_typed_changes_wait_while_one_looks_elsewhere(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("people")
    page = desk.page
    page.get_by_role("main").get_by_role("link", name="liisa").click()
    name = page.get_by_label(own("people.name"), exact=True)
    name.fill("Liisa Tamm")
    page.get_by_role("link", name=WORDS["panel.inbox.title"]).click()
    page.get_by_role("link", name=WORDS["panel.rail.settings"]).click()
    people = page.get_by_role("navigation", name=own("title")).get_by_role(
        "link", name=own("people.title")
    )
    expect(people).to_contain_text(own("unsaved_mark"))
    people.click()
    page.get_by_role("main").get_by_role("link", name="liisa").click()
    expect(name).to_have_value("Liisa Tamm")
    page.get_by_role("button", name=own("undo")).click()
    expect(name).to_have_value("liisa")
    page.get_by_role("button", name=own("bring_back")).click()
    expect(name).to_have_value("Liisa Tamm")
    page.keyboard.press("Control+s")
    desk.is_saved()
    page.reload()
    expect(name).to_have_value("Liisa Tamm")


def test_whoever_is_disabled_is_out_at_once_and_may_come_back(side_street: Street) -> None:
    liisa = side_street.operator("liisa")
    side_street.meant = ("401",)
    desk = Desk.of(side_street, "admin")
    desk.open("people")
    page = desk.page
    page.get_by_role("main").get_by_role("link", name="liisa").click()
    page.get_by_role("button", name=own("people.disable"), exact=True).click()
    liisa.is_out()
    page.get_by_role("button", name=own("people.enable"), exact=True).click()
    expect(page.get_by_text(own("people.enabled", name="liisa"))).to_be_visible()
    liisa.sign_in(*side_street.server.home.logins["liisa"]).is_in()


def test_the_last_admin_stays_admin_and_is_told_why(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("people")
    page = desk.page
    page.get_by_role("link", name="admin@example.org").click()
    expect(page.get_by_text(own("people.last_admin"))).to_be_visible()
    expect(page.get_by_role("radio", name=WORDS["panel.me.operator"])).to_be_disabled()
    expect(page.get_by_role("button", name=own("people.disable"), exact=True)).to_have_count(0)


def test_a_team_is_made_and_its_members_are_chosen(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("teams")
    page = desk.page
    page.get_by_role("link", name=own("teams.new")).click()
    page.get_by_label(own("teams.name"), exact=True).fill("Õhtune vahetus")
    page.get_by_role("checkbox", name="liisa").check()
    page.get_by_role("button", name=own("save")).click()
    made = page.get_by_role("link", name="Õhtune vahetus")
    expect(made).to_contain_text("liisa")
    made.click()
    page.get_by_role("button", name=own("teams.remove")).click()
    page.get_by_role("button", name=own("teams.remove_sure", name="Õhtune vahetus")).click()
    expect(page.get_by_role("link", name=own("teams.new"))).to_be_visible()
    expect(made).to_have_count(0)


def test_an_operator_finds_no_administration(side_street: Street) -> None:
    desk = Desk.of(side_street, "liisa")
    desk.open("people")
    expect(desk.page.get_by_text(WORDS["panel.area.nowhere"])).to_be_visible()


def test_nothing_serious_hinders_anybody(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    for path in ("people", "teams", "teams/new", "audit"):
        desk.open(path)
        assert hindrances(desk.page) == [], path


def hindrances(page: Page) -> list[str]:
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    return serious(page)


def test_somebody_is_invited_and_the_mail_log_tells_of_it(side_street: Street) -> None:
    desk = Desk.of(side_street, "admin")
    desk.open("people")
    page = desk.page
    page.get_by_role("link", name=own("people.invite")).click()
    send = page.get_by_role("button", name=own("people.send_invitation"))
    send.click()
    expect(page.get_by_text(WORDS["panel.login.email_missing"])).to_be_visible()
    page.get_by_label(WORDS["panel.login.email"], exact=True).fill("kadri@example.org")
    page.get_by_label(own("people.name"), exact=True).fill("Kadri Põld")
    send.click()
    invited = page.get_by_role("main").get_by_role("link", name="Kadri Põld")
    expect(invited).to_contain_text(own("people.invited"))
    invited.click()
    page.get_by_role("button", name=own("people.invite_again")).click()
    expect(page.get_by_text(own("people.sent_again", email="kadri@example.org"))).to_be_visible()
    desk.open("mails")
    expect(page.get_by_text("kadri@example.org").first).to_be_visible()
    assert serious(page) == []
