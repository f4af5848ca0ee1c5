"""The widget on a careful stranger's page: another origin, and a strict policy."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import WebSocket, expect

from tests.browser.chromium import until
from tests.browser.street import WORDS, Street


@pytest.fixture
def foreign(street: Street) -> Iterator[str]:
    """The address of a page on another site, whose policy allows what our docs ask for."""
    kell = street.server.base

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = self.path == "/"
            body = PAGE.format(kell=kell).encode() if is_page else b""
            self.send_response(200 if is_page else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(kell=kell))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        # By this name it is another site, whose frames get a storage of their own.
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()
        serving.join()


PAGE = """<!doctype html>
<html lang="en"><title>Somebody's shop</title><h1>Somebody's shop</h1>
<script async src="{kell}/widget.js"></script></html>"""

POLICY = "default-src 'none'; script-src {kell}; frame-src {kell}; img-src {kell}"


def test_it_works_on_a_foreign_page_with_a_strict_policy(street: Street, foreign: str) -> None:
    operator = street.operator()
    visitor = street.visitor().arrive(foreign)
    visitor.say("Asked elsewhere")
    operator.open("Asked elsewhere").say("Answered here")
    visitor.sees_exactly(["Asked elsewhere", "Answered here"])


def test_a_reload_of_a_foreign_page_finds_the_same_chat(
    street: Street, foreign: str, tmp_path: Path
) -> None:
    visitor = street.regular(tmp_path / "profile").arrive(foreign)
    visitor.say("Asked elsewhere")
    visitor.page.reload()
    visitor.open().sees_exactly(["Asked elsewhere"])


def test_the_page_may_open_and_close_it_and_hears_of_replies(street: Street, foreign: str) -> None:
    operator = street.operator()
    visitor = street.visitor()
    visitor.page.goto(foreign)
    expect(visitor.launcher).to_be_visible()
    visitor.page.evaluate(LISTEN)
    visitor.page.evaluate("Kell('open')")
    visitor.inside().say("Open by itself")
    operator.open("Open by itself")
    until(visitor.page, "heard.includes('chat:started')")
    visitor.page.evaluate("Kell('close')")
    expect(visitor.field).to_be_hidden()
    operator.say("Come back")
    expect(visitor.launcher).to_have_accessible_name("Chat, 1 new message")
    expect(visitor.preview).to_contain_text("Come back")
    until(visitor.page, "heard.includes('message Come back')")
    until(visitor.page, "heard.includes('unread 1')")
    visitor.preview.get_by_text("Come back").click()
    expect(visitor.field).to_be_visible()
    until(visitor.page, "heard.includes('unread 0')")
    assert visitor.page.evaluate("heard.filter((name) => name === 'open').length") == 2


LISTEN = """() => {
    window.heard = [];
    for (const name of ['ready', 'open', 'close', 'chat:started', 'chat:ended'])
        Kell('on', name, () => heard.push(name));
    Kell('on', 'message', ({ text }) => heard.push(`message ${text}`));
    Kell('on', 'unread', (count) => heard.push(`unread ${count}`));
}"""


def test_the_next_page_knows_of_an_unread_reply(
    street: Street, foreign: str, tmp_path: Path
) -> None:
    operator = street.operator()
    visitor = street.regular(tmp_path / "profile").arrive(foreign)
    visitor.say("Will be away")
    operator.open("Will be away")
    visitor.page.goto("about:blank")
    operator.say("Here is your answer")
    visitor.page.goto(foreign)
    expect(visitor.launcher).to_have_accessible_name("Chat, 1 new message")
    expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    expect(visitor.preview).to_contain_text("Here is your answer")


def test_a_closed_widget_is_one_request(street: Street, foreign: str) -> None:
    visitor = street.visitor()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.goto(foreign)
    expect(visitor.launcher).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.startswith(street.server.base)] == [
        f"{street.server.base}/widget.js"
    ]


def test_destroy_leaves_nothing_on_the_page(street: Street, foreign: str) -> None:
    visitor = street.visitor()
    visitor.page.goto(foreign)
    expect(visitor.launcher).to_be_visible()
    visitor.page.evaluate("Kell('open')")
    visitor.inside()
    visitor.page.evaluate("Kell('destroy')")
    assert visitor.page.evaluate(
        "() => [document.querySelectorAll('kell-chat, iframe').length, 'Kell' in window,"
        " Object.keys(history).length]"
    ) == [0, False, 0]


def test_the_operator_sees_where_the_visitor_walks(street: Street, foreign: str) -> None:
    operator = street.operator()
    visitor = street.visitor()
    met: dict[str, WebSocket] = {}
    visitor.page.on("websocket", lambda socket: met.update(socket=socket))
    visitor.arrive(foreign).say("Walking around")
    with met["socket"].expect_event("framesent", lambda frame: "Linen towels" in str(frame)):
        visitor.page.evaluate(
            "() => { history.pushState(null, '', '/linen'); document.title = 'Linen towels'; }"
        )
    # What one browser sends is done in its order: the next message comes after the step.
    visitor.say("Here now")
    operator.open("Here now")
    beside = operator.page.get_by_role("complementary", name=WORDS["panel.card.title"])
    expect(beside.get_by_role("link", name="Linen towels")).to_be_visible()
