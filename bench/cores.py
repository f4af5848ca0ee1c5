"""One core for the server, another one for all that loads it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cores:
    """Numbers of processor cores, as ``taskset`` takes them."""

    server: int
    load: int


@dataclass
class Shares:
    """What was used of a core while something ran: 1.0 is all of it."""

    server_seconds: float = 0.0
    server: float = 0.0
    load: float = 0.0
    others: float = 0.0
    """Of the server's core, by anybody else: more than a little spoils the figures."""


def part() -> Cores:
    """Choose the cores, and move this process, with all that it starts, to the load's.

    Raises:
        RuntimeError: there is only one.
    """
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise RuntimeError("two cores are needed: one for the server, one for the load")
    cores = Cores(usable[0], usable[1])
    os.sched_setaffinity(0, {cores.load})
    return cores


@contextmanager
def both(cores: Cores) -> Iterator[None]:
    """Let what is started inside run on both cores: a browser is many processes."""
    os.sched_setaffinity(0, {cores.server, cores.load})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {cores.load})


@contextmanager
def watched(cores: Cores, server: int, load: int) -> Iterator[Shares]:
    """Fill the shares in at the end; ``server`` and ``load`` are process ids."""
    shares = Shares()
    begun = monotonic()
    before = cpu_seconds(server), cpu_seconds(load), _busy_seconds(cores.server)
    yield shares
    took = monotonic() - begun
    after = cpu_seconds(server), cpu_seconds(load), _busy_seconds(cores.server)
    shares.server_seconds = after[0] - before[0]
    shares.server = shares.server_seconds / took
    shares.load = (after[1] - before[1]) / took
    # The two clocks tick at different moments: a core nobody shares may seem to be below nothing.
    shares.others = max(0.0, (after[2] - before[2]) / took - shares.server)


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process has used, in all its threads."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    # After the name, which may hold anything: utime and stime are fields 14 and 15 (proc(5)).
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_mb(process: int) -> float:
    """Return the memory that a process holds, in MB of 1,000,000 bytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    [line] = [each for each in status.splitlines() if each.startswith("VmRSS:")]
    return int(line.split()[1]) * 1024 / 1e6


def _busy_seconds(core: int) -> float:
    lines = Path("/proc/stat").read_text(encoding="utf-8").splitlines()
    [line] = [each for each in lines if each.startswith(f"cpu{core} ")]
    user, nice, system, _idle, _iowait, irq, softirq, steal, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + softirq + steal) / TICKS
