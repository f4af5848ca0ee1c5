"""Each answer tells the browser the least that its page needs."""

import ipaddress

import pytest
from werkzeug import Response

from kell.core.security import headers
from kell.core.security.address import Client

pytestmark = pytest.mark.once

PLAIN = Client(ipaddress.ip_address("192.0.2.1"), "http", "127.0.0.1:8080")
HTTPS = Client(ipaddress.ip_address("192.0.2.1"), "https", "chat.example.org")
KINDS = [
    headers.for_panel,
    headers.for_widget,
    headers.for_demo,
    headers.for_file,
    headers.for_answer,
]


def policy(found: dict[str, str]) -> dict[str, str]:
    rules = (rule.partition(" ") for rule in found["Content-Security-Policy"].split("; "))
    return {name: value for name, _, value in rules}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_allowed_that_is_not_named(kind):
    found = kind(PLAIN)
    assert policy(found)["default-src"] == "'none'"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "unsafe" not in found["Content-Security-Policy"]


def test_nobody_frames_the_panel():
    found = headers.for_panel(PLAIN)
    assert policy(found)["frame-ancestors"] == "'none'"
    assert found["X-Frame-Options"] == "DENY"


def test_the_widget_is_framed_by_the_sites_origins():
    assert policy(headers.for_widget(PLAIN))["frame-ancestors"] == "*"
    allowed = ["https://shop.example", "https://www.shop.example"]
    found = headers.for_widget(PLAIN, allowed)
    assert policy(found)["frame-ancestors"] == "https://shop.example https://www.shop.example"
    assert "X-Frame-Options" not in found


def test_a_widget_that_no_site_may_frame_is_framed_by_none():
    assert policy(headers.for_widget(PLAIN, []))["frame-ancestors"] == "'none'"


def test_pages_speak_to_their_own_host_alone():
    for kind in (headers.for_panel, headers.for_widget):
        assert policy(kind(PLAIN))["connect-src"] == "'self' ws://127.0.0.1:8080"
        assert policy(kind(HTTPS))["connect-src"] == "'self' wss://chat.example.org"
        for rule in ("script-src", "style-src", "font-src"):
            assert policy(kind(HTTPS))[rule] == "'self'"
        for rule in ("base-uri", "form-action"):
            assert policy(kind(HTTPS))[rule] == "'none'"


def test_browsers_stay_on_https_once_they_came_by_it():
    for kind in KINDS:
        assert "Strict-Transport-Security" in kind(HTTPS)
        assert "Strict-Transport-Security" not in kind(PLAIN)


def test_the_demo_page_may_frame_the_widget():
    assert policy(headers.for_demo(PLAIN))["frame-src"] == "'self'"


def test_other_sites_load_the_loader_but_no_answers():
    assert headers.for_file(PLAIN)["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers.for_answer(PLAIN)["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers.for_answer(PLAIN)["Cache-Control"] == "no-store"


def test_what_a_view_has_set_itself_stays():
    response = Response(headers={"Cache-Control": "max-age=60"})
    headers.add(response, headers.for_answer(PLAIN))
    assert response.headers["Cache-Control"] == "max-age=60"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
