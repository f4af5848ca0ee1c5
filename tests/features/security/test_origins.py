"""Only our own pages, and programs, may send."""

import ipaddress

import pytest

from kell.core.errors import ForeignOrigin
from kell.core.security.address import Client
from kell.core.security.origins import is_ours, refuse_foreign

pytestmark = pytest.mark.once

PUBLIC = "https://chat.example.org"
CLIENT = Client(ipaddress.ip_address("192.0.2.1"), "http", "kell.internal:8080")

OURS = ["https://chat.example.org", "http://kell.internal:8080"]
FOREIGN = [
    "null",
    "",
    "https://evil.example",
    "http://chat.example.org",
    "https://chat.example.org:8443",
    "https://chat.example.org.evil.example",
    "https://evil-chat.example.org",
    "https://chat.example.org/",
    "https://kell.internal:8080",
    "http://kell.internal",
    "http://kell.internal:80800",
]


@pytest.mark.parametrize("by_cookie", [True, False])
@pytest.mark.parametrize("origin", OURS)
def test_our_own_pages_may_send(origin, by_cookie):
    refuse_foreign({"HTTP_ORIGIN": origin}, CLIENT, PUBLIC, by_cookie=by_cookie)


@pytest.mark.parametrize("by_cookie", [True, False])
@pytest.mark.parametrize("origin", FOREIGN)
def test_other_pages_may_not(origin, by_cookie):
    with pytest.raises(ForeignOrigin):
        refuse_foreign({"HTTP_ORIGIN": origin}, CLIENT, PUBLIC, by_cookie=by_cookie)


def test_programs_send_no_origin():
    refuse_foreign({}, CLIENT, PUBLIC, by_cookie=True)


def test_without_a_public_address_only_the_requests_own_host_is_ours():
    assert is_ours(OURS[1], CLIENT, None)
    assert not is_ours(OURS[0], CLIENT, None)
    assert not is_ours("None", CLIENT, None)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browsers_cookie_cannot_be_borrowed_by_a_page_elsewhere(site):
    environ = {"HTTP_SEC_FETCH_SITE": site}
    with pytest.raises(ForeignOrigin):
        refuse_foreign(environ, CLIENT, PUBLIC, by_cookie=True)
    refuse_foreign(environ, CLIENT, PUBLIC, by_cookie=False)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_page_and_the_address_bar_may_use_the_cookie(site):
    refuse_foreign({"HTTP_SEC_FETCH_SITE": site}, CLIENT, PUBLIC, by_cookie=True)
