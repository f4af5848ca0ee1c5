"""What each kind of value may be.

A reader gets what was given and returns it in the one form that the rest of Kell knows. Its
``ValueError`` says what is wrong and what would be right; it never repeats what may hold a secret.
"""

import ipaddress
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pydantic import HttpUrl, TypeAdapter, ValidationError
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SECRET_LENGTH = 32
_HTTP_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
_COMMIT_LEVEL = re.compile(r"synchronous_commit\s*=\s*(\S*)")
# PostgreSQL: anything less than "on" may lose an acknowledged message in a crash.
_DURABLE = frozenset({"on", "true", "yes", "1", "remote_apply"})


def path(given: str | Path | None) -> Path | None:
    """Return an absolute path: the process may change its folder later."""
    return None if given is None else Path(given).expanduser().absolute()


def database_url(given: str) -> str:
    """Return the address as SQLAlchemy takes it, with a driver that we use."""
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise ValueError("it isn't the address of a database") from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(url)
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return _postgresql(url)
    raise ValueError("Kell stores in SQLite (sqlite:///FILE) or PostgreSQL (postgresql://)")


def database_in(folder: str | Path) -> str:
    """Return the address of the SQLite file in the data folder ``folder``."""
    return _in_file(Path(folder) / "kell.db")


def _sqlite(url: URL) -> str:
    if url.host or url.username:
        raise ValueError("SQLite has no host; write three slashes before the file's name")
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ValueError("SQLite needs a file, because what was answered must outlive a crash")
    if url.query:
        raise ValueError("SQLite takes no options here, because they can weaken what a commit is")
    return _in_file(Path(url.database))


def _in_file(file: Path) -> str:
    return URL.create("sqlite", database=str(path(file))).render_as_string(hide_password=False)


def _postgresql(url: URL) -> str:
    if not url.database:
        raise ValueError("the name of the database is missing at the end")
    if "autocommit" in url.query:
        raise ValueError("autocommit is refused: a message and what follows from it are one commit")
    for name, value in url.query.items():
        # PostgreSQL reads names of options so: case, hyphens and backslashes don't count.
        plain = f"{name}={value}".casefold().replace("-", "_").replace("\\", "")
        for level in _COMMIT_LEVEL.findall(plain):
            if level not in _DURABLE:
                raise ValueError("synchronous_commit must stay on: an acknowledged message is kept")
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def redis_url(given: str | None) -> str | None:
    if given is not None:
        parts = _parts(given, schemes=("redis", "rediss", "unix"))
        if not (parts.path if parts.scheme == "unix" else parts.hostname):
            raise ValueError("it names no server")
    return given


def smtp_url(given: str | None) -> str | None:
    if given is not None and not _parts(given, schemes=("smtp", "smtps")).hostname:
        raise ValueError("it names no server")
    return given


def public_url(given: str | None) -> str | None:
    """Return scheme, host and port as a browser writes an origin (RFC 6454, punycode)."""
    if given is None:
        return None
    try:
        url = _HTTP_URL.validate_python(given)
    except ValidationError:
        raise ValueError("it must begin with https:// or http:// and a host's name") from None
    if url.username or url.password:
        raise ValueError("it is public and must not have a user's name or password")
    if (url.path or "/") != "/" or url.query or url.fragment:
        raise ValueError("it must end after the host's name or port: Kell has a host of its own")
    usual = {"http": 80, "https": 443}[url.scheme]
    return f"{url.scheme}://{url.host}" + ("" if url.port == usual else f":{url.port}")


def networks(given: str | Sequence[Network]) -> tuple[Network, ...]:
    if not isinstance(given, str):
        return tuple(given)
    return tuple(_network(item.strip()) for item in given.split(",") if item.strip())


def _network(item: str) -> Network:
    try:
        network = ipaddress.ip_network(item, strict=False)
    except ValueError:
        raise ValueError(f"{shown(item)} is neither an address nor a network") from None
    if network.prefixlen == 0:
        raise ValueError(f"{shown(item)} is everybody, so anyone could pretend any address")
    if ipaddress.ip_interface(item).ip != network.network_address:
        raise ValueError(f"{shown(item)} is an address inside a network; write {network}")
    return network


def secret(given: Any) -> Any:
    if isinstance(given, str) and len(given) < SECRET_LENGTH:
        raise ValueError(f"it has {len(given)} characters and needs {SECRET_LENGTH} or more")
    return given


def switch(given: str) -> str:
    if given not in {"on", "off"}:
        raise ValueError(f"{shown(given)} is neither on nor off")
    return given


def host(given: str) -> str:
    bare = given.removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        if _HOST_NAME.fullmatch(given):
            return given.lower()
        raise ValueError(
            f"{shown(given)} is neither an address of this machine nor a host's name"
        ) from None


def port(given: str | int) -> int:
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{1,5}", given.strip()):
        raise ValueError(f"{shown(given)} isn't a number")
    number = int(given)
    if not 1 <= number <= 65535:
        raise ValueError(f"{number} is not from 1 to 65535")
    return number


def count(given: str | int) -> int:
    """Read a whole number from 1 to a million."""
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{1,7}", given.strip()):
        raise ValueError(f"{shown(given)} isn't a number")
    number = int(given)
    if not 1 <= number <= 1_000_000:
        raise ValueError(f"{number} is not from 1 to 1000000")
    return number


def shown(given: str) -> str:
    """Quote what was given, short and without control characters."""
    return ascii(given if len(given) <= 60 else given[:57] + "...")


def _parts(given: str, *, schemes: tuple[str, ...]) -> SplitResult:
    """Split an address without ever repeating it, because it may hold a password."""
    try:
        parts = urlsplit(given)
        _ = parts.port  # raises on what isn't a port
    except ValueError:
        raise ValueError("its host or port can't be read") from None
    if parts.scheme not in schemes:
        raise ValueError("it must begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
    return parts
