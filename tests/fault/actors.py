"""What visitors and operators do all day, by chance."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.fault.client import Client
from tests.fault.crowd import OPERATORS, VISITORS, Crowd
from tests.people import Operator

CHATS_EACH = 3
UNDER_WAY_AT_MOST = 8  # of one person's messages


@contextmanager
def acting(crowd: Crowd, pace: float) -> Iterator[None]:
    """Let everybody write, about ``pace`` times a second each."""
    actors = [
        crowd.clients[name].spawn((ask if name in VISITORS else answer)(crowd, name, pace))
        for name in crowd.people
        if name in VISITORS or name in OPERATORS
    ]
    try:
        yield
    finally:
        for actor in actors:
            actor.cancel()


async def ask(crowd: Crowd, name: str, pace: float) -> None:
    """Start chats, write, quote, read, type."""
    client, rng = crowd.clients[name], crowd.clients[name].rng
    chats: list[str] = []
    while True:
        await _think(client, pace)
        if not chats or (len(chats) < CHATS_EACH and rng.random() < 0.03):
            started = await crowd.begin(name, twice=rng.random() < 0.2).answered
            chats.append(started["conversation"])
            continue
        chat = rng.choice(chats)
        match rng.choices(("write", "read", "type"), (10, 1, 1))[0]:
            case "write":
                _write(crowd, name, chat, name)
            case "read":
                _read(client, chat)
            case "type":
                client.spawn(client.call("typing", conversation=chat))


async def answer(crowd: Crowd, name: str, pace: float) -> None:
    """Answer, quote, note, delete, read, take, close and reopen."""
    client, rng = crowd.clients[name], crowd.clients[name].rng
    while True:
        await _think(client, pace)
        views = [view for view in client.views.values() if view.conversation]
        if not views:
            continue
        view = rng.choice(views)
        # Visitors gave their name when they started.
        whose = str(view.conversation["visitor"]["name"]) if view.conversation else ""
        match rng.choices(("write", "note", "delete", "read", "manage"), (10, 2, 4, 2, 1))[0]:
            case "write":
                _write(crowd, name, view.id, whose)
            case "note":
                crowd.note(name, view.id, whose)
            case "delete":
                _delete(crowd, name, view.id)
            case "read":
                _read(client, view.id)
            case "manage":
                command = rng.choice(("take", "close", "reopen"))
                client.spawn(client.act(f"conversation.{command}", view.id))


async def _think(client: Client, pace: float) -> None:
    """Pause; whoever sees that nothing gets through writes no more for the moment."""
    await asyncio.sleep(client.rng.expovariate(pace))
    while client.unanswered > UNDER_WAY_AT_MOST:
        await asyncio.sleep(client.rng.expovariate(pace))


def _write(crowd: Crowd, name: str, chat: str, whose: str) -> None:
    """Write, now and then with a quote, and now and then twice."""
    client, rng = crowd.clients[name], crowd.clients[name].rng
    messages = [row for row in client.view(chat).rows if row.get("kind", "message") == "message"]
    quote = rng.choice(messages[-5:])["id"] if messages and rng.random() < 0.4 else None
    crowd.write(name, chat, whose, quote=quote, twice=rng.random() < 0.1)


def _delete(crowd: Crowd, name: str, chat: str) -> None:
    """Delete something, rather what somebody quotes: then it goes from the quotes too."""
    rows = {row["id"]: row for row in crowd.clients[name].view(chat).rows}
    quoted = {row["quote"]["id"] for row in rows.values() if row["quote"]}
    mine = [row["id"] for row in rows.values() if _may_delete(crowd, name, row)]
    chosen = [each for each in mine if each in quoted] or mine
    if chosen:
        crowd.delete(name, chat, crowd.clients[name].rng.choice(chosen))


def _may_delete(crowd: Crowd, name: str, row: dict[str, Any]) -> bool:
    operator = crowd.people[name]
    assert isinstance(operator, Operator)
    sees_all = name != "liisa"
    is_own = row["author"]["id"] == operator.id
    return not row["deleted"] and row["kind"] != "event" and (sees_all or is_own)


def _read(client: Client, chat: str) -> None:
    rows = client.view(chat).rows
    if rows:
        seq = rows[-1]["seq"]
        client.spawn(client.call("mark.read", conversation=chat, seq=seq))
