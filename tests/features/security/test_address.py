"""Who is at the other end can't be made up, with or without proxies in between."""

import ipaddress
import random

import pytest

from kell.core.security import address
from kell.core.security.address import Client, bucket, client_of, parse

pytestmark = pytest.mark.once

PROXY = "10.0.0.1"
TRUSTED = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32")]


def request(peer: str = "192.0.2.1", **headers: str) -> dict[str, str]:
    return {
        "REMOTE_ADDR": peer,
        "HTTP_HOST": "kell.internal:8080",
        "wsgi.url_scheme": "http",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def test_without_proxies_no_header_changes_the_address():
    noise = random.Random(7)
    for _ in range(200):
        made_up = ".".join(str(noise.randrange(256)) for _ in range(4))
        headers = {
            "x_forwarded_for": f"{made_up}, {made_up}",
            "forwarded": f"for={made_up};proto=https;host=evil.example",
            "x_real_ip": made_up,
            "client_ip": made_up,
            "x_forwarded_host": "evil.example",
            "x_forwarded_proto": "https",
        }
        client = client_of(request(**headers))
        assert client == Client(
            ipaddress.ip_address("192.0.2.1"), "http", "kell.internal:8080", proxied=False
        )


@pytest.mark.parametrize(
    ("hops", "found"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.66, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.66,198.51.100.7,10.9.9.9", "198.51.100.7"),
        ("127.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.9, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db9::7]:4711", "2001:db9::7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("198.51.100.7, garbage, 10.0.0.2", "10.0.0.2"),
        ("garbage", PROXY),
        ("", PROXY),
        (",,,", PROXY),
        ("1.2.3.4," * 5000 + "198.51.100.7", "198.51.100.7"),
        (", ".join(["10.0.0.2"] * 5000), "10.0.0.2"),
    ],
)
def test_behind_a_trusted_proxy_the_right_most_unknown_hop_counts(hops, found):
    client = client_of(request(PROXY, x_forwarded_for=hops), TRUSTED)
    assert str(client.address) == found
    assert client.proxied


def test_an_untrusted_machine_cannot_speak_for_another():
    client = client_of(request("192.0.2.9", x_forwarded_for="198.51.100.7"), TRUSTED)
    assert str(client.address) == "192.0.2.9"


def test_a_trusted_proxy_tells_scheme_and_host():
    forwarded = {"x_forwarded_proto": "https", "x_forwarded_host": "Chat.Example.org:443"}
    client = client_of(request(PROXY, **forwarded), TRUSTED)
    assert client.origin == "https://chat.example.org"


@pytest.mark.parametrize(
    ("proto", "scheme"),
    [("wss", "https"), ("ws", "http"), ("http, https", "https"), ("gopher", "http"), ("", "http")],
)
def test_the_nearest_proxy_tells_the_scheme(proto, scheme):
    assert client_of(request(PROXY, x_forwarded_proto=proto), TRUSTED).scheme == scheme


@pytest.mark.parametrize(
    "host", ["evil.example/x", "a b", "a;b", "x'; script-src *", "a\r\nb", "[", "h:port", "a" * 300]
)
def test_what_cannot_be_a_host_is_ignored(host):
    environ = request(PROXY, x_forwarded_host=host) | {"SERVER_NAME": "::1", "SERVER_PORT": "8080"}
    assert client_of(environ, TRUSTED).host == "kell.internal:8080"
    assert client_of(environ | {"HTTP_HOST": host}, TRUSTED).host == "[::1]:8080"


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("http", "example.org:80", "http://example.org"),
        ("https", "example.org:443", "https://example.org"),
        ("https", "example.org:80", "https://example.org:80"),
        ("http", "[::1]:8080", "http://[::1]:8080"),
        ("http", "127.0.0.1:18080", "http://127.0.0.1:18080"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(scheme, host, origin):
    environ = request() | {"HTTP_HOST": host, "wsgi.url_scheme": scheme}
    assert client_of(environ).origin == origin


@pytest.mark.parametrize(
    ("host", "there"),
    [
        ("localhost", True),
        ("localhost:8080", True),
        ("shop.localhost:8080", True),
        ("127.0.0.1:8080", True),
        ("[::1]:8080", True),
        ("[::1]", True),
        ("192.168.1.5:8080", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_loopback_is_what_the_browser_calls_itself(host, there):
    assert Client(ipaddress.ip_address("127.0.0.1"), "http", host).on_loopback is there


def test_a_server_on_a_unix_socket_has_its_peer_on_this_machine():
    assert str(client_of({"REMOTE_ADDR": "", "SERVER_NAME": "kell"}).address) == "127.0.0.1"


def test_limits_count_by_ipv4_address_and_ipv6_network():
    assert bucket(ipaddress.ip_address("192.0.2.1")) == "192.0.2.1"
    assert bucket(ipaddress.ip_address("2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"


def test_a_link_local_address_is_read_without_its_interface():
    assert str(parse("fe80::1%eth0")) == "fe80::1"


def test_an_unnamed_proxy_is_told_of_once(caplog):
    address._warn_of_unnamed_proxy.cache_clear()
    for _ in range(3):
        client_of(request("127.0.0.1", x_forwarded_for="198.51.100.7"))
    assert len(caplog.messages) == 1
    assert "KELL_TRUSTED_PROXIES" in caplog.messages[0]


def test_no_warning_where_there_is_no_proxy(caplog):
    address._warn_of_unnamed_proxy.cache_clear()
    client_of(request("127.0.0.1"))
    client_of(request("192.0.2.1", x_forwarded_for="198.51.100.7"))
    client_of(request(PROXY, x_forwarded_for="198.51.100.7"), TRUSTED)
    assert caplog.messages == []
