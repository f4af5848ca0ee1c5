"""Pure decisions about sites."""

import re
from collections.abc import Iterable, Mapping

import phonenumbers

from kell.core.words import Language, catalogue

KIND_OF: Mapping[str, str] = {
    "name": "text",
    "email": "email",
    "phone": "phone",
    "topic": "topic",
    "reach": "reach",
}
"""Fields whose id says what they mean."""
ONLY_KNOWN = frozenset({"topic", "reach"})
REACH_BY = ("email", "phone", "here")

READABLE = 4.5
_INK, _WHITE = "#141b27", "#ffffff"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"https?://(?:(?:\*\.)?{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:]+\])(?::[0-9]{{1,5}})?"
)
_EDITABLE = ("widget.", "common.", "form.")
_PLACE = re.compile(r"\{\{\w+\}\}")


def contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG 2.2, from 1 to 21. ``browser/ui/colour.ts`` reckons the same."""
    lighter, darker = sorted((_luminance(one) + 0.05, _luminance(other) + 0.05), reverse=True)
    return lighter / darker


def readable(color: str) -> str:
    """Return a colour on which white or ink can be read.

    Raises:
        ValueError: neither can.
    """
    if max(contrast(color, _WHITE), contrast(color, _INK)) < READABLE:
        raise ValueError("neither white nor black is readable on it")
    return color


def _luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    red, green, blue = (
        ((each / 255 + 0.055) / 1.055) ** 2.4 if each > 10 else each / 3294.6 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def origin_pattern(given: str) -> str:
    """Return an origin as Content-Security-Policy and browsers write it.

    ``https://*.shop.example`` means every name under it. A path or a slash at the end is what
    people paste: left out.

    Raises:
        ValueError: it is no origin.
    """
    scheme, _, rest = given.strip().lower().partition("://")
    host = rest.partition("/")[0]
    try:
        host = _ascii(host)
    except UnicodeError:
        raise ValueError("no such host") from None
    usual = {"http": ":80", "https": ":443"}.get(scheme, "")
    found = f"{scheme}://{host.removesuffix(usual) if usual else host}"
    if not _ORIGIN.fullmatch(found):
        raise ValueError("an origin is like https://shop.example")
    return found


def _ascii(host: str) -> str:
    """Return a host's name as browsers send it: õ.example is xn--0ca.example."""
    if host.isascii():
        return host
    return host.encode("idna").decode()


def allows(patterns: Iterable[str], origin: str) -> bool:
    """Say whether a page of this origin may embed the widget: any, where none is named."""
    listed = list(patterns)
    return not listed or any(_is_under(origin, each) for each in listed)


def _is_under(origin: str, pattern: str) -> bool:
    if "*." not in pattern:
        return origin == pattern
    scheme, _, rest = pattern.partition("*.")
    return origin.startswith(scheme) and origin.endswith(f".{rest}")


def is_editable(key: str) -> bool:
    """Say whether a site may have its own words for a text (LANG-1): those that visitors read."""
    return key.startswith(_EDITABLE)


def fits_place(language: Language, key: str, text: str) -> None:
    """Check that a site's own text can stand where the catalogue's does.

    Raises:
        ValueError: there is no such text, or it has other places to fill.
    """
    model = catalogue(language).get(key)
    if model is None or not is_editable(key):
        raise ValueError(f"there is no text {key}")
    if not set(_PLACE.findall(text)) <= set(_PLACE.findall(model)):
        raise ValueError(f"{key} has no such place to fill")


def distinct(ids: Iterable[str]) -> None:
    """Check that no two are the same.

    Raises:
        ValueError: names the first that comes again.
    """
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"{each} is there twice")
        seen.add(each)


def phone_country(code: str | None) -> str | None:
    """Return a country whose phone numbers are known.

    Raises:
        ValueError: none are.
    """
    if code and code not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("no phone numbers are known there")
    return code
