"""How soon a server serves, and how much memory it takes with nobody there."""

from time import sleep

from bench.cores import cpu_seconds, rss_mb
from bench.house import Bench
from bench.measure import Measure

RUNS = 3
SETTLES = 1.0


def measure(bench: Bench) -> list[Measure]:
    """Start servers on new databases, and each once more on the same."""
    first, again, busy, memory = [], [], [], []
    for _ in range(RUNS):
        home = bench.home()
        with bench.kell(home) as server:
            first.append(server.start_seconds)
        with bench.kell(home) as server:
            again.append(server.start_seconds)
            busy.append(cpu_seconds(server.pid))
            sleep(SETTLES)
            memory.append(rss_mb(server.pid))
    return [
        Measure(
            name="start_s",
            unit="s",
            runs=again,
            about="from the command to a 200 of /readyz, on a database that is up to date",
            table="starts",
            at_most=2.0,
        ),
        Measure(
            name="start_cpu_s",
            unit="s",
            runs=busy,
            about="processor time of that start: what it takes on a core that nobody else uses",
            table="starts",
        ),
        Measure(
            name="first_start_s",
            unit="s",
            runs=first,
            about="the same on no database: all migrations, the first admin and the first site",
            table="starts",
        ),
        Measure(
            name="idle_rss_mb",
            unit="MB",
            runs=memory,
            about="memory of a server that nobody uses",
            table="starts",
            at_most=110.0,
        ),
    ]
