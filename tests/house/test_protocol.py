"""What is written down about the wire is what the doors do."""

import json

import pytest

from kell.core.paths import ROOT
from kell.web.commands import commands
from kell.web.events import EVENTS
from kell.web.protocol import documents

pytestmark = pytest.mark.once

RENEW = "it is stale: renew it with `.venv/bin/python -m kell.web.protocol`"
DOCUMENTS = documents()


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_a_generated_file_is_fresh(path):
    assert (ROOT / path).read_text(encoding="utf-8") == DOCUMENTS[path], f"{path}: {RENEW}"


def test_the_protocol_names_every_command_and_event():
    text = next(text for path, text in DOCUMENTS.items() if path.name == "protocol.md")
    for _, name in commands:
        assert f"| `{name}` |" in text
    for events in EVENTS.values():
        for name in events:
            assert f"| `{name}` |" in text


def test_the_protocol_names_every_code_of_a_refusal():
    from kell.core.errors import AppError

    text = next(text for path, text in DOCUMENTS.items() if path.name == "protocol.md")

    def below(kind):
        return {each for child in kind.__subclasses__() for each in (child, *below(child))}

    # The last two never leave: the first means an earlier answer, the second the command line.
    codes = {each.code for each in below(AppError)} - {"already_sent", "email_taken"}
    missing = sorted(code for code in codes if f"`{code}`" not in text)
    assert missing == []


def test_every_reference_of_the_openapi_leads_somewhere():
    text = next(text for path, text in DOCUMENTS.items() if path.name == "api.json")
    document = json.loads(text)

    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known
