"""All come back at once after an outage: spread by chance, a few at a time, and nobody is kept out.

The visitors run the connection that browsers run (``browser/connection.ts``) in Node.
"""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.fault.broken import LET_IN
from tests.fault.cluster import Server, wait_until
from tests.fault.line import Line, Lost
from tests.people import Operator, Visitor

NODE = Path(sys.executable).parent / "node"
SCRIPT = Path(__file__).with_name("swarm.mjs")
CEILING = 300  # handshakes a second


class Swarm:
    """Widgets in a process of their own."""

    def __init__(self, base: str, count: int) -> None:
        self.count = count
        self.online = 0
        self.tries: list[float] = []  # seconds, of the wall clock
        self._process = subprocess.Popen(
            [NODE, SCRIPT, base, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def is_online(self) -> bool:
        return self.online == self.count

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            news = json.loads(line)
            self.online = news["states"].get("online", 0)
            self.tries += [each / 1000 for each in news["tries"]]


@contextmanager
def swarm_at(server: Server, count: int, within: float) -> Iterator[Swarm]:
    swarm = Swarm(server.base, count)
    try:
        wait_until(swarm.is_online, "everybody is online", within)
        yield swarm
    finally:
        swarm.close()


def storm(server: Server, count: int, ceiling: int, within: float) -> None:
    """Kill a server under so many sockets; all of them come back, an operator before them."""
    operator = Operator.sign_in(server.base, *server.home.logins["liisa"])
    with swarm_at(server, count, within) as swarm:
        killed = time.time()
        server.kill()
        wait_until(lambda: swarm.online == 0, "everybody has noticed")
        server.start()
        server.wait_until_ready()
        ready = time.time()
        with strangers(server) as refused:
            wait_until(lambda: refused[0] > 10, "there are more strangers than come in")
            came_in = asyncio.run(comes_back(server, operator.headers["Cookie"]))
        slowest = talk_meanwhile(server, swarm.is_online, within)
        back = time.time() - ready
        tries = [each for each in swarm.tries if each > killed]
    print(f"{count} back in {back:.1f} s, the operator in {came_in:.2f} s;", end=" ")
    print(f"{len(tries)} tries, {refused[0]} strangers refused, slowest message {slowest:.2f} s")
    # As fast as the ceiling allows, and what it can't be faster than.
    assert count / ceiling - 2 <= back
    assert came_in < 5
    assert slowest < 5
    # Full jitter: nobody waits in a row with the others. All would be in one tenth otherwise.
    assert busiest_tenth(tries) < 0.5 * count
    # Refused tries double their waits: no browser knocks without end.
    assert len(tries) < 12 * count


@contextmanager
def strangers(server: Server) -> Iterator[list[int]]:
    """Have somebody without a name shake hands without end; count how often they were refused."""
    refused, over = [0], threading.Event()

    async def knock() -> None:
        while not over.is_set():
            try:
                line = await Line.open(server.port, None)
            except (Lost, OSError):
                refused[0] += 1
                await asyncio.sleep(0.005)
            else:
                line.close()

    async def flood() -> None:
        await asyncio.gather(*(knock() for _ in range(4)))

    thread = threading.Thread(target=asyncio.run, args=(flood(),))
    thread.start()
    try:
        yield refused
    finally:
        over.set()
        thread.join()


async def comes_back(server: Server, cookie: str) -> float:
    """Connect as a panel does; return after how many seconds it was welcome."""
    begun = time.monotonic()
    while True:
        with suppress(Lost, OSError):
            line = await Line.open(server.port, cookie)
            await line.receive()
            line.send_json("40/operator,", {})
            await line.receive()
            line.close()
            return time.monotonic() - begun
        await asyncio.sleep(0.1)


def talk_meanwhile(server: Server, is_over: Callable[[], bool], within: float) -> float:
    """Write until it is over; return the seconds that the slowest message took."""
    visitor, times = Visitor.arrive(server.base), [0.0]

    def say() -> bool:
        begun = time.monotonic()
        answer = visitor.say("Still here") if visitor.conversation else visitor.start("Hello")
        times.append(time.monotonic() - begun)
        assert answer.code in (None, "rate_limited"), answer.body
        return is_over()

    wait_until(say, "everybody is back", within)
    return max(times)


def busiest_tenth(tries: Sequence[float]) -> int:
    return max(Counter(int(each * 10) for each in tries).values())


@pytest.mark.timeout(200)
def test_hundreds_come_back_at_once(serve: Callable[..., Server]) -> None:
    storm(serve("sqlite", broken="low_ceiling"), 300, LET_IN, within=90)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_five_thousand_come_back_at_once(serve: Callable[..., Server], database: str) -> None:
    storm(serve(database), 5000, CEILING, within=300)
