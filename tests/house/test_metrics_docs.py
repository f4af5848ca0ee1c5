"""``docs/operating.md`` names every metric, with its labels and what it means."""

import re

import pytest

from kell.core.metrics import Counter, declared
from kell.core.paths import ROOT

pytestmark = pytest.mark.once

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(kell_[a-z_]+)` \| (.*?) ?\| (.+) \|$", re.MULTILINE)
DOCUMENTED = {name: (labels, about) for name, labels, about in ROW.findall(TEXT)}
UNITS = ("_seconds", "_works", "_jobs", "_total", "_sockets", "_present")


@pytest.mark.parametrize("each", declared, ids=lambda each: each.name)
def test_a_metric_is_documented(each):
    name = f"{each.name}_total" if isinstance(each, Counter) else each.name
    labels = ", ".join(f"`{label}`" for label in each.labels)
    wanted = f"| `{name}` | {labels}{' ' * bool(labels)}| {each.about} |"
    assert DOCUMENTED.get(name) == (labels, each.about), f"write\n{wanted}"


@pytest.mark.parametrize("name", DOCUMENTED)
def test_it_is_named_as_prometheus_asks(name):
    assert name.endswith(UNITS)
    assert re.fullmatch(r"kell(_[a-z]+)+", name)
