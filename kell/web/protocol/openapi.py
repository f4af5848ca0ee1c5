"""``docs/api.json``: OpenAPI 3.1 of the commands and routes over HTTP."""

import json

from kell import __version__
from kell.core.wire import Answer, Shape
from kell.web.commands import Command
from kell.web.protocol.schemas import Schema, api_routes, commands_of, definitions
from kell.web.routes import Anyone, Route

SECURITY = {"VisitorCaller": "visitor", "OperatorCaller": "operator"}
REFUSAL: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code"],
            "properties": {
                "code": {"type": "string"},
                "field": {"type": "string"},
                "retry_after": {"type": "number", "description": "seconds"},
                "number": {"type": "string", "description": "stands in the server's log, too"},
            },
        }
    },
}


def openapi() -> str:
    """Return the document."""
    paths: dict[str, Schema] = {}
    for side in ("visitor", "operator"):
        for command in commands_of(side):
            paths[f"/api/{side}/{command.name}"] = {"post": _command(command)}
    for route in api_routes():
        paths.setdefault(route.path, {})[route.method.lower()] = _route(route)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Kell", "version": __version__},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**definitions(), "Refusal": REFUSAL},
            "securitySchemes": {
                "visitor": {"type": "http", "scheme": "bearer"},
                "operator": {"type": "apiKey", "in": "cookie", "name": "__Host-kell"},
            },
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _command(command: Command) -> Schema:
    return {
        "operationId": f"{command.side}.{command.name}",
        "summary": command.about.splitlines()[0],
        "security": [{command.side: []}],
        "requestBody": _body(command.takes),
        "responses": _answers(command.gives),
    }


def _route(route: Route) -> Schema:
    operation: Schema = {
        "operationId": f"{route.method.lower()} {route.path}",
        "summary": route.about.splitlines()[0],
        "security": [] if route.who is Anyone else [{SECURITY[route.who.__name__]: []}],
        "responses": _answers(route.gives),
    }
    if route.takes is not None and route.method == "POST":
        operation["requestBody"] = _body(route.takes)
    elif route.takes is not None:
        fields = definitions()[route.takes.__name__]
        operation["parameters"] = [
            {
                "name": name,
                "in": "query",
                "required": name in fields.get("required", ()),
                "schema": schema,
            }
            for name, schema in fields["properties"].items()
        ]
    return operation


def _body(shape: type[Shape]) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": _ref(shape.__name__)}}}


def _answers(shape: type[Answer] | None) -> Schema:
    refused = {"application/json": {"schema": _ref("Refusal")}}
    good: Schema = {"description": "Done"}
    if shape is not None:
        good["content"] = {"application/json": {"schema": _ref(shape.__name__)}}
    return {"200": good, "default": {"description": "Refused", "content": refused}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
