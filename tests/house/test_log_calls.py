"""A log line begins with a sentence that stands in the code, so nobody's words can be in it."""

import ast
from pathlib import Path

import pytest

KELL = Path(__file__).parents[2] / "kell"
LOGGERS = {"log", "logger"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}

pytestmark = pytest.mark.once


def log_calls(file: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in LOGGERS
    ]


def test_every_log_line_begins_with_a_sentence_of_the_code():
    calls = [(file, call) for file in KELL.rglob("*.py") for call in log_calls(file)]
    assert calls
    loose = [
        f"{file.relative_to(KELL)}:{call.lineno}"
        for file, call in calls
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert loose == []
