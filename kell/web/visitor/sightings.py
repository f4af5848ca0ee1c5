"""On which pages the widget has been seen: kept in memory, written now and then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kell.core.clock import now
from kell.core.db import Database
from kell.core.ids import Id
from kell.sites.actions import note_origins
from kell.sites.rules import origin_pattern

WRITTEN_EVERY = timedelta(hours=1)
AT_MOST = 1000
"""Pages that are remembered between two rounds: whoever invents origins fills no memory."""
AT_ONCE = 100


class Sightings:
    """The pages that have asked this process for the loader."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Id, str], datetime] = {}
        self._written: dict[tuple[Id, str], datetime] = {}

    def note(self, site_id: Id, referrer: str | None) -> None:
        """Note that a page has asked. Costs no write."""
        if len(self._seen) < AT_MOST:
            self._seen[site_id, origin_of(referrer)] = now()

    def write(self, database: Database) -> None:
        """Write what is new since the last hour."""
        before = now() - WRITTEN_EVERY
        self._written = {key: at for key, at in self._written.items() if at > before}
        seen, self._seen = self._seen, {}
        for part in _parts([each for each in seen.items() if each[0] not in self._written]):
            database.write(lambda tx, part=part: note_origins(tx, part))  # type: ignore[misc]
            self._written |= dict(part)


def origin_of(referrer: str | None) -> str:
    """Return the origin of the page that asks; nothing, where the page or browser hides it."""
    parts = urlsplit(referrer or "")
    try:
        return origin_pattern(f"{parts.scheme}://{parts.netloc}"[:300]).replace("*.", "")
    except ValueError:
        return ""


Seen = tuple[tuple[Id, str], datetime]


def _parts(seen: list[Seen]) -> Iterator[list[Seen]]:
    for start in range(0, len(seen), AT_ONCE):
        yield seen[start : start + AT_ONCE]
