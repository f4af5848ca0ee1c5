"""``docs/operating.md`` names every setting, with its default and what it means."""

import re

import pytest

from kell.core.config.model import settings
from kell.core.paths import ROOT

pytestmark = pytest.mark.once

ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>.*?) ?\| (?P<what>.+) \|$", re.MULTILINE)
TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ROWS = {row["name"]: row for row in ROW.finditer(TEXT)}


@pytest.mark.parametrize("setting", settings(), ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_default(setting):
    row = ROWS.get(setting.name)
    wanted = f"| `{setting.name}` | {shown(setting.default)}| {setting.description} |"
    assert row, f"docs/operating.md says nothing of it; write\n{wanted}"
    if setting.default:
        assert row["default"] == f"`{setting.default}`", f"write\n{wanted}"
    else:
        # There may be words about what happens then.
        assert "`" not in row["default"], f"write\n{wanted}"


def test_nothing_is_documented_that_is_no_setting():
    assert set(ROWS) == {setting.name for setting in settings()}


def shown(default):
    return f"`{default}` " if default else ""
