"""Messages a second against the echo floor, and latencies by the clock."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import monotonic

from bench import lag, people, rounds, servers
from bench.house import Bench
from bench.lag import Lag
from bench.measure import Measure
from bench.rounds import Opponent, Talk, talk
from bench.servers import Server

ROUNDS = 3
RATE = 1000.0
# Of what the server can do: more than this makes a queue that only grows.
BEARABLE = 0.8
# Of the 45 s of --quick: starting and stopping takes the rest.
QUICK_ROUNDS_WITHIN = 32.0


def measure(bench: Bench) -> list[Measure]:
    """Measure throughput and latencies on both databases."""
    with ExitStack() as stack:
        floor = stack.enter_context(servers.echo_floor(bench.cores, bench.folder))
        kells = [
            stack.enter_context(_watched_kell(bench, "SQLite")),
            stack.enter_context(_watched_kell(bench, "PostgreSQL", f"{bench.cluster}/postgres")),
        ]
        speed = Speed(bench, floor, kells)
        for _ in range(ROUNDS):
            speed.measure_throughput()
            speed.measure_leaner_floor()
            speed.measure_latency()
        return speed.measures()


def quick(bench: Bench) -> list[Measure]:
    """Measure throughput on SQLite alone, in as many rounds as there is time for."""
    with (
        servers.echo_floor(bench.cores, bench.folder) as floor,
        _watched_kell(bench, "SQLite") as sqlite,
    ):
        speed = Speed(bench, floor, [sqlite])
        begun = monotonic()
        for done in range(1, ROUNDS + 1):
            speed.measure_throughput()
            # One more takes as long as one took: on a slow machine fewer have to do.
            if (monotonic() - begun) * (done + 1) / done > QUICK_ROUNDS_WITHIN:
                break
        return speed.measures()


@contextmanager
def _watched_kell(bench: Bench, store: str, url: str | None = None) -> Iterator[Opponent]:
    """Serve, with an operator who is watching."""
    home = bench.home()
    with bench.kell(home, url) as server:
        cookie = people.sign_in(server, home)
        bench.load.join(server, f"watchers of {store}", "/operator", [{}], cookie=cookie)
        yield rounds.kell(store, server)


class Speed:
    """Rounds, interleaved: what disturbs the machine for a while disturbs all of them."""

    def __init__(self, bench: Bench, floor: Server, kells: Sequence[Opponent]) -> None:
        self._bench = bench
        self._floor = floor
        self._kells = kells
        self.floors: list[Talk] = []
        self.leaner_floors: list[Talk] = []
        self.fastest: dict[str, list[Talk]] = {each.name: [] for each in kells}
        self.lags = {each.name: Lag() for each in kells}
        self.at_half: dict[str, list[Talk]] = {each.name: [] for each in kells}
        self.at_rate: dict[str, list[Talk]] = {each.name: [] for each in kells}

    def measure_throughput(self) -> None:
        """Add a round: the floor, then each Kell, as fast as each can."""
        self.floors.append(self._talk(rounds.echo(self._floor)))
        for kell in self._kells:
            with lag.watched(kell.server, self.lags[kell.name]):
                self.fastest[kell.name].append(self._talk(kell))

    def measure_leaner_floor(self) -> None:
        """Add a round of the floor that sends as many frames as Kell."""
        self.leaner_floors.append(self._talk(rounds.echo(self._floor, with_own_copy=False)))

    def measure_latency(self) -> None:
        """Add a round: each Kell at half of what it reached last, and at the rate of the budget."""
        for kell in self._kells:
            most = self.fastest[kell.name][-1].acked_per_s
            self.at_half[kell.name].append(self._talk(kell, most / 2))
            self.at_rate[kell.name].append(self._talk(kell, min(RATE, most * BEARABLE)))

    def measures(self) -> list[Measure]:
        """Return what the rounds gave."""
        found = [
            _floor("echo_floor_per_s", self.floors, "echo floor: three frames for each message"),
            _cpu("echo_floor_cpu_us", self.floors, "processor time of the echo for each message"),
        ]
        if self.leaner_floors:
            about = "the same without the sender's own copy: two frames, as many as Kell sends"
            found.append(_floor("echo_floor_two_frames_per_s", self.leaner_floors, about))
        for kell in self._kells:
            found += self._throughput(kell.name)
            found += _latencies(kell.name, "half_load", self.at_half[kell.name], budget=False)
            found += _latencies(kell.name, "1000_per_s", self.at_rate[kell.name], budget=True)
        return found + self._checks()

    def _talk(self, opponent: Opponent, rate: float | None = None) -> Talk:
        return talk(self._bench.cores, self._bench.load, opponent, rate=rate)

    def _throughput(self, store: str) -> list[Measure]:
        rounds = self.fastest[store]
        tail, on = _tail(store), _on(store)
        ratios = [
            ours.acked_per_s / floor.acked_per_s
            for ours, floor in zip(rounds, self.floors, strict=True)
        ]
        return [
            Measure(
                name=f"acked_per_s{tail}",
                unit="messages/s",
                runs=[each.acked_per_s for each in rounds],
                about=f"durable messages, acknowledged and seen by the operator, {on}",
                table="throughput",
            ),
            Measure(
                name=f"ratio_to_echo_floor{tail}",
                unit="x",
                runs=ratios,
                about=f"the same as a share of the echo floor of the same round, {on}",
                table="throughput",
                at_least=1.0,
            ),
            _cpu(f"cpu_us{tail}", rounds, f"processor time of Kell for each message, {on}"),
            Measure(
                name=f"loop_lag_ms_mean{tail}",
                unit="ms",
                runs=self.lags[store].mean,
                about=f"how late the loop is meanwhile, mean, {on}",
                table="throughput",
            ),
        ]

    def _checks(self) -> list[Measure]:
        everything = list(_all(self.floors, self.leaner_floors, *self.fastest.values()))
        by_clock = list(_all(*self.at_half.values(), *self.at_rate.values()))
        checks = [
            Measure(
                name="load_core_share",
                unit="of a core",
                runs=[each.shares.load for each in everything],
                about="what the load itself used at full speed: the bottleneck is elsewhere",
                table="checks",
                at_most=0.5,
            ),
            Measure(
                name="others_core_share",
                unit="of a core",
                runs=[each.shares.others for each in [*everything, *by_clock]],
                about="what strangers used of the server's core: figures of a busy machine are low",
                table="checks",
                at_most=0.05,
            ),
        ]
        if by_clock:
            checks.append(
                Measure(
                    name="load_late_ms_p99",
                    unit="ms",
                    runs=[each.late_ms["p99"] for each in by_clock],
                    about="how late the load itself sent: it is part of the latencies",
                    table="checks",
                )
            )
        return checks


def _floor(name: str, rounds: Sequence[Talk], about: str) -> Measure:
    runs = [each.acked_per_s for each in rounds]
    return Measure(name=name, unit="messages/s", runs=runs, about=about, table="throughput")


def _cpu(name: str, rounds: Sequence[Talk], about: str) -> Measure:
    runs = [each.cpu_us for each in rounds]
    return Measure(name=name, unit="µs", runs=runs, about=about, table="throughput")


def _latencies(store: str, where: str, rounds: Sequence[Talk], *, budget: bool) -> list[Measure]:
    """Return p50 and p99, to the sender's acknowledgement and to the operator."""
    if not rounds:
        return []
    rates = ", ".join(f"{each.acked_per_s:.0f}" for each in rounds)
    most = {("ack", "p50"): 3.0, ("ack", "p99"): 20.0} if budget else {}
    return [
        Measure(
            name=f"{what}_ms_{share}_{where}{_tail(store)}",
            unit="ms",
            runs=[(each.ack_ms if what == "ack" else each.seen_ms)[share] for each in rounds],
            about=f"{about}, {share}, {_on(store)}",
            table="latency",
            at_most=most.get((what, share)),
            note=f"at {rates} messages/s",
        )
        for what, about in (("ack", "send to acknowledgement"), ("seen", "visitor to operator"))
        for share in ("p50", "p99")
    ]


def _all(*lists: Iterable[Talk]) -> Iterable[Talk]:
    for each in lists:
        yield from each


def _tail(store: str) -> str:
    return "" if store == "SQLite" else f"_{store.lower()}"


def _on(store: str) -> str:
    return f"on {store}"
