"""Where a page of what was found ends."""

import base64
import binascii
import re
from dataclasses import dataclass

from kell.core.errors import Invalid

_PLAIN = re.compile(r"p:[0-9a-f]{32}:[0-9a-f]{32}|m:([0-9]{1,18}|[0-9a-f]{32})?")


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """After this conversation of this visitor."""

    visitor_id: str
    conversation_id: str


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Before this message, or among all: a rowid on SQLite, an id on PostgreSQL."""

    before: str | None


Place = PersonPlace | MessagePlace


def cursor(place: Place) -> str:
    """Return the place as one opaque word."""
    if isinstance(place, PersonPlace):
        plain = f"p:{place.visitor_id}:{place.conversation_id}"
    else:
        plain = f"m:{place.before or ''}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def parse(given: str) -> Place:
    """Return the place that a cursor names.

    Raises:
        Invalid: it isn't one of ours.
    """
    try:
        plain = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode()
    except (ValueError, binascii.Error):
        plain = ""
    if not _PLAIN.fullmatch(plain):
        raise Invalid("not a cursor of a search", field="after")
    kind, *parts = plain.split(":")
    return PersonPlace(*parts) if kind == "p" else MessagePlace(parts[0] or None)
