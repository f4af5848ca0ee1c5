"""What a User-Agent header says, in words for people."""

from functools import lru_cache
from typing import NamedTuple

from ua_parser import OS, UserAgent, parse

# Windows 11 says that it is 10, and every macOS since 2020 that it is 10.15.
FROZEN = frozenset({"Windows", "Mac OS X"})


class Browser(NamedTuple):
    """For example ``Firefox 144`` and ``Android 15``; what isn't known is None."""

    browser: str | None
    system: str | None


@lru_cache(maxsize=2048)
def described(user_agent: str | None) -> Browser:
    """Return the browser and the system that a header names."""
    found = parse(user_agent or "")
    return Browser(_browser(found.user_agent), _system(found.os))


def _browser(found: UserAgent | None) -> str | None:
    if found is None:
        return None
    name = found.family.removeprefix("Mobile ")
    return f"{name} {found.major}" if found.major else name


def _system(found: OS | None) -> str | None:
    if found is None:
        return None
    name = "macOS" if found.family == "Mac OS X" else found.family
    return name if found.family in FROZEN or not found.major else f"{name} {found.major}"
