"""A server is killed while thousands are connected: how soon they are back, and who notices."""

import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench import people
from bench.house import Bench
from bench.measure import Measure
from bench.people import Visitor
from bench.rounds import TEXT

HERD = 5000
OTHERS = 50
RATE = 50.0
# The herd is back by then, or the target is missed anyway.
SECONDS = 30.0
RUNS = 2


def measure(bench: Bench) -> list[Measure]:
    """Kill it, start it again at once, and let some talk while the rest come back."""
    home = bench.home()
    with bench.kell(home) as server:
        visitors = people.arrive(server, HERD + OTHERS)
    found = [_kill(bench, home, visitors[OTHERS:], visitors[:OTHERS]) for _ in range(RUNS)]
    return [
        Measure(
            name="all_back_s",
            unit="s",
            runs=[each["herd"]["seconds"] for each in found],
            about=f"from the kill of the server until all of {HERD:,} visitors are back",
            table="comeback",
            at_most=45.0,
        ),
        Measure(
            name="others_ack_ms_p99_meanwhile",
            unit="ms",
            runs=[each["talk"]["ack_ms"]["p99"] for each in found],
            about=f"send to acknowledgement, p99, of {OTHERS} who talk meanwhile",
            table="comeback",
            at_most=2000.0,
            note=f"{RATE:.0f} messages/s",
        ),
        Measure(
            name="knocks_in_vain",
            unit="knocks",
            runs=[each["herd"]["refusals"] for each in found],
            about="nobody was there yet, or it said: come again",
            table="comeback",
        ),
    ]


def _kill(bench: Bench, home: Path, herd: Sequence[Visitor], others: Sequence[Visitor]) -> Any:
    tokens = [{"token": each.token} for each in herd]
    with bench.kell(home) as server:
        bench.load.join(server, "herd", "/visitor", tokens, at_once=100)
        os.kill(server.pid, signal.SIGKILL)
    bench.load.forget("herd")
    with ThreadPoolExecutor(1) as meanwhile:
        coming = meanwhile.submit(
            bench.load.come_back,
            server,
            tokens,
            [{"token": each.token} for each in others],
            event="message.send",
            text=TEXT,
            conversations=[each.conversation for each in others],
            rate=RATE,
            seconds=SECONDS,
        )
        with bench.kell(home, port=server.port):
            return coming.result()
