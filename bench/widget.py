"""What the widget costs a page: bytes on the wire, and requests, before and after the click."""

import json
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from bench.house import Bench
from bench.measure import Measure
from bench.servers import HOST, ROOT, Server

MANIFEST = ROOT / "static" / "dist" / "widget" / "manifest.json"
FILES = "/static/dist/widget/"
# What Chromium takes over https, and over http on loopback.
TAKES = "gzip, deflate, br, zstd"


@dataclass(frozen=True)
class Fetched:
    """An answer as it came, its head included."""

    path: str
    size: int
    body: bytes


def measure(bench: Bench) -> list[Measure]:
    """Measure what the files weigh."""
    with bench.kell(bench.home()) as server:
        return _weigh(server)


def _weigh(server: Server) -> list[Measure]:
    """Fetch what a page fetches, then what a click fetches: page, scripts, styles, one catalogue.

    Of the catalogues it takes the largest, and of form and thread the thread, which is larger.
    What the chat then says to the server isn't counted.
    """
    loader = fetch(server, "/widget.js", TAKES)
    page = fetch(server, "/widget/", TAKES)
    plain = fetch(server, "/widget/", "identity").body.decode()
    linked = re.findall(r'(?:src|href)="(/[^"]+)"', plain)
    parts = ["/static/dist/api.js", *linked, *_later("talk.tsx")]
    files = [fetch(server, path, TAKES) for path in parts]
    catalogues = [fetch(server, path, TAKES) for path in _later("/locales/")]
    after = [page, *files, max(catalogues, key=lambda each: each.size)]
    return [
        _figure("requests_before_click", "requests", 1, "requests of the page", 1),
        _figure("bytes_before_click", "bytes", loader.size, "the loader, with its head", 2048),
        _figure("requests_after_click", "requests", len(after), "requests of the click"),
        _figure("bytes_after_click", "bytes", _sum(after), "what the click fetches, with heads"),
        _figure(
            "bytes_in_all", "bytes", _sum([loader, *after]), "before and after the click", 30 * 1024
        ),
    ]


def fetch(server: Server, path: str, codings: str) -> Fetched:
    """Return an answer byte for byte.

    Raises:
        RuntimeError: it isn't a 200.
    """
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n"
        f"Accept-Encoding: {codings}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((HOST, server.port), timeout=30) as connection:
        connection.sendall(request.encode())
        raw = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path}: {head[:60]!r}. Are the fronts built?")
    return Fetched(path, len(raw), body)


def _later(name: str) -> list[str]:
    """Return the addresses of what the page imports later, from files with ``name`` in them."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return [FILES + each["file"] for each in manifest.values() if name in each.get("src", "")]


def _figure(name: str, unit: str, value: int, about: str, at_most: int | None = None) -> Measure:
    return Measure(
        name=f"widget_{name}",
        unit=unit,
        runs=[value],
        about=about,
        table="widget",
        at_most=at_most,
    )


def _sum(fetched: Iterable[Fetched]) -> int:
    return sum(each.size for each in fetched)
