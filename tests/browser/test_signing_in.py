"""The panel's door, as a person meets it."""

from playwright.sync_api import expect


def test_a_wrong_password_is_told_and_nothing_typed_is_lost(side_street):
    side_street.outages_are_meant = True  # the browser writes of the refusal in the console
    email, password = side_street.server.home.logins["liisa"]
    page = side_street.someone()
    page.goto(f"{side_street.server.base}/operator/")
    page.fill("input[type=email]", email)
    page.fill("input[autocomplete=current-password]", "not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("don’t match")).to_be_visible()
    expect(page.locator("input[type=email]")).to_have_value(email)
    page.fill("input[autocomplete=current-password]", password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def test_signing_out_in_one_tab_ends_the_other(side_street):
    operator = side_street.operator("liisa")
    other = side_street.tab(operator.page.context)
    other.goto(f"{side_street.server.base}/operator/")
    expect(other.get_by_role("heading", name="Inbox")).to_be_visible()
    answer = operator.page.request.post(
        f"{side_street.server.base}/api/operator/logout",
        data={},
        headers={"Origin": side_street.server.base},
    )
    assert answer.ok
    expect(other.locator("input[type=email]")).to_be_visible()
