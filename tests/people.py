"""Visitors and operators as anybody from outside: over HTTP and over sockets."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
import socketio

PATIENCE = 10.0
_numbers = itertools.count(1)
_opened: list["Socket"] = []


def leave() -> None:
    """Close every socket that this test has opened."""
    while _opened:
        _opened.pop().close()


def fresh_id() -> str:
    """Return a client id that no one has used in this run."""
    return f"test-{next(_numbers):012d}-{time.monotonic_ns():x}"


def wait_until(condition: Callable[[], Any], what: str = "") -> Any:
    """Return what ``condition`` gives once it is true; fail when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"it didn't happen within {PATIENCE} s: {what or condition}")


@dataclass
class Answer:
    """What a door said."""

    status: int
    body: Any
    headers: Any = field(default_factory=dict)

    @property
    def code(self) -> str | None:
        """The code of a refusal, if it is one."""
        error = self.body.get("error") if isinstance(self.body, dict) else None
        return error["code"] if error else None

    def __getitem__(self, key: str) -> Any:
        assert self.code is None, self.body
        return self.body[key]


@dataclass
class Person:
    """Somebody with an address to talk to."""

    base: str
    side: str
    headers: dict[str, str]

    def post(self, command: str, **given: Any) -> Answer:
        """Run a command over HTTP."""
        return self.send(f"/api/{self.side}/{command}", given)

    def send(self, path: str, body: Any) -> Answer:
        """POST JSON to any path."""
        response = requests.post(self.base + path, json=body, headers=self.headers, timeout=40)
        return _answer(response)

    def get(self, path: str, **params: Any) -> Answer:
        """GET any path."""
        response = requests.get(
            self.base + path, params=params, headers=self.headers, timeout=40, allow_redirects=False
        )
        return _answer(response)

    def connect(self) -> "Socket":
        """Open a socket to this side's namespace."""
        return Socket(self)


@dataclass
class Visitor(Person):
    """A visitor with a token."""

    token: str = ""
    conversation: str = ""

    @classmethod
    def arrive(cls, base: str, site: str = "") -> "Visitor":
        """Get a token as the widget does."""
        visitor = cls(base, "visitor", {})
        visitor.token = visitor.post("session", site=site)["token"]
        visitor.headers = {"Authorization": f"Bearer {visitor.token}"}
        return visitor

    def start(self, text: str = "Hello", **more: Any) -> Answer:
        """Start a chat."""
        given = {"start_id": fresh_id(), "client_id": fresh_id(), "text": text, **more}
        answer = self.post("chat.start", **given)
        if answer.code is None:
            self.conversation = answer["conversation"]
        return answer

    def say(self, text: str, **more: Any) -> Answer:
        """Send a message to the conversation that was started."""
        given = {"conversation": self.conversation, "client_id": fresh_id(), "text": text, **more}
        return self.post("message.send", **given)

    def sync(self, after: int = 0) -> Answer:
        return self.post("conversation.sync", conversation=self.conversation, after=after)

    def texts(self) -> list[str | None]:
        """Return what stands in the thread."""
        return [each["text"] for each in self.sync()["messages"]]


@dataclass
class Operator(Person):
    """An operator with a session."""

    id: str = ""

    @classmethod
    def sign_in(cls, base: str, email: str, password: str) -> "Operator":
        """Sign in as the panel does."""
        operator = cls(base, "operator", {})
        answer = operator.post("login", email=email, password=password)
        assert answer.code is None, answer.body
        # By hand: a jar keeps Secure cookies back from http; browsers don't, on loopback.
        cookie = answer.headers["Set-Cookie"].split(";", maxsplit=1)[0]
        operator.headers = {"Cookie": cookie}
        operator.id = answer["operator"]["id"]
        return operator

    def say(self, conversation: str, text: str, **more: Any) -> Answer:
        given = {"conversation": conversation, "client_id": fresh_id(), "text": text, **more}
        return self.post("message.send", **given)

    def note(self, conversation: str, text: str) -> Answer:
        given = {"conversation": conversation, "client_id": fresh_id(), "text": text}
        return self.post("note.add", **given)

    def inbox(self, view: str = "all") -> list[str]:
        """Return the ids of the conversations on the first page of a view."""
        return [row["id"] for row in self.post("inbox.list", view=view)["rows"]]

    def texts(self, conversation: str) -> list[str | None]:
        opened = self.post("conversation.open", conversation=conversation)
        return [each["text"] for each in opened["messages"]]


class Socket:
    """A connected socket that remembers every event."""

    def __init__(self, person: Person) -> None:
        self.namespace = f"/{person.side}"
        self.heard: list[tuple[str, Any]] = []
        self.refused: Any = None
        _opened.append(self)
        self._client = socketio.Client(reconnection=False)
        self._client.on("*", self._hear, namespace=self.namespace)
        self._client.on("connect_error", self._refuse, namespace=self.namespace)
        auth = {"token": person.token} if isinstance(person, Visitor) else None
        try:
            self._client.connect(
                person.base,
                headers=person.headers if person.side == "operator" else {},
                auth=auth,
                namespaces=[self.namespace],
                transports=["websocket"],
                wait_timeout=PATIENCE,
            )
        finally:
            # The client forgets it when the server ends it first, and leaves it open.
            self._wire = self._client.eio.ws

    def call(self, command: str, **given: Any) -> Answer:
        """Run a command over the socket."""
        body = self._client.call(command, given, namespace=self.namespace, timeout=PATIENCE)
        return Answer(200, body)

    def events(self, name: str) -> list[Any]:
        """Return what came under this name so far."""
        return [data for event, data in self.heard if event == name]

    def wait_for(self, name: str, where: Callable[[Any], bool] = lambda _data: True) -> Any:
        """Return the first event of this name that fits, once it has come."""
        return wait_until(lambda: [each for each in self.events(name) if where(each)], name)[0]

    @property
    def connected(self) -> bool:
        return bool(self._client.connected)

    def close(self) -> None:
        self._client.disconnect()
        if self._wire is not None:
            self._wire.shutdown()
        if self._client.eio.http is not None:
            self._client.eio.http.close()

    def _hear(self, event: str, data: Any = None) -> None:
        self.heard.append((event, data))

    def _refuse(self, data: Any = None) -> None:
        self.refused = data


def _answer(response: requests.Response) -> Answer:
    try:
        body = response.json()
    except ValueError:
        body = response.text
    return Answer(response.status_code, body, response.headers)
