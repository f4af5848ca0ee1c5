"""What is done to a server and its people, each story with its outcome."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic
from typing import Any

from tests.fault.check import Final, Outcome, Truth
from tests.fault.client import OperatorClient
from tests.fault.cluster import Postmaster, Server
from tests.fault.crowd import EVERYBODY, OPERATORS, PRIVATE, STRANGER, Crowd, arrive
from tests.fault.trespass import trespasses

PACE = 5.0  # messages a second and person
PATIENCE = 40.0
ONE_WAY_PATIENCE = 90.0
STARTS_AT_MOST = 10  # chats of one visitor in ten minutes

Trouble = Callable[[Crowd], Awaitable[None]]
Story = Callable[[Server, random.Random, float], Awaitable[Outcome]]


class Pause:
    """The place in a server at which a connect waits: ``before`` it reads, or ``after``."""

    def __init__(self, server: Server, where: str) -> None:
        self._wanted = server.home.folder / f"{where}-wanted"
        self._reached = server.home.folder / f"{where}-reached"

    def want(self) -> None:
        """Let the next connect wait there."""
        self._wanted.touch()

    def is_reached(self) -> bool:
        return self._reached.exists()

    def release(self) -> None:
        """Let it go on."""
        self._wanted.unlink()


@asynccontextmanager
async def crowd_at(
    server: Server, rng: random.Random, names: Sequence[str] = EVERYBODY
) -> AsyncIterator[Crowd]:
    """Bring people to a server, and send them home again."""
    crowd = Crowd(server, await asyncio.to_thread(arrive, server, names), rng)
    await crowd.gather()
    try:
        yield crowd
    finally:
        await crowd.leave()


async def storm(
    server: Server, rng: random.Random, trouble: Trouble, patience: float = PATIENCE
) -> Outcome:
    """Let everybody write while there is trouble; then wait until all have everything."""
    async with crowd_at(server, rng) as crowd:
        crowd.act(PACE)
        await trouble(crowd)
        return await settled(crowd, patience)


async def join_meets_commit(
    server: Server, rng: random.Random, patience: float, where: str
) -> Outcome:
    """Commit a message in the middle of a visitor's connect; no beacon helps."""
    pause = Pause(server, where)
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        visitor = crowd.clients["v0"]
        conversation = await _begin(crowd)
        for client in crowd.clients.values():
            client.heeds_beacons = False
        pause.want()
        crowd.links["v0"].cut()
        await _until(pause.is_reached)
        await crowd.tell("admin", conversation, "#v0# in between")
        pause.release()
        await visitor.connected.wait()
        # What was sent before this answer has arrived before it.
        await visitor.call("mark.delivered", conversation=conversation, seq=0)
        return await settled(crowd, patience)


async def retry_meets_limit(server: Server, rng: random.Random, patience: float) -> Outcome:
    """Lose the acknowledgement of the last chat that a visitor may start, and ask again."""
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        for _ in range(STARTS_AT_MOST - 1):
            await _begin(crowd)
        link, admin = crowd.links["v0"], crowd.clients["admin"]
        link.down.open.clear()
        last = asyncio.create_task(_begin(crowd))
        await _until(lambda: len(admin.views) == STARTS_AT_MOST)
        link.reset()
        link.calm()
        await _until(lambda: last.done() or crowd.history.refused)
        last.cancel()
        return await settled(crowd, patience)


async def one_way_loss(
    server: Server, rng: random.Random, lasting: float
) -> tuple[Outcome, dict[str, float]]:
    """Block one direction of a network; tell after how many seconds that was noticed."""
    async with crowd_at(server, rng, ("v0", "v1", "admin")) as crowd:
        ways = {"v0": crowd.links["v0"].down, "v1": crowd.links["v1"].up}
        chats = {name: await _begin(crowd, name) for name in ways}
        begun = monotonic()
        for name, flow in ways.items():
            flow.open.clear()
            crowd.write(name, chats[name])
            await crowd.tell("admin", chats[name], f"#{name}# an answer")

        def noticed() -> dict[str, float]:
            losses = {name: crowd.clients[name].losses for name in ways}
            return {name: each[-1][0] - begun for name, each in losses.items() if each}

        await _until(lambda: len(noticed()) == len(ways), ONE_WAY_PATIENCE)
        first = noticed()
        await asyncio.sleep(begun + lasting - monotonic())
        return await settled(crowd), first


