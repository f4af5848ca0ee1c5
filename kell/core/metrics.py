"""What this process counts about itself: plain numbers, so that counting costs next to nothing.

Everything happens on one thread, the loop's, so nothing is locked. ``kell.web.metrics`` shows them
to Prometheus; ``docs/operating.md`` lists every one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

Labels = tuple[str, ...]

SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SIZES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)

declared: list["Counter | Histogram"] = []


@dataclass(slots=True, eq=False)
class Counter:
    """How often something happened."""

    name: str
    about: str
    labels: Labels = ()
    values: dict[Labels, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        declared.append(self)
        if not self.labels:
            self.values[()] = 0

    def add(self, *labels: str) -> None:
        self.values[labels] = self.values.get(labels, 0) + 1

    def collect(self) -> Metric:
        """Return it as Prometheus knows it."""
        family = CounterMetricFamily(self.name, self.about, labels=self.labels)
        for labels, value in self.values.items():
            family.add_metric(labels, value)
        return family


@dataclass(slots=True, eq=False)
class Histogram:
    """How long something took, or how large it was."""

    name: str
    about: str
    labels: Labels = ()
    bounds: Sequence[float] = SECONDS
    values: dict[Labels, list[int]] = field(default_factory=dict)
    sums: dict[Labels, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        declared.append(self)

    def observe(self, value: float, *labels: str) -> None:
        """Count a value in its bucket."""
        buckets = self.values.get(labels)
        if buckets is None:
            buckets = self.values[labels] = [0] * (len(self.bounds) + 1)
            self.sums[labels] = 0.0
        buckets[bisect_left(self.bounds, value)] += 1
        self.sums[labels] += value

    def collect(self) -> Metric:
        """Return it as Prometheus knows it."""
        family = HistogramMetricFamily(self.name, self.about, labels=self.labels)
        for labels in self.values:
            family.add_metric(labels, list(self._upto(labels)), self.sums[labels])
        return family

    def _upto(self, labels: Labels) -> Iterator[tuple[str, float]]:
        total = 0
        for bound, count in zip([*self.bounds, None], self.values[labels], strict=True):
            total += count
            yield ("+Inf" if bound is None else str(bound)), total


MESSAGES = Counter(
    "kell_messages", "Messages and notes that were accepted, on disk, new.", ("side",)
)
DUPLICATES = Counter(
    "kell_duplicates_suppressed",
    "Requests that came again and were answered with what was done before.",
    ("side",),
)
COMMANDS = Histogram(
    "kell_command_seconds", "From a command to its answer, both included.", ("side", "command")
)
REFUSALS = Counter(
    "kell_refusals", "Commands that were refused, by the code of the error.", ("side", "code")
)
LIMITED = Counter("kell_limited", "Requests that were one too many, by limit.", ("limit",))
GAP_REPAIRS = Counter(
    "kell_gap_repairs",
    "Syncs that found rows which the browser lacked: it was away, or a frame was lost.",
    ("side",),
)
BEACON_MISMATCHES = Counter(
    "kell_beacon_mismatches",
    "Syncs that a beacon caused: only it showed that the last frame was lost.",
    ("side",),
)
WRITE_WAITS = Histogram("kell_write_wait_seconds", "How long a work waited for its transaction.")
TRANSACTIONS = Histogram(
    "kell_transaction_seconds", "From BEGIN until the commit is on disk.", ("store",)
)
BATCHES = Histogram("kell_write_batch_works", "How many works one transaction held.", bounds=SIZES)
DATABASE_ERRORS = Counter(
    "kell_database_errors", "Transactions that were lost and answered retry_later.", ("store",)
)
DATABASE_RETRIES = Counter(
    "kell_database_retries", "Works that lost a race, or a lock, and ran again.", ("store",)
)
LOOP_LAG = Histogram("kell_loop_lag_seconds", "How late the loop is: it looks four times a second.")
