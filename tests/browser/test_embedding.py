"""The widget on a careful stranger's page: another origin, and a strict policy."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.street import Street


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
    visitor.page.evaluate(
        "() => { window.heard = []; Kell('on', 'message', (message) => heard.push(message)); }"
    )
    visitor.page.evaluate("Kell('open')")
    visitor.inside().say("Open by itself")
    operator.open("Open by itself")
    visitor.page.evaluate("Kell('close')")
    expect(visitor.field).to_be_hidden()
    operator.say("Come back")
    expect(visitor.launcher).to_have_accessible_name("Chat, 1 new message")
    visitor.page.wait_for_function("heard.length === 1")
