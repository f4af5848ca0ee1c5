"""Five thousand open chats, a hundred thousand closed ones, a year-long thread: a quick hand."""

import gc
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.crowd import lengthen_thread, multiply_chats
from tests.browser.street import WORDS, Operator, Street
from tests.fault.cluster import wait_until

HOLES_IN_LIST = """async () => {
  const scroller = document.querySelector('section [data-scroller]');
  const { left, right, top, bottom } = scroller.getBoundingClientRect();
  const middle = (left + right) / 2;
  let holes = 0, looked = 0, step = 0;
  const frame = () => new Promise(requestAnimationFrame);
  while (looked < 400) {
    scroller.scrollTop += 90 + (step = (step + 37) % 160);
    await frame();
    for (const y of [top + 80, (top + bottom) / 2, bottom - 60]) {
      const there = document.elementFromPoint(middle, y);
      // Between two rows there is a gap of three pixels, at the end of what was read a grey shape.
      const close = there?.closest('[data-row], h2, [role=status]')
        ?? document.elementFromPoint(middle, y + 4)?.closest('[data-row], h2, [role=status]');
      if (!close) holes += 1;
      looked += 1;
    }
  }
  return { holes, looked };
}"""

# Follows lines of the thread while it is scrolled: what is in sight moves as the wheel says.
JUMPS_IN_THREAD = """async () => {
  const scroller = document.querySelector('[data-thread]');
  const frame = () => new Promise(requestAnimationFrame);
  const { top, bottom } = scroller.getBoundingClientRect();
  const seen = () => [...scroller.querySelectorAll('[data-message]')].find((each) => {
    const box = each.getBoundingClientRect();
    return box.top > top + 50 && box.bottom < bottom - 50;
  });
  const jumps = [];
  let blank = 0;
  const up = 130, rounds = 1200;
  for (let round = 0; round < rounds && scroller.scrollTop > 400; round += 1) {
    const line = seen();
    const before = line?.getBoundingClientRect().top;
    scroller.scrollTop -= up;
    await frame();
    if (!line) blank += 1;
    else if (!line.isConnected) jumps.push('gone');
    else {
      const moved = line.getBoundingClientRect().top - before;
      if (Math.abs(moved - up) > 1.5) jumps.push(moved);
    }
    await frame();
  }
  const texts = scroller.querySelectorAll('[data-message]').length;
  return { jumps, blank, drawn: texts, all: scroller.scrollHeight };
}"""


def test_a_list_of_thousands_scrolls_without_a_hole(side_street: Street) -> None:
    operator = _with_chats(side_street, opened=5_000, closed=100_000)
    expect(operator.page.locator("[data-row]").first).to_be_visible()
    found = operator.page.evaluate(HOLES_IN_LIST)
    assert found["holes"] == 0, found
    assert operator.page.locator("[data-row]").count() < 60
    operator.page.get_by_role("link", name=WORDS["panel.inbox.view.closed"]).click()
    expect(operator.page.locator("[data-row]").first).to_be_visible()
    assert operator.page.evaluate(HOLES_IN_LIST)["holes"] == 0


def test_arrows_end_and_home_reach_rows_that_are_not_drawn(side_street: Street) -> None:
    operator = _with_chats(side_street, opened=140)
    rows = operator.page.locator("[data-row]")
    rows.first.focus()
    for _ in range(40):
        operator.page.keyboard.press("ArrowDown")
    here = operator.page.locator("li:has(:focus)")
    expect(here).to_have_attribute("aria-posinset", "41")
    expect(here).to_be_in_viewport()
    operator.page.keyboard.press("Home")
    expect(here).to_have_attribute("aria-posinset", "1")
    expect(here).to_be_in_viewport()


def test_a_thread_of_thousands_keeps_the_readers_place(side_street: Street) -> None:
    visitor = side_street.visitor().arrive()
    visitor.say("Line 1")
    _wait_until_kept(side_street)
    lengthen_thread(side_street.server.home, 3_000)
    operator = side_street.operator()
    operator.page.locator("[data-row]").click()
    expect(operator.log).to_contain_text("Line 3000.")
    operator.field.hover()
    found = operator.page.evaluate(JUMPS_IN_THREAD)
    assert found["blank"] == 0, found
    assert found["jumps"] == [], found
    assert found["drawn"] < 400, found


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("chats_opened", "growth"), [(130, 1.1), pytest.param(1_001, 1.2, marks=pytest.mark.soak)]
)
def test_switching_between_many_chats_leaks_nothing(
    side_street: Street, chats_opened: int, growth: float
) -> None:
    operator = _with_chats(side_street, opened=chats_opened)
    [*chats] = [
        row.id for row in side_street.server.home.read("SELECT id FROM conversations ORDER BY id")
    ]
    page = operator.page
    # Once around, so that the caches are as full as they may get.
    _walk(page, chats[:60])
    before = _heap(page)
    _walk(page, chats)
    _walk(page, chats[:3])
    after = _heap(page)
    assert after <= before * growth, f"{before / 1e6:.2f} MB before, {after / 1e6:.2f} MB after"


def _with_chats(street: Street, *, opened: int, closed: int = 0) -> Operator:
    visitor = street.visitor().arrive()
    visitor.say("The first of many")
    _wait_until_kept(street)
    visitor.page.context.close()
    multiply_chats(street.server.home, opened=opened, closed=closed)
    return street.operator()


def _wait_until_kept(street: Street) -> None:
    wait_until(lambda: street.server.home.read("SELECT id FROM messages"), "the message is kept")


def _walk(page: Page, chats: list[str]) -> None:
    """Open one chat after the other, as links do."""
    page.evaluate(
        """async (chats) => {
          const until = async (condition) => {
            while (!condition()) await new Promise(requestAnimationFrame);
          };
          for (const chat of chats) {
            history.pushState(null, '', `/operator/c/${chat}`);
            dispatchEvent(new PopStateEvent('popstate'));
            await until(() => document.querySelector(`[data-thread="${chat}"] [data-message]`));
            // No faster than anybody may read: 600 a minute, and a chat is more than one.
            await new Promise((done) => setTimeout(done, 300));
          }
        }""",
        chats,
    )


def _heap(page: Page) -> float:
    gc.collect()
    session: Any = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used)
