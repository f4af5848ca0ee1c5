"""What the table of doors says, written down for others: TypeScript, OpenAPI, Markdown.

``python -m kell.web.protocol`` writes the files; a test fails when they are stale.
"""

from pathlib import Path

from kell.web.protocol.markdown import markdown
from kell.web.protocol.openapi import openapi
from kell.web.protocol.typescript import typescript


def documents() -> dict[Path, str]:
    """Return every generated file, by its path under the root."""
    return {
        Path("browser/protocol.ts"): typescript(),
        Path("docs/protocol.md"): markdown(),
        Path("docs/api.json"): openapi(),
    }
