"""What Prometheus reads: the counts of this process, and what it finds when it looks."""

import secrets
from collections.abc import Iterable, Iterator
from time import perf_counter

import gevent
from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import func, literal_column, select

from kell.core import db
from kell.core.clock import now
from kell.core.db.aside import read_aside
from kell.core.errors import NotFound, Unauthenticated
from kell.core.metrics import LOOP_LAG, declared
from kell.core.outbox.models import Job
from kell.web.routes import Anyone, route
from kell.web.running import Running, running

LAG_EVERY = 0.25
BEARER = "Bearer "

bp = Blueprint("metrics", __name__)


@route(bp, "GET", "/metrics", who=Anyone, limit="pages")
def metrics() -> Response:
    """Show what this process counts, to whoever has the token; without one set there is no page.

    Raises:
        NotFound: KELL_METRICS_TOKEN isn't set.
        Unauthenticated: it is another.
    """
    token = running().config.metrics_token
    if token is None:
        raise NotFound
    given = request.headers.get("Authorization", "")
    wanted = BEARER + token.get_secret_value()
    if not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Unauthenticated
    return Response(generate_latest(registry(running())), content_type=CONTENT_TYPE_LATEST)


def registry(kell: Running) -> CollectorRegistry:
    """Return everything that is shown."""
    found = CollectorRegistry()
    ProcessCollector(registry=found)
    for collector in (_Counts(), _Looks(kell)):
        found.register(collector)
    return found


def watch_loop() -> None:
    """Measure how late the loop is, for ever."""
    while True:
        begun = perf_counter()
        gevent.sleep(LAG_EVERY)
        LOOP_LAG.observe(max(0.0, perf_counter() - begun - LAG_EVERY))


class _Counts(Collector):
    def collect(self) -> Iterable[Metric]:
        return [each.collect() for each in declared]


class _Looks(Collector):
    """What isn't counted but looked up."""

    def __init__(self, kell: Running) -> None:
        self._kell = kell

    def describe(self) -> Iterable[Metric]:
        """Promise nothing: registering would look everything up."""
        return []

    def collect(self) -> Iterator[Metric]:
        sockets = GaugeMetricFamily(
            "kell_sockets", "Sockets that are connected to this process.", labels=["side"]
        )
        for side in ("visitor", "operator"):
            sockets.add_metric([side], self._kell.hub.sockets_of(f"/{side}"))
        yield sockets
        here = GaugeMetricFamily(
            "kell_present", "People who are connected to this process.", labels=["side"]
        )
        for side, count in self._kell.presence.here().items():
            here.add_metric([side], count)
        yield here
        yield _gauge(
            "kell_write_queue_works", "Works that wait for a transaction.", db.database().waiting
        )
        yield from _jobs()


def _jobs() -> Iterator[Metric]:
    """Look at the outbox: the same in every process, for they share it."""
    at = now()
    waiting = select(func.count().label("due"), func.min(Job.due_at).label("due_at")).where(
        Job.state == literal_column("'waiting'"), Job.due_at <= at
    )
    dead = select(func.count()).where(Job.state == literal_column("'dead'"))
    with db.read() as session:
        [row] = read_aside(session, waiting)
        [(buried,)] = read_aside(session, dead)
    lag = (at - row.due_at).total_seconds() if row.due_at else 0.0
    yield _gauge("kell_outbox_due_jobs", "Jobs that are due and not done.", row.due)
    yield _gauge("kell_outbox_lag_seconds", "How long the oldest due job has waited.", lag)
    yield _gauge("kell_outbox_dead_jobs", "Jobs that were given up.", buried)


def _gauge(name: str, about: str, value: float) -> Metric:
    family = GaugeMetricFamily(name, about)
    family.add_metric([], value)
    return family
