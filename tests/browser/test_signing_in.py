"""The panel's door, as a person meets it."""

from playwright.sync_api import expect

from tests.browser.street import WORDS, Operator, Street


def test_a_wrong_password_is_told_and_nothing_typed_is_lost(side_street: Street) -> None:
    side_street.meant = ("401",)  # the browser writes of the refusal in the console
    email, password = side_street.server.home.logins["liisa"]
    operator = Operator(side_street.someone())
    operator.page.goto(f"{side_street.server.base}/operator/")
    operator.is_out().sign_in(email, "not the password")
    expect(operator.page.get_by_text(WORDS["panel.login.failed"])).to_be_visible()
    expect(operator.email).to_have_value(email)
    expect(operator.password).to_have_value("not the password")
    operator.password.fill(password)
    operator.password.press("Enter")
    operator.is_in()


def test_signing_out_in_one_tab_ends_the_other(side_street: Street) -> None:
    operator = side_street.operator("liisa")
    other = Operator(side_street.tab(operator.page.context))
    other.page.goto(f"{side_street.server.base}/operator/")
    other.is_in()
    operator.sign_out()
    operator.is_out()
    other.is_out()
    expect(other.page.get_by_text(WORDS["panel.login.ended"])).to_be_visible()
    other.page.reload()
    other.is_out()
