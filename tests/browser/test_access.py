"""Nothing serious stands between anybody and the chat (WCAG 2.2 AA, by axe)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def test_login_panel_and_widget_hinder_nobody(side_street):
    stranger = side_street.someone()
    stranger.goto(f"{side_street.server.base}/operator/")
    stranger.wait_for_selector("input[type=email]")
    assert serious(stranger) == []
    operator = side_street.operator()
    visitor = side_street.visitor(viewport={"width": 375, "height": 700}).arrive()
    visitor.say("Hello")
    operator.open("Hello")
    operator.say("Good day")
    visitor.sees("Good day")
    assert serious(operator.page) == []
    assert serious(visitor.page) == []