async def _begin(crowd: Crowd, name: str = "v0") -> str:
    """Start a chat, and return it once it is acknowledged."""
    await crowd.clients[name].connected.wait()
    answer = await crowd.begin(name).answered
    return str(answer["conversation"])


# Troubles


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
            await _until(lambda: any(each.connected.is_set() for each in crowd.clients.values()))
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


# The end


async def settled(crowd: Crowd, patience: float = PATIENCE) -> Outcome:
    """Let everybody come to rest, and tell all that is known."""
    await crowd.rest()
    late: list[str] = []
    with contextlib.suppress(TimeoutError):
        await _until(lambda: all(each.is_idle for each in crowd.clients.values()), patience)
        await asyncio.wait_for(_caught_up(crowd, late), patience)
        late.clear()
    late += [f"{name} still waits" for name, each in crowd.clients.items() if not each.is_idle]
    # Whoever still sends would be ahead of what is read now.
    await crowd.leave()
    truth = await asyncio.to_thread(Truth.read, crowd.server.home)
    people = crowd.people
    return Outcome(
        history=crowd.history,
        truth=truth,
        authors={name: _id_of(crowd, name) for name in crowd.clients},
        may_hear={name: _marks_for(crowd, name) for name in crowd.clients},
        finals=[each async for each in _finals(crowd)],
        late=late,
        trespasses=await asyncio.to_thread(lambda: list(trespasses(people, truth))),
        errors=crowd.server.errors(),
    )


async def _caught_up(crowd: Crowd, late: list[str]) -> None:
    """Wait until every client has heard of everything; ``late`` says who hasn't, meanwhile."""
    while True:
        truth = await asyncio.to_thread(Truth.read, crowd.server.home)
        late[:] = _behind(crowd, truth)
        if not late:
            return
        await asyncio.sleep(0.1)


def _behind(crowd: Crowd, truth: Truth) -> list[str]:
    found = []
    # A tab that wasn't there knows of no other.
    newest = {each.visitor_id: each.id for each in truth.counters.values()}
    for name, client in crowd.clients.items():
        for conversation, counters in truth.counters.items():
            is_operator = isinstance(client, OperatorClient)
            is_current = newest[counters.visitor_id] == conversation
            is_own = counters.visitor_id == _id_of(crowd, name) and is_current
            if not (name in OPERATORS or conversation in client.views or is_own):
                continue
            rev = counters.rev if is_operator else counters.public_rev
            has = client.view(conversation).rev
            if has != rev:
                found.append(f"{name} has {conversation} at {has}, it is at {rev}")
            if is_operator and client.listed.get(conversation, (0,))[0] != rev:
                found.append(f"{name} lists {conversation} not as it is at {rev}")
    return found


def _id_of(crowd: Crowd, name: str) -> str:
    welcome = crowd.clients[name].welcome
    return str(welcome.get("visitor") or welcome["operator"]["id"])


def _marks_for(crowd: Crowd, name: str) -> set[str]:
    if name in OPERATORS:
        return {*crowd.visitors, PRIVATE}
    return set() if name == STRANGER else {name.removesuffix("-tab")}


async def _finals(crowd: Crowd) -> AsyncIterator[Final]:
    for name, client in crowd.clients.items():
        for view in client.views.values():
            if view.rev == 0:
                continue
            person = client.person
            fresh = await asyncio.to_thread(
                person.post, "conversation.sync", conversation=view.id, after=0
            )
            yield Final(
                name, view.id, view.order, view.rows, view.conversation, fresh.body, view.earlier
            )


async def _until(condition: Callable[[], Any], patience: float = PATIENCE) -> None:
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.02)


# The quick profile: short stories, each for a server of its own that has pauses

QUICK: Mapping[str, Story] = {
    "a commit before the read of a connect": partial(join_meets_commit, where="before"),
    "a commit after the read of a connect": partial(join_meets_commit, where="after"),
    "a retry beyond the limit": retry_meets_limit,
    "a short storm": lambda server, rng, patience: storm(
        server, rng, weather(5, kills=4, restarts=1), patience
    ),
}
