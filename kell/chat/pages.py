"""Where a page of the inbox ends: the key of its last row."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kell.core.errors import Invalid
from kell.core.ids import ID_PATTERN, Id


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: among those who wait, or among the answered."""

    waits: bool
    at: datetime
    id: Id

    @classmethod
    def of(cls, row: Any) -> "Place":
        """Return the place of a row of the list."""
        if row.waiting_since is not None:
            return cls(waits=True, at=row.waiting_since, id=row.id)
        return cls(waits=False, at=row.last_at, id=row.id)

    def cursor(self) -> str:
        """Return the place as one opaque word."""
        micros = round(self.at.timestamp() * 1_000_000)
        plain = f"{'w' if self.waits else 'a'}:{micros}:{self.id}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, cursor: str) -> "Place":
        """Return the place that a cursor names.

        Raises:
            Invalid: it isn't one of ours.
        """
        try:
            plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
            part, micros, row = plain.split(":")
            at = datetime.fromtimestamp(int(micros) / 1_000_000, UTC)
        except (ValueError, binascii.Error, OverflowError, OSError):
            raise Invalid("not a cursor of this list", field="after") from None
        if part not in ("w", "a") or not re.fullmatch(ID_PATTERN, row):
            raise Invalid("not a cursor of this list", field="after")
        return cls(waits=part == "w", at=at, id=row)
