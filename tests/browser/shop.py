"""The shop behind the street, as its admin has set it up."""

import json
from datetime import datetime
from typing import Any

from kell.core.clock import now
from tests.browser.street import Street

OFFICE = {
    "always": False,
    "zone": "Europe/Tallinn",
    "week": [[{"opens": "09:00", "closes": "17:00"}]] * 5 + [[], []],
    "holidays": True,
    "country": "EE",
}


def set_up(street: Street, language: str = "en", **parts: Any) -> None:
    """Change the shop's site past its admin."""
    street.server.home.write(
        "UPDATE sites SET parts = :parts, language = :language, revision = revision + 1",
        parts=json.dumps(parts),
        language=language,
    )


def move(street: Street, to: str) -> None:
    """Let the server's clock show this moment; browsers keep theirs."""
    by = (datetime.fromisoformat(to) - now()).total_seconds()
    (street.server.home.folder / "moved").write_text(str(by))
