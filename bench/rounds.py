"""One round of talk against one server: fresh people connect, talk for some seconds, and leave."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import people
from bench.cores import Cores, Shares, watched
from bench.load import Load
from bench.servers import Server

CONNECTIONS = 200
WARMUP = 0.5
SECONDS = 3.0
# With the conversation's and the client's id about 110 bytes of JSON more.
TEXT = "Good evening, where is my parcel? It should have come today."


@dataclass(frozen=True)
class Talk:
    """What one round gave."""

    acked_per_s: float
    cpu_us: float
    """Processor time of the server for each message."""
    shares: Shares
    ack_ms: dict[str, float]
    seen_ms: dict[str, float]
    late_ms: dict[str, float]


@dataclass(frozen=True)
class Opponent:
    """A server under load, and how its speakers come."""

    name: str
    server: Server
    join: Callable[[Load, Server], dict[str, Any]]
    """Connects the speakers; returns how they talk."""
    seen_by: int
    """How many sockets see each message."""


def kell(name: str, server: Server) -> Opponent:
    """Visitors, each in a chat of their own; one operator is watching all chats already.

    They are new ones every time, so that the limits of a visitor are never the ceiling.
    """

    def join(load: Load, server: Server) -> dict[str, Any]:
        visitors = people.arrive(server, CONNECTIONS)
        load.join(server, "speakers", "/visitor", [{"token": each.token} for each in visitors])
        conversations = [each.conversation for each in visitors]
        return {
            "event": "message.send",
            "conversations": conversations,
            "watchers": f"watchers of {name}",
        }

    return Opponent(name, server, join, seen_by=1)


def echo(server: Server, *, with_own_copy: bool = True) -> Opponent:
    """Sockets in rooms of two, and nothing else."""
    event = "message.send" if with_own_copy else "message.send.others"

    def join(load: Load, server: Server) -> dict[str, Any]:
        rooms = [f"{number // 2:032x}" for number in range(CONNECTIONS)]
        load.join(server, "speakers", "/", [{"room": each} for each in rooms])
        return {"event": event, "conversations": rooms, "watchers": "speakers"}

    return Opponent("echo", server, join, seen_by=2 if with_own_copy else 1)


def talk(cores: Cores, load: Load, opponent: Opponent, *, rate: float | None = None) -> Talk:
    """Talk at ``rate`` messages a second, or as fast as the acknowledgements come.

    Raises:
        RuntimeError: anything was refused, got lost, or wasn't seen by who had to see it.
    """
    manner = opponent.join(load, opponent.server)
    how = "closed" if rate is None else "open"
    with watched(cores, opponent.server.pid, load.pid) as shares:
        found = load.speak(how, text=TEXT, rate=rate or 0, warmup=WARMUP, seconds=SECONDS, **manner)
    load.leave("speakers")
    if found["seen"] != found["sent"] * opponent.seen_by:
        raise RuntimeError(f"{opponent.name}: {found['sent']} sent, {found['seen']} seen")
    return Talk(
        acked_per_s=found["acked"] / found["seconds"],
        cpu_us=shares.server_seconds / found["sent"] * 1e6,
        shares=shares,
        ack_ms=found["ack_ms"],
        seen_ms=found["seen_ms"],
        late_ms=found["late_ms"],
    )
