"""Run the Python tests: ``run_tests.py quick`` or ``run_tests.py all``.

There are two kinds, each in a process of its own. *Inside* tests run under gevent, as the server
does, on the database that ``--database`` names. *Outside* tests drive a server from without, by
Chromium or by force; Playwright can't live in a process that gevent has patched.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

OUTSIDE = ("tests/browser", "tests/fault")
INSIDE = ("tests", *(f"--ignore={folder}" for folder in OUTSIDE))


class Run(NamedTuple):
    """One process of pytest."""

    name: str
    arguments: Sequence[str]


QUICK = [Run("quick", [*INSIDE, "--database", "sqlite", "-m", "not slow"])]
# One after the other: some tests measure time and memory, and two runs would measure each other.
ALL = [
    Run("on SQLite", [*INSIDE, "--database", "sqlite"]),
    Run("on PostgreSQL", [*INSIDE, "--database", "postgresql", "-m", "not once"]),
    Run("from outside, on both", OUTSIDE),
]


class Outcome(NamedTuple):
    """How it ended, and what pytest said last."""

    name: str
    passed: bool
    closing: str


def perform(run: Run) -> Outcome:
    """Run pytest, pass on every line of it, keep the last one."""
    print(f"\nPython tests, {run.name}", flush=True)
    closing = ""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *run.arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    # A test that was skipped has shown nothing.
    return Outcome(run.name, process.returncode == 0 and " skipped" not in closing, closing)


def main(which: str) -> int:
    """Return 0 when everything passed. A failure in one run doesn't stop the others."""
    outcomes = [perform(run) for run in (QUICK if which == "quick" else ALL)]
    print()
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}: {outcome.name}")
        print(outcome.closing)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
