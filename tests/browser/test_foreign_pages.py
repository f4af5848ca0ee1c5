"""The widget on pages that were made without a thought of it (issue 5)."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.foreign import SCRIPT, foreign_page
from tests.browser.street import Operator, Street, Visitor


def save_site(operator: Operator, **changes: Any) -> None:
    """Change the settings of the only site, as an admin does."""
    operator.page.evaluate(
        """async (changes) => {
            const call = async (name, given) => {
                const answer = await fetch(`/api/operator/${name}`, {
                    method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify(given) });
                if (!answer.ok) throw new Error(await answer.text());
                return answer.json();
            };
            const { sites: [{ id }] } = await call('site.list', {});
            const { revision } = await call('site.get', { site: id });
            await call('site.save', { site: id, revision, changes });
        }""",
        changes,
    )


def test_a_page_with_hostile_styles(side_street: Street) -> None:
    styles = """<style>
        :not(html) { all: unset !important; transform: rotate(9deg) !important }
        body, kell-chat { display: none !important; filter: blur(9px) } kell-chat { opacity: 0 }
        button { width: 1px !important; background: red !important }
        html { visibility: hidden; pointer-events: none; writing-mode: vertical-rl }
    </style>"""
    with foreign_page(side_street.server.base, SCRIPT, head=styles) as address:
        visitor = side_street.visitor().arrive(address)
        box = visitor.launcher.bounding_box()
        assert box is not None
        assert (round(box["width"]), round(box["height"])) == (64, 64)
        visitor.say("Styled")
        visitor.sees("Styled")
        assert visitor.page.evaluate("document.adoptedStyleSheets.length") == 0


def test_a_page_of_old_that_changes_what_everybody_uses(side_street: Street) -> None:
    globals_ = """<script>
        Array.prototype.each = function (fn) { for (var i = 0; i < this.length; i++) fn(this[i]) };
        Array.prototype.remove = function () { throw new Error('not for you') };
        Object.prototype.extend = function () { return 7 };
        Array.from = function () { return [] };
        Function.prototype.bind = function () { return function () {} };
        var $ = function () { return null }, jQuery = $, q = 1, name = 'shop', top_ = 2;
    </script>"""
    with foreign_page(side_street.server.base, SCRIPT, head=globals_) as address:
        visitor = side_street.visitor().arrive(address)
        visitor.say("Extended")
        visitor.sees("Extended")
        assert visitor.page.evaluate("[$ === jQuery, q, name]") == [True, 1, "shop"]


def test_two_widgets_on_a_page_have_two_names(side_street: Street) -> None:
    two = SCRIPT + SCRIPT.replace("async", 'async data-name="Help"')
    with foreign_page(side_street.server.base, two) as address:
        page = side_street.someone()
        page.goto(address)
        expect(page.locator("kell-chat")).to_have_count(2)
        until(page, "typeof Kell === 'function' && typeof Help === 'function'")
        page.evaluate("Help('update', {position: 'left'}); Help('open')")
        expect(page.locator("kell-chat iframe")).to_have_count(1)
        page.evaluate("Kell('open')")
        expect(page.locator("kell-chat iframe")).to_have_count(2)
        left = page.locator("kell-chat section.left.open").bounding_box()
        right = page.locator("kell-chat section.right.open").bounding_box()
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] < right["x"]


def test_a_page_inside_a_frame_of_another(side_street: Street) -> None:
    kell = side_street.server.base
    with foreign_page(kell, SCRIPT) as inner:
        frames = f'<iframe src="{inner}" width="500" height="700"></iframe>' * 2
        with foreign_page(kell, frames) as outer:
            page = side_street.someone()
            page.goto(outer)
            for number in (0, 1):
                inside = page.frame_locator("iframe").nth(number)
                inside.locator("kell-chat .kell").click()
                chat = inside.frame_locator("kell-chat iframe")
                expect(chat.get_by_role("textbox").first).to_be_visible()


def test_a_page_that_loads_no_other_and_changes_its_body(side_street: Street) -> None:
    with foreign_page(side_street.server.base, SCRIPT) as address:
        visitor = side_street.visitor().arrive(address)
        visitor.say("Before")
        visitor.page.evaluate(
            """() => { history.pushState(null, '', '/linen');
                document.body = document.createElement('body'); }"""
        )
        visitor.sees("Before")
        visitor.say("After")
        visitor.sees_exactly(["Before", "After"])


def test_who_blocks_the_storage_of_frames_keeps_the_chat_in_their_tab(
    side_street: Street,
) -> None:
    # A private window: Chromium gives a frame of another site no storage there.
    with foreign_page(side_street.server.base, SCRIPT) as address:
        visitor = side_street.visitor().arrive(address)
        assert not visitor.frame.evaluate(CAN_STORE)
        visitor.say("In private")
        visitor.page.reload()
        visitor.open().sees_exactly(["In private"])
        other = side_street.tab(visitor.page.context)
        other.goto(address)
        assert other.evaluate("sessionStorage.length") == 0


CAN_STORE = """() => { try { localStorage.setItem('x', 'x'); localStorage.removeItem('x');
    return true } catch { return false } }"""


def test_a_page_that_is_not_allowed_shows_nothing_and_says_so_once(side_street: Street) -> None:
    side_street.meant = ["is not among the pages of"]
    operator = side_street.operator()
    save_site(operator, origins=["https://shop.example"])
    said: list[str] = []
    with foreign_page(side_street.server.base, SCRIPT) as address:
        page = side_street.someone()
        page.on("console", lambda message: said.append(message.text))
        with page.expect_console_message():
            page.goto(address)
        origin = address.rstrip("/")
        assert said == [f"Kell: {origin} is not among the pages of Lõng & Lina."]
        assert page.locator("kell-chat").count() == 0
        assert page.evaluate("'Kell' in window") is False


def test_a_signed_in_customer_has_their_chat_in_another_browser_until_they_log_out(
    side_street: Street, tmp_path: Path
) -> None:
    with foreign_page(side_street.server.base, SCRIPT) as address:
        visitor = side_street.visitor()
        visitor.page.goto(address)
        heard = visitor.page.evaluate(
            """() => new Promise((done) => {
                Kell('on', 'identified', done);
                Kell('identify', { user: { id: '7', name: 'Kadri-Liis' } });
                Kell('open');
            })"""
        )
        assert heard == {"verified": False}
        visitor.inside().say("Mine")
        visitor.page.evaluate("Kell('logout')")
        until(visitor.page, "sessionStorage.length === 1")
        expect(visitor.field).to_have_attribute("aria-invalid", "false")
        visitor.say("Another's")
        visitor.sees_exactly(["Another's"])


def test_a_melody_of_minus_eighteen_decibels_rings_for_a_reply(side_street: Street) -> None:
    operator = side_street.operator()
    page = side_street.someone()
    page.add_init_script(SILENT_STUDIO)
    visitor = Visitor(page, side_street.server.base).arrive()
    visitor.say("Ring me")
    page.keyboard.press("Escape")
    expect(visitor.field).to_be_hidden()
    operator.open("Ring me").say("Here")
    expect(visitor.preview).to_contain_text("Here")
    until(visitor.frame, "window.rung.length === 1")
    heard = json.loads(visitor.frame.evaluate(LISTEN))
    assert 0.07 < heard["peak"] <= 0.1265, heard
    assert abs(heard["first"] - 392) < 20, heard
    assert abs(heard["second"] - 494) < 20, heard


# The widget's own graph, rendered into memory instead of a loudspeaker that no test can hear.
SILENT_STUDIO = """
window.rung = [];
window.AudioContext = class extends OfflineAudioContext {
  constructor() { super(1, 44100, 44100); window.rung.push(this); }
  get state() { return 'running'; }
};
"""
LISTEN = """async () => {
  const samples = (await window.rung[0].startRendering()).getChannelData(0);
  const pitch = (from, to) => {
    let crossings = 0;
    for (let at = from; at < to; at += 1)
      if (samples[at - 1] < 0 && samples[at] >= 0) crossings += 1;
    return crossings / ((to - from) / 44100);
  };
  return JSON.stringify({ peak: Math.max(...samples.map(Math.abs)),
    first: pitch(700, 4300), second: pitch(5200, 14000) });
}"""
