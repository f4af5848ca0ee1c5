"""Visitors and operators who do what docs/protocol.md says, and keep a history of it.

Written from that page alone, not from the browsers' code: two readers of one page who disagree
have found a hole in it.
"""

import asyncio
import json
import random
import re
from collections.abc import Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from tests.fault.history import History, Kind
from tests.fault.line import Line, Lost
from tests.fault.view import View
from tests.people import Person, Visitor

Answer = dict[str, Any]

CONNECT_WITHIN = 8.0
HOLE_FILLS_WITHIN = 0.3
LIST_HOLE_FILLS_WITHIN = 1.0
PAUSE = 0.3
PACKET = re.compile(r"4(\d)(/[^,]*),?(\d*)(.*)", re.DOTALL)
MARK = re.compile(r"#(\w+)#")
FINAL = {
    "invalid",
    "conversation_closed",
    "not_found",
    "too_large",
    "forbidden",
    "unknown_command",
    "already_taken",
}
NO_ANSWER = {"offline", "timeout"}


@dataclass
class Draft:
    """Something that is sent until it is answered."""

    command: str
    given: dict[str, Any]
    kind: Kind
    key: str
    answered: asyncio.Future[Answer] = field(default_factory=asyncio.Future)
    twice: bool = False


class Client:
    """One tab: a connection that comes back by itself, threads, and an outbox."""

    def __init__(
        self, name: str, person: Person, port: int, history: History, rng: random.Random
    ) -> None:
        self.name = name
        self.person = person
        self.history = history
        self.rng = rng
        self.views: dict[str, View] = {}
        self.connected = asyncio.Event()
        self.connects = 0
        self.losses: list[tuple[float, str]] = []
        self.patience = 15.0
        self.heeds_beacons = True
        self.welcome: Answer = {}
        self._port = port
        self._namespace = f"/{person.side}"
        self._line: Line | None = None
        self._acks: dict[str, asyncio.Future[Answer]] = {}
        self._asked = 0
        self._lanes: dict[str, asyncio.Queue[Draft]] = {}
        self._unanswered = 0
        self._syncing: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self) -> "Client":
        """Connect, and stay connected."""
        self.spawn(self._live())
        return self

    async def close(self) -> None:
        """Leave without a word."""
        for task in tuple(self._tasks):
            task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    def spawn(self, story: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Run something beside everything else, until this tab is closed."""
        task = asyncio.create_task(story)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    @property
    def unanswered(self) -> int:
        """How much waits in the outbox."""
        return self._unanswered

    @property
    def is_idle(self) -> bool:
        """Whether everything that was sent is answered, and every hole is filled."""
        behind = any(view.is_behind for view in self.views.values())
        return not (self._unanswered or behind or self._syncing)

    def view(self, conversation: str) -> View:
        """Return a thread, a new and empty one if need be."""
        if conversation not in self.views:
            order = "seq" if self.person.side == "visitor" else "line"
            self.views[conversation] = View(conversation, order, self._render)
        return self.views[conversation]

    async def call(self, command: str, **given: Any) -> Answer:
        """Send a command over the socket; never raises."""
        if self._line is None or not self.connected.is_set():
            return _error("offline")
        self._asked += 1
        number = str(self._asked)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._acks[number] = answer
        self._line.send_json(f"42{self._namespace},{number}", [command, given])
        try:
            async with asyncio.timeout(self.patience):
                return await answer
        except TimeoutError:
            return _error("timeout")
        finally:
            self._acks.pop(number, None)

    def post(
        self, kind: Kind, lane: str, command: str, key: str, *, twice: bool = False, **given: Any
    ) -> Draft:
        """Put something into the outbox; what is in one lane goes out one after the other."""
        draft = Draft(command, given, kind, key, twice=twice)
        conversation = given.get("conversation", "")
        written = {name: given[name] for name in ("text", "quote") if name in given}
        self.history.invoke(self.name, kind, key, conversation, **written)
        if lane not in self._lanes:
            self._lanes[lane] = asyncio.Queue()
            self.spawn(self._deliver_all(self._lanes[lane]))
        self._unanswered += 1
        self._lanes[lane].put_nowait(draft)
        return draft

    async def act(self, command: str, conversation: str, **given: Any) -> None:
        """Do something that nobody minds being lost."""
        answer = await self.call(command, conversation=conversation, **given)
        if "rev" in answer:
            self.take(conversation, answer)

    def take(self, conversation: str, answer: Answer) -> None:
        """Take what an acknowledgement says, in place of a push."""
        if answer["change"]:
            self.view(conversation).apply(answer["change"])
        self.hear_of(conversation, answer["rev"])

    async def sync(self, view: View) -> None:
        """Ask for what is missing, unless that is under way."""
        if view.id in self._syncing:
            return
        self._syncing.add(view.id)
        answer = await self.call("conversation.sync", conversation=view.id, after=view.rev)
        self._syncing.discard(view.id)
        if "error" not in answer:
            view.apply_sync(answer)
            self._fill(view)
        elif answer["error"]["code"] not in NO_ANSWER | FINAL:
            self._fill(view, answer["error"].get("retry_after", PAUSE))

    def hear_of(self, conversation: str, rev: int) -> None:
        """Note how far a thread has come; catch up if nothing comes by itself."""
        view = self.view(conversation)
        view.hear_of(rev)
        self._fill(view)

    # What the server tells by itself

    def on_welcome(self, welcome: Answer) -> None:
        """Catch up with what happened while nobody listened."""

    def on_changed(self, change: Answer) -> None:
        view = self.view(change["id"])
        view.apply(change)
        self._fill(view)

    def on_beacon(self, beacon: Answer) -> None:
        for conversation, rev in beacon["revs"].items():
            if self.heeds_beacons:
                self.hear_of(conversation, rev)

    # The connection

    async def _live(self) -> None:
        while True:
            try:
                await self._session()
            except (Lost, OSError, TimeoutError) as error:
                self.losses.append((monotonic(), str(error) or type(error).__name__))
            await asyncio.sleep(self.rng.uniform(0, PAUSE))

    async def _session(self) -> None:
        cookie = self.person.headers.get("Cookie")
        # Not ``wait_for``: up to Python 3.11 it forgets that it was cancelled (bpo-37658), and then
        # whoever closes this tab waits for ever.
        async with asyncio.timeout(CONNECT_WITHIN):
            line = await Line.open(self._port, cookie)
        early: list[list[Any]] = []
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                hello = await line.receive()
            life = json.loads(hello[1:])
            token = self.person.token if isinstance(self.person, Visitor) else ""
            line.send_json(f"40{self._namespace},", {"token": token})
            self._line = line
            # Dead after an interval and a time-out without a word.
            silence = (life["pingInterval"] + life["pingTimeout"]) / 1000
            while True:
                within = silence if self.connected.is_set() else CONNECT_WITHIN
                async with asyncio.timeout(within):
                    packet = await line.receive()
                self._receive(packet, early)
        finally:
            line.close()
            self._line = None
            self.connected.clear()
            for answer in self._acks.values():
                if not answer.done():
                    answer.set_result(_error("offline"))

    def _receive(self, packet: str, early: list[list[Any]]) -> None:
        self.history.heard[self.name].update(MARK.findall(packet))
        found = PACKET.match(packet)
        if packet == "2" and self._line:
            self._line.send("3")
        elif found is None or found[2] != self._namespace:
            raise Lost(packet[:40])
        elif found[1] == "0":
            self.connects += 1
            self.connected.set()
            for event in early:
                self._happened(*event)
        elif found[1] == "2" and not self.connected.is_set():
            early.append(json.loads(found[4]))
        elif found[1] == "2":
            self._happened(*json.loads(found[4]))
        elif found[1] == "3":
            answer = self._acks.get(found[3])
            if answer and not answer.done():
                answer.set_result(json.loads(found[4])[0])
        else:
            raise Lost(packet[:80])

    def _happened(self, event: str, data: Answer) -> None:
        match event:
            case "welcome":
                self.welcome = data
                self.on_welcome(data)
            case "conversation.changed":
                self.on_changed(data)
            case "beacon":
                self.on_beacon(data)

    # The outbox

    async def _deliver_all(self, lane: "asyncio.Queue[Draft]") -> None:
        while True:
            draft = await lane.get()
            answer = await self._deliver(draft)
            if not draft.answered.done():  # whoever waited may have been cancelled
                draft.answered.set_result(answer)
            self._unanswered -= 1

    async def _deliver(self, draft: Draft) -> Answer:
        """Send it again and again, always the same, until it is answered for good."""
        while True:
            await self.connected.wait()
            since = self.history.tick()
            answers = [self.call(draft.command, **draft.given)]
            if draft.twice:
                answers.append(self.call(draft.command, **draft.given))
            heard = await asyncio.gather(*answers)
            settled = [each for each in heard if self._is_settled(draft, each, since)]
            if settled:
                return settled[0]
            wait = max(answer["error"].get("retry_after") or 0 for answer in heard)
            await asyncio.sleep(wait + self.rng.uniform(0, PAUSE))

    def _is_settled(self, draft: Draft, answer: Answer, since: int) -> bool:
        code = answer["error"]["code"] if "error" in answer else None
        if code in NO_ANSWER:
            return False
        if code is not None:
            self.history.refuse(self.name, draft.key, code, since, final=code in FINAL)
            return code in FINAL
        conversation = answer.get("conversation") or draft.given["conversation"]
        self.history.ok(self.name, draft.key, conversation, answer)
        self.take(conversation, answer)
        return True

    # Threads

    def _fill(self, view: View, after: float = HOLE_FILLS_WITHIN) -> None:
        if view.is_behind:
            self.spawn(self._fill_later(view, after))

    async def _fill_later(self, view: View, after: float) -> None:
        # What is missing may be an acknowledgement under way.
        await asyncio.sleep(after)
        if view.is_behind:
            await self.sync(view)

    def _render(self, view: View) -> None:
        self.history.render(self.name, view.id, view.order, view.rows)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            # A defect of the client itself: nothing that it shows can be trusted.
            self.history.strange.append(f"{self.name} broke: {task.exception()!r}")


class VisitorClient(Client):
    """The widget: its newest conversation, and those before."""

    def on_welcome(self, welcome: Answer) -> None:
        current = welcome["conversation"]
        if current and self.view(current["id"]).rev != current["rev"]:
            self.spawn(self.sync(self.view(current["id"])))
        for view in self.views.values():
            if not current or view.id != current["id"]:
                self.spawn(self.sync(view))


class OperatorClient(Client):
    """The panel: a list of all that is within reach, and every thread of it open."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.listed: dict[str, tuple[int, Answer]] = {}
        # Per team: the last number up to which none is missing, and those seen after it.
        self._numbers: dict[str, int] = {}
        self._ahead: dict[str, set[int]] = {}

    def on_welcome(self, welcome: Answer) -> None:
        self._numbers = {team["id"]: team["n"] for team in welcome["teams"]}
        self._ahead.clear()
        self.spawn(self._read_list())
        for view in self.views.values():
            self.spawn(self.sync(view))

    def on_changed(self, change: Answer) -> None:
        self._list(change)
        super().on_changed(change)

    def on_beacon(self, beacon: Answer) -> None:
        super().on_beacon(beacon)
        if self.heeds_beacons:
            for team, upto in beacon["counts"].items():
                self._look_for_holes(team, upto)

    def take(self, conversation: str, answer: Answer) -> None:
        if answer["change"]:
            self._list(answer["change"])
        super().take(conversation, answer)

    def _list(self, change: Answer) -> None:
        """Take the newer state of a row, and look for holes in the numbers of its team."""
        self._take_row(change)
        team, ahead = change["team"], self._ahead.setdefault(change["team"], set())
        ahead.add(change["n"])
        while self._numbers.get(team, 0) + 1 in ahead:
            self._numbers[team] += 1
            ahead.discard(self._numbers[team])
        self._look_for_holes(team, max(ahead, default=0))

    def _look_for_holes(self, team: str, upto: int) -> None:
        """Read the list again unless all up to a number come in a moment."""
        if upto > self._numbers.get(team, 0):
            self.spawn(self._read_list_later(team, upto))

    async def _read_list_later(self, team: str, upto: int) -> None:
        await asyncio.sleep(LIST_HOLE_FILLS_WITHIN)
        if self._numbers.get(team, upto) < upto:
            self._numbers[team] = upto
            await self._read_list()

    async def _read_list(self) -> None:
        for view in ("all", "closed"):
            after = None
            while True:
                page = await self.call("inbox.list", view=view, after=after)
                if "error" in page:
                    return  # the next welcome reads it again
                for row in page["rows"]:
                    self._take_row(row)
                    self.hear_of(row["id"], row["rev"])
                after = page["next"]
                if after is None:
                    break

    def _take_row(self, row: Answer) -> None:
        rev, _ = self.listed.get(row["id"], (0, None))
        if row["rev"] > rev:
            self.listed[row["id"]] = row["rev"], row["conversation"]


def _error(code: str) -> Answer:
    return {"error": {"code": code}}
