"""The network that an address is in: what is worth telling without asking anybody else."""

from ipaddress import ip_address, ip_network
from typing import NamedTuple

BITS = {4: 24, 6: 64}
# Of a house, a company, a provider's own people, or this very machine.
INSIDE = [
    ip_network(each)
    for each in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
]


class Network(NamedTuple):
    """For example ``203.0.113.0/24``; ``private`` is one inside a house or a company."""

    name: str | None
    private: bool


def network_of(ip: str | None) -> Network:
    """Return the /24 of an IPv4 address, the /64 of an IPv6 address."""
    try:
        address = ip_address(ip or "")
    except ValueError:
        return Network(None, private=False)
    found = ip_network(f"{address}/{BITS[address.version]}", strict=False)
    return Network(str(found), private=any(address in each for each in INSIDE))
