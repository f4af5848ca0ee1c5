"""Everybody of a run: five visitors, three operators, and one who has no business there."""

import asyncio
import random
from collections.abc import Sequence

from tests.fault.client import Client, Draft, OperatorClient, VisitorClient
from tests.fault.cluster import Server
from tests.fault.history import History
from tests.fault.proxy import Link
from tests.people import Operator, Visitor, fresh_id

VISITORS = tuple(f"v{number}" for number in range(5))
WITH_TWO_TABS = VISITORS[:2]
OPERATORS = ("admin", "mart", "liisa")
STRANGER = "stranger"
EVERYBODY = (*VISITORS, *OPERATORS, STRANGER)

# Texts are marked with the visitor whom they are for, and notes with this.
PRIVATE = "private"


def arrive(server: Server, names: Sequence[str]) -> dict[str, Visitor | Operator]:
    """Get a token or a session for each."""
    return {
        name: Visitor.arrive(server.base)
        if name in VISITORS
        else Operator.sign_in(server.base, *server.home.logins[name])
        for name in names
    }


class Crowd:
    """People with a client each, over a network of their own, and what they can do."""

    def __init__(
        self, server: Server, people: dict[str, Visitor | Operator], rng: random.Random
    ) -> None:
        self.server = server
        self.people = people
        self.rng = rng
        self.history = History()
        self.links: dict[str, Link] = {}
        self.clients: dict[str, Client] = {}

    async def gather(self) -> None:
        """Connect everybody; some visitors have a second tab that only looks on."""
        for name, person in self.people.items():
            await self._join(name, person)
            if name in WITH_TWO_TABS:
                await self._join(f"{name}-tab", person)
        for client in self.clients.values():
            client.patience = 3.0
            client.start()
        for client in self.clients.values():
            await client.connected.wait()

    async def leave(self) -> None:
        """Disconnect everybody."""
        for client in self.clients.values():
            await client.close()
        for link in self.links.values():
            await link.close()

    def begin(self, name: str, *, twice: bool = False) -> Draft:
        """Have a visitor start a chat."""
        key = fresh_id()
        given = {"start_id": fresh_id(), "client_id": key, "text": f"#{name}# hello"}
        return self.clients[name].post(
            "start", "", "chat.start", key, form={"name": name}, twice=twice, **given
        )

    def write(
        self,
        name: str,
        conversation: str,
        whose: str,
        *,
        quote: str | None = None,
        twice: bool = False,
    ) -> Draft:
        """Have somebody write in a chat of the visitor ``whose``."""
        key = fresh_id()
        given = {"conversation": conversation, "client_id": key, "text": f"#{whose}# {key}"}
        if quote:
            given["quote"] = quote
        client = self.clients[name]
        return client.post("message", conversation, "message.send", key, twice=twice, **given)

    def note(self, name: str, conversation: str, whose: str) -> Draft:
        """Have an operator leave a word for colleagues."""
        key = fresh_id()
        text = f"#{whose}# #{PRIVATE}# {key}"
        given = {"conversation": conversation, "client_id": key, "text": text}
        return self.clients[name].post("note", conversation, "note.add", key, **given)

    def delete(self, name: str, conversation: str, message: str) -> Draft:
        """Have an operator take a message back."""
        given = {"conversation": conversation, "message": message}
        client = self.clients[name]
        return client.post("delete", conversation, "message.delete", message, **given)

    async def tell(self, name: str, conversation: str, text: str) -> None:
        """Have somebody write over plain HTTP."""
        key, person = fresh_id(), self.people[name]
        self.history.invoke(name, "message", key, conversation, text=text)
        given = {"conversation": conversation, "client_id": key, "text": text}
        answer = await asyncio.to_thread(person.post, "message.send", **given)
        self.history.ok(name, key, conversation, answer.body)

    async def _join(self, name: str, person: Visitor | Operator) -> None:
        link = await Link(self.server.port, _branch(self.rng)).open()
        kind = VisitorClient if isinstance(person, Visitor) else OperatorClient
        self.links[name] = link
        self.clients[name] = kind(name, person, link.port, self.history, _branch(self.rng))


def _branch(rng: random.Random) -> random.Random:
    """Return a generator of its own, so that nobody's choices depend on another's speed."""
    return random.Random(rng.getrandbits(64))
