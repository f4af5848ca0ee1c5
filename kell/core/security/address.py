"""Who is at the other end: address, scheme and host, with and without proxies in between.

Works on a bare WSGI environ, because sockets have no Flask request. ``Forwarded`` and ``X-Real-IP``
are never read: anyone can send them, and the proxies that we document set ``X-Forwarded-*``.
"""

import ipaddress
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

log = logging.getLogger(__name__)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HOPS_AT_MOST = 20
_MACHINE = ipaddress.ip_address("127.0.0.1")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9.])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
# Some proxies name the protocol of a WebSocket, which travels on the same connection.
_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
_USUAL_PORT = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Client:
    """The other end of a request, as far as trusted machines know it."""

    address: Address
    scheme: str
    host: str
    """With its port, unless that is the scheme's usual one: as in an ``Origin``."""
    proxied: bool = False
    """A trusted proxy stands in between."""

    @property
    def origin(self) -> str:
        """The origin under which this client reached us (RFC 6454)."""
        return f"{self.scheme}://{self.host}"

    @property
    def on_loopback(self) -> bool:
        """Whether the address in the browser names the browser's own machine."""
        name = self.host.rsplit(":", 1)[0] if not self.host.endswith("]") else self.host
        name = name.strip("[]")
        if name == "localhost" or name.endswith(".localhost"):
            return True
        found = parse(name)
        return found is not None and found.is_loopback


def client_of(environ: Mapping[str, Any], trusted: Iterable[Network] = ()) -> Client:
    """Return who sent the request of ``environ``.

    The address is the right-most hop that isn't one of the ``trusted`` proxies: every hop to its
    left was named by somebody whom we don't know.
    """
    networks = tuple(trusted)
    # A server on a Unix socket gives no address: its peer is on this machine.
    peer = parse(str(environ.get("REMOTE_ADDR") or "")) or _MACHINE
    scheme = str(environ.get("wsgi.url_scheme") or "http")
    host = _host(str(environ.get("HTTP_HOST") or "")) or _server(environ)
    proxied = _is_in(peer, networks)
    if not proxied:
        if peer.is_loopback and not networks and "HTTP_X_FORWARDED_FOR" in environ:
            _warn_of_unnamed_proxy()
        return Client(peer, scheme, _without_usual_port(host, scheme))
    scheme = _SCHEMES.get(_last(environ, "HTTP_X_FORWARDED_PROTO").lower(), scheme)
    host = _host(_last(environ, "HTTP_X_FORWARDED_HOST")) or host
    address = _first_unknown(peer, str(environ.get("HTTP_X_FORWARDED_FOR") or ""), networks)
    return Client(address, scheme, _without_usual_port(host, scheme), proxied=True)


def parse(text: str) -> Address | None:
    """Read an address, with or without a port; return an IPv4 one when it only wears IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def bucket(address: Address) -> str:
    """Return what limits count by: an IPv4 address, or the /64 that one IPv6 customer gets."""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


@cache
def _warn_of_unnamed_proxy() -> None:
    """Say it once: requests come by the hundred."""
    log.warning(
        "a proxy on this machine isn't named in KELL_TRUSTED_PROXIES: all visitors seem to come "
        "from loopback, and limits by address are off"
    )


def _first_unknown(peer: Address, header: str, trusted: tuple[Network, ...]) -> Address:
    nearest = peer
    for hop in header.rsplit(",", HOPS_AT_MOST)[: -HOPS_AT_MOST - 1 : -1]:
        found = parse(hop)
        if found is None:
            break
        nearest = found
        if not _is_in(found, trusted):
            break
    return nearest


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == net.version and address in net for net in networks)


def _last(environ: Mapping[str, Any], name: str) -> str:
    return str(environ.get(name) or "").rpartition(",")[2].strip()


def _host(given: str) -> str:
    """Return ``given`` if it is a host with or without a port, else nothing."""
    host = given.strip().lower()
    return host if len(host) <= 260 and _HOST.fullmatch(host) else ""


def _server(environ: Mapping[str, Any]) -> str:
    name = str(environ.get("SERVER_NAME") or "localhost")
    port = environ.get("SERVER_PORT") or 80
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _without_usual_port(host: str, scheme: str) -> str:
    return host.removesuffix(_USUAL_PORT.get(scheme, ""))
