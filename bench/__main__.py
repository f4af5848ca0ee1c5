"""``python -m bench --json FILE``."""

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from bench import cores, load, machine, report, speed
from bench.house import Bench
from bench.suites import SUITES, Suite

QUICK: Mapping[str, Suite] = {"quick": Suite("messages a second on SQLite", speed.quick)}


def main() -> None:
    """Measure, and write what came of it."""
    given = _arguments()
    before = _before(given.json) if given.only else {}
    with _bench(given.keep) as bench:
        found = {
            "machine": machine.describe(bench.folder),
            "suites": dict(before.get("suites", {})),
            "measures": list(before.get("measures", [])),
        }
        for name, suite in _chosen(given).items():
            print(f"{name}: {suite.about}", flush=True)
            _run(bench, name, suite, found)
        found["versions"] = {
            **before.get("versions", {}),
            **machine.versions(),
            **bench.versions,
        }
    text = json.dumps(found, indent=2, ensure_ascii=False)
    given.json.write_text(f"{text}\n", encoding="utf-8")
    if given.docs:
        report.write_docs(found)
    print(report.missed(found["measures"]))


def _run(bench: Bench, name: str, suite: Suite, found: dict[str, Any]) -> None:
    begun = monotonic()
    measures = [{"suite": name, **each.as_json()} for each in suite.measure(bench)]
    print(report.table(measures), flush=True)
    found["measures"] = [*_others(found["measures"], name), *measures]
    found["suites"][name] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "took_s": round(monotonic() - begun),
        "kell": machine.commit(),
        "processor": found["machine"]["processor"],
    }


def _others(measures: list[Any], name: str) -> list[Any]:
    return [each for each in measures if each["suite"] != name]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description="Measure Kell on this machine.")
    parser.add_argument("--json", type=Path, required=True, metavar="FILE", help="write it there")
    parser.add_argument(
        "--quick", action="store_true", help="only messages a second on SQLite, within 45 s"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=list(SUITES),
        help="this suite; the others' figures stay in FILE as they are (may be repeated)",
    )
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md from it")
    parser.add_argument("--long", action="store_true", help="also what takes many minutes")
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep the large SQLite databases there, and take those that a run before has kept",
    )
    return parser.parse_args()


def _chosen(given: argparse.Namespace) -> Mapping[str, Suite]:
    if given.quick:
        return QUICK
    wanted = given.only or [
        name for name, suite in SUITES.items() if given.long or not suite.takes_long
    ]
    return {name: SUITES[name] for name in SUITES if name in wanted}


def _before(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


@contextmanager
def _bench(keep: Path | None) -> Iterator[Bench]:
    folder = machine.disk_folder()
    try:
        with ExitStack() as closing:
            place = cores.part()
            program = closing.enter_context(load.running())
            yield Bench(place, program, folder, closing, keep)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
