"""``docs/protocol.md``: all that a foreign client has to know."""

from kell.core.security.limits import LIMITS
from kell.web.events import EVENTS
from kell.web.protocol.prose import AFTER, BEFORE
from kell.web.protocol.schemas import Schema, api_routes, commands_of, definitions
from kell.web.routes import Anyone


def markdown() -> str:
    """Return the document."""
    parts = [BEFORE, "## Routes\n", _routes()]
    for side in ("visitor", "operator"):
        parts += [f"## Commands of {side}s\n", _commands(side)]
        parts += [f"## Events to {side}s\n", _events(side)]
    parts += ["## Shapes\n", *(_shape(name, each) for name, each in definitions().items())]
    parts.append(AFTER)
    return "\n".join(parts)


def _routes() -> str:
    lines = ["| route | who | takes | gives | what |", "| --- | --- | --- | --- | --- |"]
    for each in api_routes():
        who = "anyone" if each.who is Anyone else each.who.__name__.removesuffix("Caller").lower()
        takes = _link(each.takes.__name__) if each.takes else ""
        gives = _link(each.gives.__name__) if each.gives else ""
        about = each.about.splitlines()[0]
        lines.append(f"| `{each.method} {each.path}` | {who} | {takes} | {gives} | {about} |")
    return "\n".join(lines) + "\n"


def _commands(side: str) -> str:
    lines = ["| command | takes | gives | at most | what |", "| --- | --- | --- | --- | --- |"]
    for each in commands_of(side):
        names = (_link(each.takes.__name__), _link(each.gives.__name__))
        about = " ".join(each.about.split("\n\n")[0].split())
        rates = LIMITS[each.limit].rates
        lines.append(f"| `{each.name}` | {names[0]} | {names[1]} | {rates} | {about} |")
    return "\n".join(lines) + "\n"


def _events(side: str) -> str:
    lines = ["| event | carries |", "| --- | --- |"]
    lines += [f"| `{name}` | {_link(each.__name__)} |" for name, each in EVENTS[side].items()]
    return "\n".join(lines) + "\n"


def _shape(name: str, schema: Schema) -> str:
    about = " ".join(str(schema.get("description", "")).split()).replace("``", "`")
    lines = [f"### {name}\n", about + "\n" if about else ""]
    fields = schema.get("properties", {})
    if fields:
        lines += ["| field | type | |", "| --- | --- | --- |"]
        required = set(schema.get("required", ()))
        for key, field in fields.items():
            more = " ".join(str(field.get("description", "")).split())
            note = more or ("" if key in required else "optional")
            lines.append(f"| `{key}` | {_type(field)} | {note} |")
    return "\n".join(line for line in lines if line) + "\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _link(str(schema["$ref"]).rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object":
        return f"map of {_type(schema['additionalProperties'])}"
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (
            ("minLength", "at least"),
            ("maxLength", "at most"),
            ("minimum", "from"),
            ("pattern", "like"),
        )
        if key in schema
    ]
    shown = ", ".join(bound.replace("|", "\\|") for bound in bounds)
    return f"{kind} ({shown})" if shown else str(kind)


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"
