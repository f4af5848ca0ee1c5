"""``browser/protocol.ts``: the wire as types."""

from kell.web.events import EVENTS
from kell.web.protocol.schemas import Schema, commands_of, definitions

PLAIN = {each: each for each in ("string", "boolean", "null", "number")} | {"integer": "number"}

HEAD = """// Generated from the command table by `python -m kell.web.protocol`. Do not edit.
// Times are ISO 8601 in UTC with milliseconds, ids 32 hex digits.
"""


def typescript() -> str:
    """Return the file."""
    parts = [HEAD]
    parts += [_interface(name, schema) for name, schema in definitions().items()]
    for side in ("visitor", "operator"):
        parts += [_commands(side), _events(side)]
    return "\n".join(parts)


def _interface(name: str, schema: Schema) -> str:
    fields = schema.get("properties", {})
    about = _comment(schema.get("description"), "")
    if not fields:
        return f"{about}export type {name} = Record<string, never>;\n"
    required = set(schema.get("required", ()))
    lines = "".join(
        f"{_comment(field.get('description'), '  ')}"
        f"  {key}{'' if key in required else '?'}: {_type(field)};\n"
        for key, field in fields.items()
    )
    return f"{about}export interface {name} {{\n{lines}}}\n"


def _commands(side: str) -> str:
    lines = "".join(
        f"{_comment(each.about, '  ')}"
        f'  "{each.name}": {{ input: {each.takes.__name__}; output: {each.gives.__name__} }};\n'
        for each in commands_of(side)
    )
    return f"export interface {side.title()}Commands {{\n{lines}}}\n"


def _events(side: str) -> str:
    lines = "".join(f'  "{name}": {shape.__name__};\n' for name, shape in EVENTS[side].items())
    return f"export interface {side.title()}Events {{\n{lines}}}\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f'"{each}"' for each in schema["enum"])
    if "items" in schema:
        return f"{_type(schema['items'])}[]"
    if "additionalProperties" in schema:
        return f"Record<string, {_type(schema['additionalProperties'])}>"
    return PLAIN[schema["type"]]


def _comment(text: str | None, indent: str) -> str:
    if not text:
        return ""
    lines = text.strip().replace("``", "`").splitlines()
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    inner = "".join(f"{indent} * {line.strip()}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{inner}{indent} */\n"
