"""From the JSON to ``docs/performance.md``: ``python -m bench.report FILE``.

The words stand in ``bench/performance.md``; the figures come from the file and nowhere else.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from bench.servers import ROOT

WORDS = Path(__file__).parent / "performance.md"
DOCS = ROOT / "docs" / "performance.md"
FIGURES = ROOT / "docs" / "performance.json"
LIST_RUNS = 9


def write_docs(found: Mapping[str, Any]) -> None:
    """Write ``docs/performance.md``."""
    DOCS.write_text(markdown(found), encoding="utf-8")


def markdown(found: Mapping[str, Any]) -> str:
    """Return the docs.

    ``{{table:NAME}}`` in the words becomes a table, ``{{NAME}}`` the median of a measure, and
    ``{{missed}}``, ``{{suites}}``, ``{{machine}}`` and ``{{versions}}`` what they say.
    """
    measures = found["measures"]
    parts = {
        "missed": missed(measures),
        "suites": _suites(found["suites"]),
        "machine": "\n".join(
            f"- {name.replace('_', ' ')}: {value}" for name, value in found["machine"].items()
        ),
        "versions": ", ".join(f"{name} {each}" for name, each in found["versions"].items()),
        **{each["name"]: f"{_median(each)} {each['unit']}" for each in measures},
    }
    for name in {each["table"] for each in measures}:
        parts[f"table:{name}"] = table(each for each in measures if each["table"] == name)
    return re.sub(
        r"\{\{([a-z0-9_:]+)\}\}",
        lambda match: parts.get(match[1], "*not measured yet*"),
        WORDS.read_text(encoding="utf-8"),
    )


def table(measures: Iterable[Mapping[str, Any]]) -> str:
    """Return measures as a table of Markdown."""
    rows = ["| measure | what | median | runs | budget |", "| --- | --- | --- | --- | --- |"]
    for each in measures:
        about = each["about"] + (f" ({each['note']})" if "note" in each else "")
        runs = " · ".join(shown(run) for run in each["runs"][:LIST_RUNS])
        more = " · …" if len(each["runs"]) > LIST_RUNS else ""
        median = f"**{_median(each)}** {each['unit']}"
        rows.append(f"| `{each['name']}` | {about} | {median} | {runs}{more} | {_verdict(each)} |")
    return "\n".join(rows)


def missed(measures: Iterable[Mapping[str, Any]]) -> str:
    """List the figures that are outside of their budgets."""
    lines = [
        f"- `{each['name']}`: {_median(each)} {each['unit']}, budget {_budget(each)}"
        for each in measures
        if is_missed(each)
    ]
    return "\n".join(lines) or "None."


def is_missed(measure: Mapping[str, Any]) -> bool:
    """Say whether a figure is outside of its budget."""
    too_little: bool = measure["median"] < measure.get("at_least", float("-inf"))
    return too_little or bool(measure["median"] > measure.get("at_most", float("inf")))


def shown(value: float, rounding: str = ROUND_HALF_EVEN) -> str:
    """Return three digits that count, and all of those before the point."""
    exact = Decimal(str(value))
    if value == 0:
        return "0"
    last = Decimal(1).scaleb(min(exact.adjusted() - 2, 0))
    return f"{exact.quantize(last, rounding).normalize():,f}"


def _median(measure: Mapping[str, Any]) -> str:
    """Return the figure; what has a budget is never rounded in our favour."""
    rounding = ROUND_HALF_EVEN
    if "at_least" in measure:
        rounding = ROUND_FLOOR
    elif "at_most" in measure:
        rounding = ROUND_CEILING
    return f"{shown(measure['median'], rounding)}"


def _budget(measure: Mapping[str, Any]) -> str:
    if "at_least" in measure:
        return f"≥ {shown(measure['at_least'])}"
    return f"≤ {shown(measure['at_most'])}" if "at_most" in measure else ""


def _verdict(measure: Mapping[str, Any]) -> str:
    return _budget(measure) + (", **not reached**" if is_missed(measure) else "")


def _suites(suites: Mapping[str, Mapping[str, Any]]) -> str:
    rows = ["| suite | at | took | Kell | processor |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| {name} | {each['at']} | {each['took_s']} s | {each['kell']} | {each['processor']} |"
        for name, each in suites.items()
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    write_docs(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
