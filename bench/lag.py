"""How late the server's loop is, as its own ``/metrics`` tell."""

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from prometheus_client.parser import text_string_to_metric_families

from bench.servers import HOST, METRICS_TOKEN, Server

NAME = "kell_loop_lag_seconds"


@dataclass
class Lag:
    """What the looks at the loop found, in milliseconds."""

    mean: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    """No look was later: a bound of the histogram's buckets."""


@contextmanager
def watched(server: Server, lag: Lag) -> Iterator[None]:
    """Add what was found meanwhile; it looks four times a second."""
    before = _samples(server)
    yield
    after = _samples(server)
    found = {name: after[name] - before.get(name, 0.0) for name in after}
    looks = found[f"{NAME}_count"]
    lag.mean.append(found[f"{NAME}_sum"] / looks * 1000)
    bounds = sorted(float(name) for name in found if not name.startswith(NAME))
    lag.most.append(next(each for each in bounds if found[str(each)] == looks) * 1000)


def _samples(server: Server) -> dict[str, float]:
    """Return the histogram's count and sum by name, and its buckets by their bounds."""
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=30)) as connection:
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
        said = connection.getresponse().read().decode()
    [family] = [each for each in text_string_to_metric_families(said) if each.name == NAME]
    return {
        str(float(each.labels["le"])) if "le" in each.labels else each.name: each.value
        for each in family.samples
    }
