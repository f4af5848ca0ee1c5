"""Thousands of visitors who are connected and say nothing: how they come, and what they cost."""

from time import sleep

from bench import people
from bench.cores import rss_mb, watched
from bench.house import Bench
from bench.lag import Lag
from bench.lag import watched as loop_lag
from bench.measure import Measure
from bench.servers import Server

STEP = 1000
AT_ONCE = 100
SIZES = (1000, 5000, 10_000)
# A ping and a beacon come every 15 s: what they need is part of what a visitor costs.
BEAT = 17.0
# They all wait for an answer, and nobody is to get ten thousand mails about it meanwhile.
A_DAY = "86400"


def measure(bench: Bench) -> list[Measure]:
    """Connect 10,000 visitors, each with an open chat, to a server that has just started.

    They arrive at another process: memory that it freed would hide what they cost.
    """
    home = bench.home()
    with bench.kell(home, KELL_LATE_AFTER=A_DAY) as server:
        visitors = people.arrive(server, max(SIZES))
    tokens = [{"token": each.token} for each in visitors]
    with bench.kell(home, KELL_LATE_AFTER=A_DAY) as server:
        return _connect(bench, server, tokens)


def _connect(bench: Bench, server: Server, tokens: list[dict[str, str]]) -> list[Measure]:
    sleep(1)
    before = rss_mb(server.pid)
    rates, found, busy, lag = [], [], [], Lag()
    for size in range(STEP, max(SIZES) + 1, STEP):
        coming = tokens[size - STEP : size]
        seconds = bench.load.join(server, "idle", "/visitor", coming, at_once=AT_ONCE)
        rates.append(STEP / seconds)
        if size in SIZES:
            with (
                watched(bench.cores, server.pid, bench.load.pid) as shares,
                loop_lag(server, lag),
            ):
                sleep(BEAT)
            busy.append(shares.server)
            found.append(_memory(size, (rss_mb(server.pid) - before) / size * 1000))
    bench.load.leave("idle")
    return [
        Measure(
            name="connects_per_s",
            unit="sockets/s",
            runs=rates,
            about="visitors who connect, 100 at a time, from the handshake to being accepted",
            table="crowds",
        ),
        *found,
        Measure(
            name=f"idle_core_share_{max(SIZES)}",
            unit="of a core",
            runs=busy[-1:],
            about=f"processor time of the server while {max(SIZES):,} visitors are idle",
            table="crowds",
        ),
        *_lags(lag),
    ]


def _lags(lag: Lag) -> list[Measure]:
    who = f"how late the loop is while {max(SIZES):,} visitors are idle"
    return [
        Measure(
            name=f"loop_lag_ms_{name}_at_{max(SIZES)}",
            unit="ms",
            runs=runs[-1:],
            about=f"{who}, {what}",
            table="crowds",
        )
        for name, what, runs in (("mean", "mean", lag.mean), ("most", "at most", lag.most))
    ]


def _memory(size: int, each_thousand: float) -> Measure:
    return Measure(
        name=f"memory_mb_per_1000_idle_at_{size}",
        unit="MB",
        runs=[each_thousand],
        about=f"memory for each 1,000 idle visitors, with {size:,} of them",
        table="crowds",
        at_most=65.0,
    )
