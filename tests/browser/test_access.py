"""Nothing serious stands between anybody and the chat (WCAG 2.2 AA, by axe)."""

import re
from collections.abc import Callable
from functools import partial

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Locator, Page, WebSocketRoute, expect

from tests.browser.chromium import until
from tests.browser.street import WORDS, Operator, Street

STILL = "document.getAnimations().every((each) => each.playState !== 'running')"


def serious(page: Page, frame: Frame | None = None) -> list[str]:
    """Say what stands in the way, by day and by night."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # A colour on its way to another one has neither's contrast.
        until(frame or page, STILL)
        found += Axe().run(frame or page).response["violations"]
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_no_state_of_the_panel_hinders_anybody(side_street: Street) -> None:
    operator = side_street.operator()
    page, keys = operator.page, operator.page.keyboard
    expect(page.locator("code")).to_be_visible()
    found = {"empty": serious(page)}
    visitor = side_street.visitor().arrive()
    visitor.say("Is it wool?")
    operator.open("Is it wool?").say("Pure wool")
    visitor.sees("Pure wool")
    operator.note("A regular")
    operator.say("Said by mistake")
    operator.delete("Said by mistake")
    visitor.say("And the other one?")
    operator.sees("And the other one?")
    last = operator.log.locator("[data-message]").last
    last.hover()
    last.get_by_role("button", name=WORDS["panel.message.reply"]).click()
    operator.field.fill("That one too")
    found["thread"] = serious(page)
    operator.field.fill("/")
    expect(page.get_by_text(WORDS["panel.canned.none"])).to_be_visible()
    found["canned"] = serious(page)
    operator.field.fill("")
    keys.press("Escape")
    keys.press("Escape")
    for name, open_it in _openers(operator).items():
        open_it()
        found[name] = serious(page)
        keys.press("Escape")
    page.get_by_role("button", name=WORDS["panel.search.label"], exact=True).click()
    for text, shown in (("other", "[data-found]"), ("nothing of it", "section b")):
        page.get_by_role("searchbox").fill(text)
        expect(page.locator(shown).first).to_be_visible()
        found[f"search {text}"] = serious(page)
    keys.press("Escape")
    keys.press("Escape")
    keys.press("e")
    expect(page.get_by_text(WORDS["panel.talk.closed_banner"])).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 700})
    found["closed, on a phone"] = serious(page)
    page.get_by_role("button", name=WORDS["panel.talk.back"]).click()
    with side_street.outage():
        expect(page.get_by_text(WORDS["panel.offline"])).to_be_visible()
        found["offline, on a phone"] = serious(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_what_does_not_load_hinders_nobody_either(side_street: Street) -> None:
    known = side_street.operator().page.context.storage_state()
    refused = {"inbox.list": WORDS["panel.inbox.failed"], "conversation.open": None}
    found = {}
    for command, words in refused.items():
        page = side_street.someone(storage_state=known)
        page.route_web_socket(re.compile("."), partial(_refuse, command))
        page.goto(f"{side_street.server.base}/operator/")
        if words is None:
            # Not before: a chat that comes meanwhile is shown, whatever else doesn't load.
            side_street.visitor().arrive().say("Hello")
            page.locator("[data-row]").click()
        expect(page.get_by_text(words or WORDS["panel.talk.failed"])).to_be_visible()
        found[command] = serious(page)
    assert found == {"inbox.list": [], "conversation.open": []}


def _openers(operator: Operator) -> dict[str, Callable[[], None]]:
    """Return what opens each dialog and menu, and waits until it is there."""
    page = operator.page

    def button(name: str) -> Locator:
        return page.get_by_role("button", name=name, exact=True)

    def dialog(name: str) -> None:
        expect(page.get_by_role("dialog", name=WORDS[name])).to_be_visible()

    def palette() -> None:
        page.keyboard.press("Control+k")
        dialog("panel.palette.title")

    def help_with_keys() -> None:
        page.keyboard.press("?")
        dialog("panel.keys.title")

    def hand_over() -> None:
        page.keyboard.press("h")
        dialog("panel.hand_over.title")

    def card() -> None:
        button(WORDS["panel.customer.title"]).click()
        expect(page.get_by_label(WORDS["panel.customer.note"])).to_be_visible()

    def filters() -> None:
        button(WORDS["panel.filter.label"]).click()
        expect(page.get_by_role("checkbox", name=WORDS["panel.filter.unread"])).to_be_visible()

    def emoji() -> None:
        button(WORDS["panel.composer.emoji"]).click()
        expect(button("👋")).to_be_visible()

    def menu() -> None:
        button(WORDS["panel.me.menu"].replace("{{name}}", "Admin")).click()
        expect(page.get_by_role("group", name=WORDS["panel.presence.title"])).to_be_visible()

    return {
        "palette": palette,
        "keys": help_with_keys,
        "handing over": hand_over,
        "card": card,
        "filter": filters,
        "emoji": emoji,
        "menu": menu,
    }


def _refuse(command: str, socket: WebSocketRoute) -> None:
    """Answer one command as a server in trouble does; let the rest through."""
    server = socket.connect_to_server()

    def asked(said: str | bytes) -> None:
        this = re.match(rf'42/operator,(\d+)\["{command}"', str(said))
        if this is None:
            server.send(said)
        else:
            socket.send(
                f'43/operator,{this[1]}[{{"error":{{"code":"internal","number":"7f3a19"}}}}]'
            )

    socket.on_message(asked)
    server.on_message(socket.send)


def test_login_and_widget_hinder_nobody(side_street: Street) -> None:
    stranger = Operator(side_street.someone())
    stranger.page.goto(f"{side_street.server.base}/operator/")
    stranger.is_out()
    assert serious(stranger.page) == []
    operator = side_street.operator()
    visitor = side_street.visitor().arrive()
    visitor.say("Hello")
    operator.open("Hello").say("Good day")
    visitor.sees("Good day")
    assert serious(visitor.page) == []
    assert serious(visitor.page, visitor.frame) == []
