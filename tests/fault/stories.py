"""What is done to a server and its people, each story with its outcome."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic

from tests.fault.actors import acting
from tests.fault.check import Final, Outcome, Truth
from tests.fault.client import Draft, OperatorClient
from tests.fault.cluster import Server
from tests.fault.crowd import EVERYBODY, OPERATORS, PRIVATE, STRANGER, VISITORS, Crowd, arrive
from tests.fault.trespass import trespasses
from tests.fault.troubles import PATIENCE, Trouble, until, weather

PACE = 5.0  # messages a second and person
ONE_WAY_PATIENCE = 90.0
DEATHS = 4
STARTS_AT_MOST = 10  # chats of one visitor in ten minutes

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
        with acting(crowd, PACE):
            await trouble(crowd)
        return await settled(crowd, patience)


async def join_meets_commit(
    server: Server, rng: random.Random, patience: float, who: str, where: str
) -> Outcome:
    """Commit a message in the middle of somebody's connect; no beacon helps."""
    pause = Pause(server, where)
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        comes, writes = crowd.clients[who], "admin" if who == "v0" else "v0"
        conversation = await _begin(crowd)
        await until(lambda: conversation in crowd.clients["admin"].views)
        for client in crowd.clients.values():
            client.heeds_beacons = False
        pause.want()
        crowd.links[who].cut()
        await until(pause.is_reached)
        await crowd.tell(writes, conversation, "#v0# in between")
        pause.release()
        await comes.connected.wait()
        # What was sent before this answer has arrived before it.
        await comes.call("mark.delivered", conversation=conversation, seq=0)
        return await settled(crowd, patience)


async def retry_meets_limit(server: Server, rng: random.Random, patience: float) -> Outcome:
    """Lose the acknowledgement of the last chat that a visitor may start, and ask again."""
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        for _ in range(STARTS_AT_MOST - 1):
            await _begin(crowd)
        link, admin = crowd.links["v0"], crowd.clients["admin"]
        link.down.open.clear()
        last = asyncio.create_task(_begin(crowd))
        await until(lambda: len(admin.views) == STARTS_AT_MOST)
        link.reset()
        link.calm()
        await until(lambda: last.done() or crowd.history.refused)
        last.cancel()
        return await settled(crowd, patience)


async def deletion_meets_absence(server: Server, rng: random.Random, patience: float) -> Outcome:
    """Delete a message, which another one quotes, while its visitor is away."""
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        views = crowd.clients["v0"].views, crowd.clients["admin"].views
        chat = await _begin(crowd)
        answer = await crowd.write("admin", chat, "v0").answered
        await crowd.write("v0", chat, "v0", quote=answer["id"]).answered
        await until(lambda: all(chat in each and len(each[chat].rows) == 3 for each in views))
        link = crowd.links["v0"]
        link.up.open.clear()
        link.cut()
        await until(lambda: not crowd.clients["v0"].connected.is_set())
        await crowd.delete("admin", chat, answer["id"]).answered
        await crowd.write("admin", chat, "v0").answered
        return await settled(crowd, patience)


async def death_meets_word(server: Server, rng: random.Random, patience: float) -> Outcome:
    """Kill the server in the instant in which somebody hears of a message: it is on disk."""
    async with crowd_at(server, rng, ("v0", "admin")) as crowd:
        chat = await _begin(crowd)
        for _ in range(DEATHS):
            draft = crowd.write("v0", chat, "v0")
            heard = _next_word(crowd, draft)
            await asyncio.wait_for(heard.wait(), PATIENCE)
            server.kill()
            server.start()
            await asyncio.to_thread(server.wait_until_ready)
            await asyncio.wait_for(draft.answered, PATIENCE)
        return await settled(crowd, patience)


async def plain_talk(server: Server, rng: random.Random, patience: float) -> Outcome:
    """Let two visitors and an operator talk, and send everything twice at once."""
    async with crowd_at(server, rng, ("v0", "v1", "admin")) as crowd:
        chats = {name: await _begin(crowd, name) for name in ("v0", "v1")}
        await until(lambda: all(chat in crowd.clients["admin"].views for chat in chats.values()))
        for name, chat in chats.items():
            drafts = [crowd.write(each, chat, name, twice=True) for each in (name, "admin")]
            for draft in drafts:
                await asyncio.wait_for(draft.answered, PATIENCE)
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
            crowd.write(name, chats[name], name)
            await crowd.tell("admin", chats[name], f"#{name}# an answer")

        def noticed() -> dict[str, float]:
            losses = {name: crowd.clients[name].losses for name in ways}
            return {name: each[-1][0] - begun for name, each in losses.items() if each}

        await until(lambda: len(noticed()) == len(ways), ONE_WAY_PATIENCE)
        first = noticed()
        await asyncio.sleep(begun + lasting - monotonic())
        return await settled(crowd), first


async def _begin(crowd: Crowd, name: str = "v0") -> str:
    """Start a chat, and return it once it is acknowledged."""
    async with asyncio.timeout(PATIENCE):
        await crowd.clients[name].connected.wait()
        answer = await crowd.begin(name).answered
    return str(answer["conversation"])


def _next_word(crowd: Crowd, draft: Draft) -> asyncio.Event:
    """Return an event that is set when anybody is acknowledged or shown anything."""
    heard = asyncio.Event()
    # Refused, too: a server that has lost the chat has shown enough.
    draft.answered.add_done_callback(lambda _: heard.set())
    crowd.history.listeners.append(heard.set)
    crowd.history.watchers.append(heard.set)
    return heard


# The end


async def settled(crowd: Crowd, patience: float = PATIENCE) -> Outcome:
    """Let everybody come to rest, and tell all that is known."""
    for link in crowd.links.values():
        link.calm()
    late: list[str] = []
    try:
        await until(lambda: all(each.is_idle for each in crowd.clients.values()), patience)
        await asyncio.wait_for(_caught_up(crowd, late), patience)
    except TimeoutError:
        # Not otherwise: whoever has everything may be connecting just now, and ask once more.
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
        return {*VISITORS, PRIVATE}
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


# The quick profile: short stories, each for a server of its own that has pauses

QUICK: Mapping[str, Story] = {
    "a commit before the read of a connect": partial(join_meets_commit, who="v0", where="before"),
    "a commit after the read of a connect": partial(join_meets_commit, who="v0", where="after"),
    "a commit before a panel's read": partial(join_meets_commit, who="admin", where="before"),
    "a commit after a panel's read": partial(join_meets_commit, who="admin", where="after"),
    "a retry beyond the limit": retry_meets_limit,
    "a deletion while somebody is away": deletion_meets_absence,
    "a death at the first word": death_meets_word,
    "a plain talk": plain_talk,
    "a short storm": lambda server, rng, patience: storm(
        server, rng, weather(5, kills=4, restarts=1), patience
    ),
}
