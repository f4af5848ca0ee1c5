"""The session's cookie is bound as tightly as the address allows."""

import ipaddress

import pytest
from werkzeug import Response

from kell.core.security import cookies, tokens
from kell.core.security.address import Client

pytestmark = pytest.mark.once

ADDRESS = ipaddress.ip_address("192.0.2.1")
HTTPS = Client(ADDRESS, "https", "chat.example.org")
LOOPBACK = Client(ADDRESS, "http", "127.0.0.1:8080")
PLAIN = Client(ADDRESS, "http", "192.168.1.5:8080")


def set_by(client: Client) -> str:
    response = Response()
    cookies.put(response, client, "secret")
    return response.headers["Set-Cookie"]


@pytest.mark.parametrize("client", [HTTPS, LOOPBACK])
def test_on_https_and_loopback_it_belongs_to_this_host_alone(client):
    header = set_by(client)
    assert header.startswith("__Host-kell=secret;")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} < set(header.split("; "))
    assert "Domain" not in header


def test_on_plain_http_it_has_a_name_that_browsers_keep():
    header = set_by(PLAIN)
    assert header.startswith("kell=secret;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} < set(header.split("; "))
    assert "Secure" not in header


def test_it_does_not_outlive_the_session():
    assert "Max-Age=2592000" in set_by(HTTPS)


@pytest.mark.parametrize("client", [HTTPS, LOOPBACK, PLAIN])
def test_signing_out_takes_the_same_cookie_away(client):
    response = Response()
    cookies.drop(response, client)
    header = response.headers["Set-Cookie"]
    assert header.startswith(f"{cookies.name(client)}=;")
    assert "Max-Age=0" in header
    assert ("Secure" in header) is cookies.is_secure(client)


def test_what_was_set_is_read():
    assert cookies.read({"HTTP_COOKIE": "a=b; __Host-kell=secret"}, HTTPS) == "secret"
    assert cookies.read({"HTTP_COOKIE": "kell=secret"}, PLAIN) == "secret"


def test_a_neighbours_odd_cookie_does_not_hide_ours():
    # On loopback every program that was ever tried out has left some.
    header = '\xff="; theme={"dark":true, "x"}; =; __Host-kell=secret; ы=1'
    assert cookies.read({"HTTP_COOKIE": header}, LOOPBACK) == "secret"


def test_a_cookie_that_a_neighbour_planted_is_not_read():
    assert cookies.read({"HTTP_COOKIE": "kell=planted"}, HTTPS) is None
    assert cookies.read({"HTTP_COOKIE": "kell=planted"}, LOOPBACK) is None


@pytest.mark.parametrize("header", ["", ";;;", "=", "\x00", "kell", 'kell="', "a" * 9000])
def test_nonsense_opens_nothing(header):
    assert not tokens.well_formed(cookies.read({"HTTP_COOKIE": header}, PLAIN) or "")
