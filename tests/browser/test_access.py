"""Nothing serious stands between anybody and the chat (WCAG 2.2 AA, by axe)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.street import Operator, Street


def serious(page: Page, frame: Frame | None = None) -> list[str]:
    """Say what stands in the way, by day and by night."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += Axe().run(frame or page).response["violations"]
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_login_panel_and_widget_hinder_nobody(side_street: Street) -> None:
    stranger = Operator(side_street.someone())
    stranger.page.goto(f"{side_street.server.base}/operator/")
    stranger.is_out()
    assert serious(stranger.page) == []
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say("Hello")
    expect(operator.row("Hello")).to_be_visible()
    assert serious(operator.page) == []
    operator.open("Hello").say("Good day")
    visitor.sees("Good day")
    assert serious(operator.page) == []
    assert serious(visitor.page) == []
    assert serious(visitor.page, visitor.frame) == []
