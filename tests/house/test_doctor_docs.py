"""``docs/operating.md`` names every check of the doctor."""

import re

import pytest

from kell.core.paths import ROOT
from kell.doctor.findings import CHECKS

pytestmark = pytest.mark.once

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SECTION = TEXT.split("## Doctor", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
DOCUMENTED = {
    name
    for row in re.findall(r"^\| (`.+?`) \|", SECTION, re.MULTILINE)
    for name in re.findall(r"`(\w+)`", row)
}


def test_every_check_is_documented_and_no_other():
    assert set(CHECKS) == DOCUMENTED
