"""The melody (CHAT-10): real notes, in one tab, not for what is looked at, muted for good."""

from playwright.sync_api import Page, expect

from tests.browser.chromium import until
from tests.browser.street import WORDS, Operator, Street
from tests.fault.cluster import wait_until

# The panel's own graph, rendered into memory instead of a loudspeaker that no test can hear.
SILENT_STUDIO = """
window.rung = [];
window.AudioContext = class extends OfflineAudioContext {
  constructor() {
    super(1, 44100, 44100);
    window.rung.push(this);
  }
  get state() { return 'running'; }
  close() { return Promise.resolve(); }
};
"""

UNTOUCHED = """
Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } });
"""

LISTEN = """async () => {
  const samples = (await window.rung[0].startRendering()).getChannelData(0);
  const peak = Math.max(...samples.map(Math.abs));
  const pitch = (from, to) => {
    let crossings = 0;
    for (let at = from; at < to; at += 1)
      if (samples[at - 1] < 0 && samples[at] >= 0) crossings += 1;
    return crossings / ((to - from) / 44100);
  };
  return { peak, first: pitch(1000, 6000), second: pitch(8000, 16000),
           end: Math.max(...samples.slice(30000).map(Math.abs)) };
}"""


def test_a_message_rings_a_falling_third_of_minus_twelve_decibels(side_street: Street) -> None:
    operator = _listening(side_street)
    side_street.visitor().arrive().say("Anybody there?")
    expect(operator.row("Anybody there?")).to_be_visible()
    _wait_for_rings(operator.page, 1)
    heard = operator.page.evaluate(LISTEN)
    assert 0.15 < heard["peak"] <= 0.2512, heard
    assert abs(heard["first"] - 659) < 15, heard
    assert abs(heard["second"] - 523) < 15, heard
    assert heard["end"] < 0.001, heard


def test_no_melody_for_the_chat_in_view_nor_when_muted(side_street: Street) -> None:
    operator = _listening(side_street)
    visitor = side_street.visitor().arrive()
    mute = operator.page.get_by_role("button", name=WORDS["panel.bell.mute"], exact=True)
    mute.click()
    visitor.say("While it is muted")
    operator.open("While it is muted")
    operator.page.keyboard.press("Escape")
    expect(operator.row("While it is muted")).to_be_visible()
    operator.page.reload()
    operator.is_in()
    expect(mute).to_have_attribute("aria-pressed", "true")
    operator.row("While it is muted").click()
    operator.sees("While it is muted")
    visitor.say("In view")
    operator.sees("In view")
    assert operator.page.evaluate("rung.length") == 0


def test_one_of_two_tabs_rings(side_street: Street) -> None:
    operator = _listening(side_street)
    other = Operator(side_street.tab(operator.page.context))
    other.page.goto(f"{side_street.server.base}/operator/")
    other.is_in().page.mouse.click(5, 700)
    expect(other.page.get_by_text(WORDS["panel.bell.held"])).to_be_hidden()
    side_street.visitor().arrive().say("One bell, please")
    for each in (operator, other):
        expect(each.row("One bell, please")).to_be_visible()
    pages = (operator.page, other.page)

    def rung() -> int:
        return sum(page.evaluate("rung.length") for page in pages)

    wait_until(rung, "one of them rings")
    # Long enough for the other one, which lets the first speak for a moment.
    other.page.wait_for_timeout(800)
    assert rung() == 1


def test_until_the_first_click_a_banner_says_why_it_is_silent(side_street: Street) -> None:
    page = side_street.tab(_listening(side_street).page.context)
    # A headless browser isn't always of one mind about a tab that nobody has touched.
    page.add_init_script(UNTOUCHED)
    page.goto(f"{side_street.server.base}/operator/")
    held = page.get_by_text(WORDS["panel.bell.held"])
    expect(held).to_be_visible()
    page.get_by_role("button", name=WORDS["panel.bell.turn_on"]).click()
    expect(held).to_be_hidden()


def _listening(street: Street) -> Operator:
    page = street.someone()
    page.context.add_init_script(SILENT_STUDIO)
    operator = Operator(page)
    page.goto(f"{street.server.base}/operator/")
    operator.sign_in(*street.server.home.logins["liisa"]).is_in()
    return operator


def _wait_for_rings(page: Page, count: int) -> None:
    until(page, f"rung.length >= {count}")
