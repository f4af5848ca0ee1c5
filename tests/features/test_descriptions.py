"""What is said about browsers and networks."""

import pytest

from kell.core.browsers import described
from kell.customers.networks import network_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("header", "browser", "system"),
    [
        (WINDOWS, "Firefox 144", "Windows"),
        (IPHONE, "Safari 18", "iOS 18"),
        ("nonsense", None, None),
        (None, None, None),
    ],
)
def test_browsers_have_names_for_people(header, browser, system):
    assert described(header) == (browser, system)


@pytest.mark.parametrize(
    ("ip", "name", "private"),
    [
        ("203.0.113.47", "203.0.113.0/24", False),
        ("192.168.1.9", "192.168.1.0/24", True),
        ("2a01:4f8:1:2:3::9", "2a01:4f8:1:2::/64", False),
        ("nowhere", None, False),
        (None, None, False),
    ],
)
def test_networks_are_what_the_address_says(ip, name, private):
    assert network_of(ip) == (name, private)
