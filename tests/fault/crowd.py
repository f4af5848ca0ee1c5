"""Everybody of a run: five visitors, three operators, and one who has no business there."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

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
CHATS_EACH = 3
PATIENCE = 8  # messages under way

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
    """People who write all the time, each over a network of their own."""

    def __init__(
        self, server: Server, people: dict[str, Visitor | Operator], rng: random.Random
    ) -> None:
        self.server = server
        self.people = people
        self.rng = rng
        self.history = History()
        self.links: dict[str, Link] = {}
        self.clients: dict[str, Client] = {}
        self._actors: list[asyncio.Task[Any]] = []

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

    def act(self, pace: float) -> None:
        """Let everybody write, about ``pace`` times a second each."""
        for name, client in self.clients.items():
            if isinstance(client, OperatorClient) and name != STRANGER:
                self._actors.append(client.spawn(self._answer(client, pace)))
            elif name in self.people and name != STRANGER:
                self._actors.append(client.spawn(self._ask(client, pace)))

    async def rest(self) -> None:
        """Let nobody write any more, and give everybody a good network."""
        for actor in self._actors:
            actor.cancel()
        await asyncio.gather(*self._actors, return_exceptions=True)
        for link in self.links.values():
            link.calm()

    def begin(self, name: str, *, twice: bool = False) -> Draft:
        """Have a visitor start a chat."""
        key = fresh_id()
        given = {"start_id": fresh_id(), "client_id": key, "text": f"#{name}# hello"}
        return self.clients[name].post(
            "start", "", "chat.start", key, form={"name": name}, twice=twice, **given
        )

    def write(self, name: str, conversation: str, whose: str = "", *, note: bool = False) -> None:
        """Have somebody write in a chat of ``whose``, now and then with a quote, or twice."""
        client, key = self.clients[name], fresh_id()
        rng, text = client.rng, f"#{whose or name}# {key}"
        given = {"conversation": conversation, "client_id": key, "text": text}
        if note:
            given["text"] += f" #{PRIVATE}#"
            client.post("note", conversation, "note.add", key, **given)
            return
        seen = client.view(conversation).rows
        rows = [row for row in seen if row.get("kind", "message") == "message"]
        if rows and rng.random() < 0.4:
            given["quote"] = rng.choice(rows[-5:])["id"]
        twice = rng.random() < 0.1
        client.post("message", conversation, "message.send", key, twice=twice, **given)

    async def tell(self, name: str, conversation: str, text: str) -> None:
        """Have an operator answer over plain HTTP."""
        key, operator = fresh_id(), self.people[name]
        assert isinstance(operator, Operator)
        self.history.invoke(name, "message", key, conversation, text=text)
        answer = await asyncio.to_thread(operator.say, conversation, text, client_id=key)
        self.history.ok(name, key, conversation, answer.body)

    @property
    def visitors(self) -> Sequence[str]:
        return [name for name, person in self.people.items() if isinstance(person, Visitor)]

    async def _join(self, name: str, person: Visitor | Operator) -> None:
        link = await Link(self.server.port, _branch(self.rng)).open()
        kind = VisitorClient if isinstance(person, Visitor) else OperatorClient
        self.links[name] = link
        self.clients[name] = kind(name, person, link.port, self.history, _branch(self.rng))

    async def _ask(self, client: Client, pace: float) -> None:
        """Do what a visitor does: start chats, write, quote, read, type."""
        rng, mine = client.rng, client.name
        started: list[str] = []
        while True:
            await self._pause(client, pace)
            if not started or (len(started) < CHATS_EACH and rng.random() < 0.03):
                draft = self.begin(mine, twice=rng.random() < 0.2)
                answer = await draft.answered
                started.append(answer["conversation"])
                continue
            conversation = rng.choice(started)
            match rng.choices(("write", "read", "type"), (10, 1, 1))[0]:
                case "write":
                    self.write(mine, conversation)
                case "read" if client.view(conversation).rows:
                    seq = client.view(conversation).rows[-1]["seq"]
                    client.spawn(client.call("mark.read", conversation=conversation, seq=seq))
                case _:
                    client.spawn(client.call("typing", conversation=conversation))

    async def _answer(self, client: Client, pace: float) -> None:
        """Do what an operator does: answer, quote, note, delete, read, take, close."""
        rng = client.rng
        while True:
            await self._pause(client, pace)
            view = rng.choice(list(client.views.values())) if client.views else None
            if view is None or not view.rows:
                continue
            whose = self._mark_of(view.conversation)
            match rng.choices(("write", "note", "delete", "read", "manage"), (10, 2, 4, 2, 1))[0]:
                case "write":
                    self.write(client.name, view.id, whose)
                case "note":
                    self.write(client.name, view.id, whose, note=True)
                case "delete":
                    self._delete(client, view.id)
                case "read":
                    seq = view.rows[-1]["seq"]
                    client.spawn(client.call("mark.read", conversation=view.id, seq=seq))
                case "manage":
                    command = rng.choice(("take", "close", "reopen"))
                    client.spawn(client.act(f"conversation.{command}", view.id))

    async def _pause(self, client: Client, pace: float) -> None:
        """Think; whoever sees that nothing gets through writes no more for the moment."""
        await asyncio.sleep(client.rng.expovariate(pace))
        while client.unanswered > PATIENCE:
            await asyncio.sleep(client.rng.expovariate(pace))

    def _delete(self, client: Client, conversation: str) -> None:
        """Delete something, rather what somebody quotes: then it goes from the quotes too."""
        rows = {row["id"]: row for row in client.view(conversation).rows}
        own = self.people[client.name].id  # type: ignore[union-attr]
        mine = [
            row
            for row in rows.values()
            if not row["deleted"]
            and row["kind"] != "event"
            and (client.name != "liisa" or row["author"]["id"] == own)
        ]
        quoted = {row["quote"]["id"] for row in rows.values() if row["quote"]}
        chosen = [row for row in mine if row["id"] in quoted] or mine
        if chosen:
            message = client.rng.choice(chosen)["id"]
            given = {"conversation": conversation, "message": message}
            client.post("delete", conversation, "message.delete", message, **given)

    def _mark_of(self, conversation: Any) -> str:
        """Return the mark of the visitor whose conversation it is: they gave their name."""
        return str(conversation["visitor"]["name"])


def _branch(rng: random.Random) -> random.Random:
    """Return a generator of its own, so that nobody's choices depend on another's speed."""
    return random.Random(rng.getrandbits(64))
