"""One figure of the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What was measured how often, and what it should be.

    ``at_least`` and ``at_most`` are the budget. ``note`` says under which circumstances. ``table``
    names the place of the figure in the docs.
    """

    name: str
    unit: str
    runs: Sequence[float]
    about: str
    table: str
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""
    median: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "median", median(self.runs))

    def as_json(self) -> dict[str, Any]:
        """Return the object that stands in the JSON file."""
        given = {
            "name": self.name,
            "unit": self.unit,
            "runs": [_short(each) for each in self.runs],
            "median": _short(self.median),
            "about": self.about,
            "table": self.table,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "note": self.note or None,
        }
        return {name: value for name, value in given.items() if value is not None}


def _short(value: float) -> float:
    """Keep what was measured, without digits that mean nothing."""
    return float(f"{value:.6g}")
