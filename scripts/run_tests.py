"""Run the Python tests: ``run_tests.py quick`` or ``run_tests.py all``.

There are two kinds, each in a process of its own. *Inside* tests run under gevent, as the server
does, on the database that ``--database`` names. *Outside* tests drive a server from without, by
Chromium or by force; Playwright can't live in a process that gevent has patched.
"""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

OUTSIDE = ("tests/browser", "tests/fault")
INSIDE = ("tests", *(f"--ignore={folder}" for folder in OUTSIDE))


class Run(NamedTuple):
    """One process of pytest."""

    name: str
    arguments: Sequence[str]


QUICK = [Run("quick", [*INSIDE, "--database", "sqlite", "-m", "not slow"])]
# The longest first, so that none of them is alone at the end.
ALL = [
    Run("in Chromium", ["tests/browser"]),
    Run("on PostgreSQL", [*INSIDE, "--database", "postgresql", "-m", "not once"]),
    Run("on SQLite", [*INSIDE, "--database", "sqlite"]),
    Run("with faults", ["tests/fault"]),
]
# More than there are cores: they mostly wait, for a disk, a socket or a browser.
AT_ONCE = 3


class Outcome(NamedTuple):
    """How it ended, what failed in pytest's own words, and what it said last."""

    name: str
    passed: bool
    failures: Sequence[str]
    closing: str


def perform(run: Run) -> Outcome:
    """Run pytest, pass on every line of it with the run's name, keep what sums it up."""
    failures = []
    closing = ""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *run.arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(f"{run.name}: {line}", end="", flush=True)
            closing = line.strip() or closing
            if line.startswith(("FAILED ", "ERROR ", "SKIPPED ")):
                failures.append(closing)
    # A test that was skipped has shown nothing.
    passed = process.returncode == 0 and " skipped" not in closing
    return Outcome(run.name, passed, failures, closing)


def main(which: str) -> int:
    """Return 0 when everything passed. A failure in one run doesn't stop the others."""
    with ThreadPoolExecutor(AT_ONCE) as side_by_side:
        outcomes = list(side_by_side.map(perform, QUICK if which == "quick" else ALL))
    print()
    for outcome in outcomes:
        print(f"{'passed' if outcome.passed else 'FAILED'}: {outcome.name}")
        print(*outcome.failures, outcome.closing, sep="\n")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
