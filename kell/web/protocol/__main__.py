"""Write the generated files."""

from kell.core.paths import ROOT
from kell.web.protocol import documents

for path, text in documents().items():
    (ROOT / path).write_text(text, encoding="utf-8")
