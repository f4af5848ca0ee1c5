"""However often and however rudely people come and go, nothing of them stays behind."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.fault.cluster import Server, wait_until
from tests.fault.line import Line, Lost
from tests.fault.stories import crowd_at

Run = Callable[..., Any]


@pytest.mark.timeout(200)
def test_a_server_keeps_nothing_of_those_who_left(
    server: Server, rng: random.Random, run: Run
) -> None:
    # What a server opens once, it may keep: pools of connections, files that are read again.
    run(come_and_go(server, rng))
    wait_until(lambda: server.sockets() == 0, "the first have left")
    before = server.files()
    for _ in range(2):
        run(come_and_go(server, rng))
    wait_until(lambda: server.sockets() == 0, "all have left")
    wait_until(lambda: server.files() <= before + POOL, "their files are closed")
    assert server.errors() == []


# Readers' connections to the database that weren't needed at first: three files each on SQLite.
POOL = 15


async def come_and_go(server: Server, rng: random.Random) -> None:
    """Come as everybody, as strangers, and halfway; leave in the middle of a word."""
    async with crowd_at(server, rng) as crowd:
        strangers = [_be_refused(server) for _ in range(5)]
        halfway = [await Line.open(server.port, None) for _ in range(5)]
        await asyncio.gather(*strangers)
        for link in list(crowd.links.values())[::2]:
            link.reset()
        for line in halfway:
            line.close()


async def _be_refused(server: Server) -> None:
    line = await Line.open(server.port, None)
    try:
        await line.receive()
        line.send_json("40/visitor,", {"token": "A" * 43})
        assert (await line.receive()).startswith("44/visitor,")
    except Lost:
        pass
    finally:
        line.close()
