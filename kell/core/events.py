"""Facts that a feature tells the others: frozen, made of ids and plain values, never rows."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all facts. ``kell.wiring`` lists what happens after each."""

    def values(self) -> dict[str, Any]:
        """Return the fields as plain JSON values, from which the event can be made again."""
        return asdict(self)
