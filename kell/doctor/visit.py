"""All checks, and how they are told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import make_url

from kell.core.config import Config
from kell.core.db import Database
from kell.doctor import conversations, place, store
from kell.doctor.findings import Finding

NO_DATABASE = Finding(
    "database", "there is no database yet", "Start Kell with `kell serve`: it makes one."
)


def has_database(config: Config) -> bool:
    """Say whether there is something to look at."""
    return not config.is_sqlite or Path(make_url(config.database_url).database or "").exists()


def visit(
    database: Database, config: Config, progress: Callable[[int, int], None]
) -> Iterator[Finding]:
    """Look at everything; nothing is written."""
    yield from place.check(config)
    if not store.is_current(database):
        # Its tables may be others than those that are asked for here.
        yield from store.migrations(database)
        return
    yield from store.check(database, config)
    yield from conversations.check(database, progress)


def as_text(finding: Finding) -> str:
    """Return a finding for a person to read."""
    many = f" ({finding.count:,})" if finding.count > 1 else ""
    lines = [f"{finding.level}: {finding.check}: {finding.about}{many}"]
    lines += [f"    {example}" for example in finding.examples]
    return "\n".join([*lines, f"  → {finding.do}"])


def as_json(findings: list[Finding]) -> str:
    """Return all findings for a program to read."""
    return json.dumps({"findings": [asdict(each) for each in findings]}, indent=2)
