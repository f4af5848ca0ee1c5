"""Troubles: what happens to a server, its database and its people's networks while they talk."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fault.cluster import Postmaster
from tests.fault.crowd import Crowd

PATIENCE = 40.0

Trouble = Callable[[Crowd], Awaitable[None]]


def kills(count: int) -> Trouble:
    """Kill the server so many times, each time when it hurts, and start it again at once."""

    async def trouble(crowd: Crowd) -> None:
        for _ in range(count):
            await _moment(crowd)
            crowd.server.kill()
            crowd.server.start()
        await _acknowledged(crowd, 1)

    return trouble


def kills_of_the_database(postmaster: Postmaster, count: int) -> Trouble:
    """Kill PostgreSQL so many times while the server goes on."""

    async def trouble(crowd: Crowd) -> None:
        for _ in range(count):
            await _acknowledged(crowd, crowd.rng.randint(5, 40))
            postmaster.kill()
            await asyncio.to_thread(postmaster.start)
        await _acknowledged(crowd, 1)

    return trouble


def weather(seconds: float, *, kills: int = 0, restarts: int = 0) -> Trouble:
    """Let the network of somebody fail, again and again, and the server now and then."""

    async def trouble(crowd: Crowd) -> None:
        deeds = ["kill"] * kills + ["restart"] * restarts
        crowd.rng.shuffle(deeds)
        moments = sorted(crowd.rng.uniform(0, seconds) for _ in deeds)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while (now := loop.time() - begun) < seconds:
            await asyncio.sleep(crowd.rng.uniform(0.01, 0.15))
            _spoil(crowd)
            if moments and moments[0] < now:
                moments.pop(0)
                await _renew(crowd, deeds.pop())

    return trouble


async def _renew(crowd: Crowd, deed: str) -> None:
    server = crowd.server
    if deed == "kill":
        await _acknowledged(crowd, 1)
        server.kill()
    else:
        await asyncio.to_thread(server.stop)
    server.start()


def _spoil(crowd: Crowd) -> None:
    """Do something to somebody's network; ``None`` makes it good again."""
    link = crowd.rng.choice(list(crowd.links.values()))
    flow = crowd.rng.choice((link.up, link.down))
    match crowd.rng.choice(("cut", "reset", "slice", "delay", "block", "calm", "calm")):
        case "cut":
            link.cut()
        case "reset":
            link.reset()
        case "slice":
            flow.slices = crowd.rng.choice((1, 7, 100))
        case "delay":
            flow.delay = crowd.rng.uniform(0, 0.2)
        case "block":
            flow.open.clear()
        case "calm":
            link.calm()


async def _moment(crowd: Crowd) -> None:
    """Wait for one of the moments at which a server's death hurts."""
    match crowd.rng.choice(("write", "write", "ack", "ack", "connect", "start")):
        case "write":
            await _acknowledged(crowd, 1)
            await asyncio.sleep(crowd.rng.uniform(0, 0.4))
        case "ack":
            await _acknowledged(crowd, crowd.rng.randint(1, 20))
        case "connect":
            await until(lambda: any(each.connected.is_set() for each in crowd.clients.values()))
        case "start":
            await asyncio.sleep(crowd.rng.uniform(0, 0.3))


async def _acknowledged(crowd: Crowd, count: int) -> None:
    """Wait for acknowledgements; goes on in the instant in which the last of them arrives."""
    done = asyncio.Event()
    left = count

    def one() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            done.set()

    crowd.history.listeners.append(one)
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
    finally:
        crowd.history.listeners.remove(one)


async def until(condition: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Wait for a condition; TimeoutError when that takes too long."""
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.02)
