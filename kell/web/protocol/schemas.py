"""The JSON schemas of every shape on the wire, from the table of doors."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kell.core.wire import Answer
from kell.web import doors
from kell.web.commands import Command, commands
from kell.web.events import EVENTS
from kell.web.routes import Route, routes

Schema = dict[str, Any]

assert doors.BLUEPRINTS  # noqa: S101  importing it fills the tables


class Untitled(GenerateJsonSchema):
    """Without a title a field: it would only repeat the name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def commands_of(side: str) -> list[Command]:
    """Return a side's commands by name."""
    return sorted((each for each in commands.values() if each.side == side), key=lambda e: e.name)


def api_routes() -> list[Route]:
    """Return the routes that are part of the API, not pages or files."""
    api = (each for each in routes.values() if each.takes is not None or each.gives is not None)
    return sorted(api, key=lambda each: each.path)


def definitions() -> dict[str, Schema]:
    """Return the schema of each shape by its name, those for input before those for output."""
    taken = _definitions(
        [each.takes for each in commands.values()]
        + [each.takes for each in api_routes() if each.takes],
        "validation",
    )
    given = _definitions(
        [each.gives for each in commands.values()]
        + [each.gives for each in api_routes() if each.gives]
        + [shape for events in EVENTS.values() for shape in events.values()],
        "serialization",
    )
    # A shape that goes both ways is described as it is given: with everything in it.
    return dict(sorted({**taken, **given}.items()))


def _definitions(shapes: Iterable[type[Answer]], mode: Any) -> dict[str, Schema]:
    unique = sorted(set(shapes), key=lambda shape: shape.__name__)
    _, schema = TypeAdapter.json_schemas(
        [(shape.__name__, mode, TypeAdapter(shape)) for shape in unique],
        schema_generator=Untitled,
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Schema] = schema["$defs"]
    return found
