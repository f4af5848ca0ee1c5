"""Where the figures come from: the machine, its disk, and the versions of everything."""

import os
import platform
import re
import sqlite3
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from bench.load import node
from bench.servers import ROOT

PACKAGES = (
    "Flask",
    "Flask-SocketIO",
    "python-socketio",
    "python-engineio",
    "simple-websocket",
    "wsproto",
    "gevent",
    "greenlet",
    "SQLAlchemy",
    "psycopg",
    "pydantic",
    "orjson",
)
# There a commit is nowhere: figures with durability off are no figures.
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
WRITES = 100


def describe(folder: Path) -> dict[str, Any]:
    """Return the machine, with the disk under ``folder``."""
    return {
        "processor": _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo"),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "kernel": platform.release(),
        "filesystem": filesystem(folder),
        "synced_write_ms": round(_synced_write_ms(folder), 3),
        "busy_before": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Return what runs in each measure, by name."""
    found = {"CPython": platform.python_version()}
    found |= {name: version(name) for name in PACKAGES}
    found["SQLite"] = sqlite3.sqlite_version
    found["Node"] = _said([node(), "--version"]).removeprefix("v")
    return found


def disk_folder() -> Path:
    """Make a folder for databases.

    Raises:
        RuntimeError: temporary files lie in memory, where nothing is durable.
    """
    folder = Path(tempfile.mkdtemp(prefix="kell-bench-"))
    kind = filesystem(folder)
    if kind in IN_MEMORY:
        folder.rmdir()
        raise RuntimeError(f"{folder.parent} is {kind}: set TMPDIR to a folder on a disk")
    return folder


def filesystem(folder: Path) -> str:
    """Return the kind of the filesystem that holds ``folder``."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    holding = [each for each in mounts if folder.is_relative_to(each[1])]
    # Of several at one place the last covers the others.
    return max(reversed(holding), key=lambda each: len(each[1]))[2]


def _synced_write_ms(folder: Path) -> float:
    """Return how long the disk takes for one page."""
    page = os.urandom(4096)
    descriptor = os.open(folder / "page", os.O_WRONLY | os.O_CREAT | os.O_DSYNC, 0o600)
    took = []
    try:
        for _ in range(WRITES):
            begun = monotonic()
            os.pwrite(descriptor, page, 0)
            took.append(monotonic() - begun)
    finally:
        os.close(descriptor)
    return median(took) * 1000


def commit() -> str:
    """Return which Kell this is; ``+`` says that files differ from the commit."""
    known = f"{version('kell')}, {_said(['git', 'rev-parse', '--short', 'HEAD']) or 'no commit'}"
    return known + "+" * bool(_said(["git", "status", "--porcelain", "kell", "static"]))


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _first(pattern: str, file: str) -> str:
    found = re.search(pattern, Path(file).read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()
