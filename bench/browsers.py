"""The widget and the panel in Chromium, on both cores, with a processor slowed down 4x."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import requests
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench import people
from bench.cores import both
from bench.house import Bench
from bench.measure import Measure
from bench.servers import Server
from tests.browser import chromium
from tests.browser.street import Operator, Visitor

SLOWER = 4
RUNS = 3
LOADS = 21
# What the first script of a page pays for, whoever's it is: Chromium makes it once for each page.
FIRSTS = """{
  document.documentElement.className = "js";
  void localStorage.seen;
}"""
LOOK = """() => {
  const begun = performance.now();
  void localStorage.seen;
  return performance.now() - begun;
}"""
# What a page's own scripts have mostly done before ours comes: the first time costs the most.
SCRIPTS_OF_PAGE = """
  const box = document.createElement("div");
  box.className = "menu";
  box.setAttribute("role", "menu");
  box.append(document.createElement("button"));
  box.firstChild.onclick = () => (box.hidden = true);
  addEventListener("DOMContentLoaded", () => document.body.append(box));
  if (location.protocol === "http:") localStorage.seen = 1;
"""
# Asked by the page itself: Playwright's own scripts, slowed down too, take longer than the chat.
READY = """() => new Promise((done) => {
  const begun = performance.now();
  const { shadowRoot } = document.querySelector("kell-chat");
  shadowRoot.querySelector(".kell").click();
  const look = () => {
    const inside = shadowRoot.querySelector("iframe")?.contentDocument;
    if (inside?.querySelector("textarea")) done(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  look();
})"""
CHATS = 6
ALL_CHATS = 200


def measure(bench: Bench) -> list[Measure]:
    """Open the chat on the demo page, then the desk with 200 chats, in fresh browsers each time."""
    home = bench.home()
    with both(bench.cores), sync_playwright() as playwright, bench.kell(home) as server:
        browser = chromium.launch(playwright)
        bench.versions["Chromium"] = browser.version
        closed = [
            measured
            for slower in (1, SLOWER)
            for scripts in (SCRIPTS_OF_PAGE, "")
            for measured in _closed(browser, server, slower, scripts)
        ]
        looks = [_first_look(browser, server) for _ in range(LOADS)]
        visits = [_visit(browser, server) for _ in range(RUNS)]
        people.arrive(server, ALL_CHATS)
        login = (home / "first-login").read_text(encoding="utf-8").split()
        desks = [_desk(browser, server, login) for _ in range(RUNS)]
        browser.close()
    return [
        *closed,
        Measure(
            name="first_look_ms",
            unit="ms",
            runs=[median(looks)],
            about=f"a page's first look into its storage, by the clock: the median of {LOADS}",
            table="widget",
        ),
        _figure(
            "widget_ready_ms", "widget", "from the click to a field to write in", visits, 300.0
        ),
        _figure("widget_thread_ms", "widget", "the page's main thread, from the click on", visits),
        _figure("panel_ready_ms", "panel", "from the address to the list, signed in", desks),
        _figure("panel_thread_ms", "panel", "the page's main thread meanwhile", desks),
        _figure("panel_switch_ms", "panel", "from a click on a chat to its thread, p50", desks),
    ]


def _closed(browser: Browser, server: Server, slower: int, scripts: str) -> list[Measure]:
    """Measure what scripts, styles and layout take more with the loader than with an empty one."""
    loader = requests.get(f"http://127.0.0.1:{server.port}/widget.js", timeout=30).text
    loads: dict[str, list[float]] = {"": [], FIRSTS: [], loader: []}
    for _ in range(LOADS):
        for script, taken in loads.items():
            taken.append(_load(browser, server, slower, scripts, script))
    # Whoever else is on the machine only adds: the quarter of the loads that was disturbed least.
    empty, firsts, ours = (quantiles(each, n=4)[0] for each in loads.values())
    where = "on a page with scripts of its own" if scripts else "on a page without other scripts"
    name = f"closed_{'scripted' if scripts else 'alone'}_{slower}x_ms"
    return [
        Measure(
            name=f"widget_{name}",
            unit="ms",
            runs=[ours - empty],
            about=f"closed widget {where}, slowed down {slower}x: "
            f"the lower quartile of {LOADS} loads",
            table="widget",
            at_most=10.0 * slower / SLOWER,
        ),
        Measure(
            name=f"firsts_{name}",
            unit="ms",
            runs=[firsts - empty],
            about="of it, touching the document and looking into its storage for the first time",
            table="widget",
        ),
    ]


def _load(browser: Browser, server: Server, slower: int, scripts: str, loader: str) -> float:
    """Return the milliseconds of the demo page, with ``loader`` in the place of ours."""
    with _slow_page(browser, slower) as (page, busy):
        page.add_init_script(scripts)
        page.route("**/widget.js*", lambda route: route.fulfill(body=loader))
        page.goto(f"http://127.0.0.1:{server.port}/demo")
        page.wait_for_load_state("networkidle")
        return busy("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


def _first_look(browser: Browser, server: Server) -> float:
    with _slow_page(browser) as (page, _):
        page.route("**/widget.js*", lambda route: route.fulfill(body=""))
        page.goto(f"http://127.0.0.1:{server.port}/demo")
        return float(page.evaluate(LOOK))


def _visit(browser: Browser, server: Server) -> dict[str, float]:
    with _slow_page(browser) as (page, busy):
        page.goto(f"http://127.0.0.1:{server.port}/demo")
        expect(Visitor(page, "").launcher).to_be_visible()
        before = busy()
        ready = page.evaluate(READY)
        return {"widget_ready_ms": ready, "widget_thread_ms": busy() - before}


def _desk(browser: Browser, server: Server, login: list[str]) -> dict[str, float]:
    address = f"http://127.0.0.1:{server.port}/operator/"
    with _slow_page(browser) as (page, busy):
        page.goto(address)
        operator = Operator(page).sign_in(*login).is_in()
        page.goto("about:blank")
        before, begun = busy(), perf_counter()
        page.goto(address)
        expect(page.locator("[data-row]").first).to_be_visible()
        found = {"panel_ready_ms": _since(begun), "panel_thread_ms": busy() - before}
        switches = sorted(_switch(operator, number) for number in range(CHATS))
        return {**found, "panel_switch_ms": switches[CHATS // 2]}


def _switch(operator: Operator, number: int) -> float:
    before = operator.page.url
    begun = perf_counter()
    operator.page.locator("[data-row]").nth(number).click()
    operator.page.wait_for_url(lambda url: url != before)
    expect(operator.log.locator("bdi").first).to_be_visible()
    return _since(begun)


@contextmanager
def _slow_page(
    browser: Browser, slower: int = SLOWER
) -> Iterator[tuple[Page, Callable[..., float]]]:
    """Give an empty page, and what tells the milliseconds that its main thread has run.

    Not how long it took: on two cores Chromium's other processes, and whoever else is on the
    machine, would be counted too.
    """
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy(*names: str) -> float:
        metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
        wanted = names or ("TaskDuration",)
        return sum(float(each["value"]) for each in metrics if each["name"] in wanted) * 1000

    yield page, busy
    context.close()


def _since(begun: float) -> float:
    return (perf_counter() - begun) * 1000


def _figure(
    name: str, table: str, about: str, found: list[dict[str, float]], at_most: float | None = None
) -> Measure:
    runs = [each[name] for each in found]
    return Measure(name=name, unit="ms", runs=runs, about=about, table=table, at_most=at_most)
