"""The base of every shape on the wire: closed, frozen, and the same for browser and server."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, StringConstraints

from kell.core.ids import ID_PATTERN


class Shape(BaseModel):
    """A shape that takes no unknown field: an undeclared one is a mistake, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_timedelta="float")


def iso(moment: datetime) -> str:
    """Return ``2026-11-22T10:37:03.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


Moment = Annotated[datetime, PlainSerializer(iso, return_type=str)]
"""A moment in UTC, ISO 8601 with milliseconds."""

IdIn = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""An id as it comes from outside."""

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
"""An id that a client made, so that sending again is safe."""


class Nothing(Shape):
    """An empty object."""


def place_of_unstorable(given: Any) -> tuple[str, ...] | None:
    """Return the way to the first text that PostgreSQL can't store, if there is one."""
    if isinstance(given, str):
        return None if _is_storable(given) else ()
    parts = given.items() if isinstance(given, dict) else ()
    for name, part in enumerate(given) if isinstance(given, list) else parts:
        place = place_of_unstorable(part)
        if place is not None:
            return (str(name), *place)
    return None


def _is_storable(text: str) -> bool:
    """Say whether it is without NULs and half surrogate pairs, which JSON can write."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
