"""What a check finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

EXAMPLES = 5
CHECKS = (
    *("lines", "seq", "revs", "last_line", "cursors", "waiting_since"),
    *("deleted_text", "deleted_words", "mails"),
    *("jobs_late", "jobs_dead", "leases"),
    *("database", "migrations", "integrity", "orphans", "durability", "search", "clock"),
    *("disk", "wal", "modes"),
    *("public_url", "cookie", "smtp"),
)
"""Everything that is looked at; ``docs/operating.md`` says what is meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. Advice alone is no reason to wake anybody."""

    check: str
    about: str
    do: str
    level: Literal["problem", "advice"] = "problem"
    count: int = 1
    examples: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.check not in CHECKS:
            raise ValueError(f"{self.check} is no check")


@dataclass(slots=True)
class Tally:
    """Counts what many rows have in common, and keeps a few of them as examples."""

    check: str
    about: str
    do: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def findings(self) -> list[Finding]:
        """Return one finding, or none."""
        if not self.count:
            return []
        return [Finding(self.check, self.about, self.do, count=self.count, examples=self.examples)]
