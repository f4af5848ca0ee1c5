"""The base of every shape on the wire: closed, frozen, and the same for browser and server."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, with_config

from kell.core.ids import ID_PATTERN


class Shape(BaseModel):
    """A shape that takes no unknown field: an undeclared one is a mistake, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_timedelta="float")


@lru_cache(1024)
def iso(moment: datetime) -> str:
    """Return ``2026-11-22T10:37:03.123Z``. A change tells the same few moments several times."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


closed = with_config(ConfigDict(extra="forbid"))
"""Marks a ``TypedDict`` as a shape that is told for every message: we fill it, nothing checks it on
the way, and it is sent as it is; its moments are text already (``iso``)."""

Answer = Shape | Mapping[str, object]


def dict_of(answer: Answer) -> dict[str, Any]:
    """Return an answer as a dict; shapes may still stand inside (``plain``)."""
    return answer.model_dump(mode="json") if isinstance(answer, Shape) else cast(Any, answer)


def plain(shape: object) -> Any:
    """Return what JSON takes for a shape that stands among plain values.

    Raises:
        TypeError: it is no shape.
    """
    if isinstance(shape, Shape):
        return shape.model_dump(mode="json")
    raise TypeError(f"{type(shape).__name__} is nothing that goes over the wire")


Moment = Annotated[datetime, PlainSerializer(iso, return_type=str)]
"""A moment in UTC, ISO 8601 with milliseconds."""

MomentText = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""The same as it is told, made with ``iso``."""

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
