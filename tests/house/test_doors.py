"""Every door of the house, walked: does it say who may come, with what, how often?

A route or command that is added without these fails here, whether it has tests of its own or not.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import requests
from flask import Flask
from pydantic import BaseModel

from kell.core.security.limits import LIMITS, Per
from kell.web.commands import Command, commands
from kell.web.doors import BLUEPRINTS
from kell.web.events import EVENTS
from kell.web.identity import OperatorCaller, VisitorCaller
from kell.web.routes import Anyone, Route, routes
from tests import factories, people
from tests.factories import House
from tests.house.matrix import ROWS, Chat
from tests.people import Operator, Visitor

assert BLUEPRINTS  # importing it fills the tables

COMMANDS = sorted(commands)
# The door of all commands: each of them has its own who, shape and limit.
TABLE = "commands.run"


@pytest.fixture(scope="module")
def house(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with factories.house(new_database(), tmp_path_factory.mktemp("data")) as running:
        yield running
        people.leave()


def is_closed(shape: Any) -> bool:
    """Say whether a shape refuses what it doesn't name."""
    where = "model_config" if issubclass(shape, BaseModel) else "__pydantic_config__"
    config = getattr(shape, where, {})
    return bool(config.get("extra") == "forbid")


def faults_of_command(each: Command) -> list[str]:
    """Return what a command lacks."""
    faults = []
    if each.who not in (VisitorCaller, OperatorCaller):
        faults.append("nobody is named who may send it")
    faults += [
        f"{shape.__name__} is no closed shape"
        for shape in (each.takes, each.gives)
        if not is_closed(shape)
    ]
    if not issubclass(each.takes, BaseModel):
        faults.append("what it takes isn't checked")
    if each.limit not in LIMITS or LIMITS[each.limit].per is not Per.PERSON:
        faults.append(f"{each.limit!r} is no limit by person")
    by_address = each.limit_address
    if by_address and (by_address not in LIMITS or LIMITS[by_address].per is not Per.ADDRESS):
        faults.append(f"{by_address!r} is no limit by address")
    if not each.about:
        faults.append("nothing says what it does")
    return faults


def faults_of_route(endpoint: str, each: Route) -> list[str]:
    """Return what a route lacks."""
    faults = []
    if each.who not in (Anyone, VisitorCaller, OperatorCaller):
        faults.append("nobody is named who may call it")
    writes = each.method not in ("GET", "HEAD", "OPTIONS") and endpoint != TABLE
    if writes and each.limit is None:
        faults.append("it writes without a limit")
    per = Per.ADDRESS if each.who is Anyone else Per.PERSON
    if each.limit is not None and (each.limit not in LIMITS or LIMITS[each.limit].per is not per):
        faults.append(f"{each.limit!r} is no limit by {per.name.lower()}")
    shapes = [shape for shape in (each.takes, each.gives) if shape is not None]
    faults += [f"{shape.__name__} is no closed shape" for shape in shapes if not is_closed(shape)]
    if each.path.startswith("/api/") and each.gives is None and endpoint != TABLE:
        faults.append("its answer has no shape")
    if not each.about:
        faults.append("nothing says what it does")
    return faults


def undeclared(app: Flask) -> list[str]:
    """Return the rules of the app that no ``route`` has declared."""
    return [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in routes
        or routes[rule.endpoint].path != rule.rule
        or (rule.methods or set()) - {"HEAD", "OPTIONS"} != {routes[rule.endpoint].method}
    ]


@pytest.mark.parametrize(("side", "name"), COMMANDS, ids=lambda value: value)
def test_each_command_says_all_about_itself(side, name):
    assert faults_of_command(commands[side, name]) == []


@pytest.mark.parametrize("endpoint", sorted(routes))
def test_each_route_says_all_about_itself(endpoint):
    assert faults_of_route(endpoint, routes[endpoint]) == []


def test_there_is_no_other_door(house):
    assert undeclared(house.app) == []


def test_a_door_that_says_less_would_be_found():
    app = Flask("a house with a hole")
    app.add_url_rule("/hole", "hole", lambda: "")
    assert "/hole (hole)" in undeclared(app)

    class Open(BaseModel):
        pass

    bare = Command("bare", "visitor", object, Open, Open, "nothing", "send", print, None, "")
    assert len(faults_of_command(bare)) == 6
    hole = Route("POST", "/api/hole", object, None, Open, None, "")
    assert len(faults_of_route("hole", hole)) == 5
    assert faults_of_route("x", Route("GET", "/x", Anyone, "send", None, None, "X.")) != []


def test_each_event_has_a_closed_shape():
    for events in EVENTS.values():
        for shape in events.values():
            assert is_closed(shape)


def nobody(house: House, side: str) -> Any:
    return {"visitor": Visitor, "operator": Operator}[side](house.base, side, {})


@pytest.mark.parametrize(("side", "name"), COMMANDS, ids=lambda value: value)
def test_nobody_sends_a_command_without_being_known(house, side, name):
    other = {"visitor": house.admin, "operator": house.visitor}[side]()
    for caller in (nobody(house, side), type(other)(house.base, side, other.headers)):
        refused = caller.post(name)
        assert (refused.status, refused.body) == (401, {"error": {"code": "unauthenticated"}})


@pytest.mark.parametrize(
    ("method", "path"),
    [(each.method, each.path) for each in routes.values() if each.who is not Anyone],
)
def test_nobody_calls_a_route_without_being_known(house, method, path):
    refused = requests.request(method, house.base + path, json={}, timeout=40)
    assert (refused.status_code, refused.json()) == (401, {"error": {"code": "unauthenticated"}})


@pytest.mark.parametrize("side", ["visitor", "operator"])
def test_a_socket_that_joined_no_namespace_sends_nothing(house, side):
    """The other transport: a command before the namespace has accepted is never run."""
    door = house.app.extensions["socketio"].server.namespace_handlers[f"/{side}"]
    for name in [name for each, name in COMMANDS if each == side]:
        answer = door.trigger_event(name, "a socket that nobody has let in", {})
        assert answer == {"error": {"code": "unauthenticated"}}


@pytest.mark.parametrize("side", ["visitor", "operator"])
def test_a_socket_sends_the_commands_of_its_own_side_alone(house, side):
    socket = {"visitor": house.visitor, "operator": house.admin}[side]().connect()
    others = [name for each, name in COMMANDS if each != side and (side, name) not in commands]
    assert {socket.call(name).code for name in others} == {"unknown_command"}


@pytest.mark.parametrize(
    "name", ["nonsense", "chat", "message.send.again", "MESSAGE.SEND", "%00", "õ"]
)
def test_an_unknown_command_is_told_so(house, name):
    for person in (house.visitor(), house.admin()):
        refused = person.post(name)
        assert (refused.status, refused.body) == (404, {"error": {"code": "unknown_command"}})


def test_each_limit_of_the_table_is_counted(house):
    """A declared limit is one that refuses: what it counts by is used up, and the door closes."""
    visitor, operator = house.visitor(), house.operator()
    started = visitor.start("Hello")
    author = visitor.sync()["messages"][0]["author"]["id"]
    keys = {"visitor": ("visitor", author), "operator": ("operator", operator.id)}
    teams = (house.team, house.team)
    known = {"visitor": visitor, "operator": operator, "admin": house.admin()}
    key = house.set_up_site()
    chat = Chat(house, key, visitor.conversation, started["id"], visitor, known, teams)
    spy = Spy(house.app.extensions["kell.limits"])
    house.app.extensions["kell.limits"] = spy
    try:
        for side, name in COMMANDS:
            row = ROWS[f"{side} {name}"]
            if not row.ends_session:
                given = row.given(chat)  # making it may knock at doors too
                spy.seen.clear()
                known[side].post(name, **given)
                assert spy.seen[0] == (commands[side, name].limit, *keys[side]), (side, name)
    finally:
        house.app.extensions["kell.limits"] = spy.real


class Spy:
    """Limits that tell what they were asked."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.seen: list[tuple[Any, ...]] = []

    def hit(self, name: str, *key: Any) -> None:
        self.seen.append((name, *key))
        self.real.hit(name, *key)

    def counted(self, name: str, *key: Any) -> AbstractContextManager[None]:
        self.seen.append((name, *key))
        counted: AbstractContextManager[None] = self.real.counted(name, *key)
        return counted

    def clear(self, name: str, *key: Any) -> None:
        self.real.clear(name, *key)


# --- What every door answers -------------------------------------------------------------------

ALWAYS = {"X-Content-Type-Options": "nosniff", "X-Permitted-Cross-Domain-Policies": "none"}
REFUSED = [
    ("GET", "/nowhere", 404),
    ("GET", "/api/nowhere", 404),
    ("GET", "/api/visitor/message.send", 405),
    ("DELETE", "/demo", 405),
    ("PUT", "/api/operator/login", 405),
    ("POST", "/api/visitor/message.send", 401),
    ("POST", "/api/operator/message.send", 401),
    ("POST", "/api/nobody/message.send", 404),
    ("POST", "/api/operator/login", 400),
    ("GET", "/api/visitor/changes", 401),
    ("GET", "/static/nothing", 404),
    ("GET", "/widget/?site=unknown", 404),
    ("GET", "/socket.io/", 426),
    ("POST", "/socket.io/?EIO=4&transport=polling", 426),
    ("TRACE", "/", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), REFUSED)
def test_every_refusal_has_the_one_shape(house, method, path, status):
    refused = requests.request(method, house.base + path, timeout=40)
    assert refused.status_code == status
    assert refused.headers["Content-Type"] == "application/json"
    (error,) = refused.json().values()
    assert set(error) <= {"code", "field", "retry_after"}
    assert re.fullmatch(r"[a-z_]+", error["code"])
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert refused.headers["Cache-Control"] == "no-store"


def test_a_bug_has_the_one_shape_too_and_tells_a_number_of_the_log(house, monkeypatch, caplog):
    visitor = house.visitor()

    def fail(*_: Any) -> None:
        raise RuntimeError("a secret of the house")

    for place in (
        "kell.web.health.migrate.head",
        "kell.web.visitor.hello.queries.current_of_visitor",
    ):
        monkeypatch.setattr(place, fail)
    for person, path in ((visitor.get, "/readyz"), (visitor.post, "hello")):
        broken = person(path)
        number = re.search(r"number ([0-9a-f]{6}): ", caplog.messages[-1])
        assert number
        assert broken.status == 500
        assert broken.body == {"error": {"code": "internal", "number": number[1]}}
        assert ALWAYS.items() <= dict(broken.headers).items()


def addresses() -> list[str]:
    """Return an address of each route that can be read."""
    parts = {"<name>": "0" * 64 + ".webp", "<path:name>": "bell.svg", "<path:place>": "chats"}
    found = []
    for each in routes.values():
        if each.method == "GET":
            path = each.path
            for part, value in parts.items():
                path = path.replace(part, value)
            assert "<" not in path, f"give {path} an example here"
            found.append(path)
    return sorted(found)


@pytest.mark.parametrize("path", addresses())
def test_every_answer_says_what_its_page_may_do(house, path):
    answer = requests.get(house.base + path, allow_redirects=False, timeout=40)
    assert answer.status_code in (200, 302, 401, 404)
    assert ALWAYS.items() <= dict(answer.headers).items()
    for header in ("Content-Security-Policy", "Referrer-Policy", "Cache-Control"):
        assert answer.headers[header], header
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers


def test_over_https_the_browser_is_told_to_stay_there(new_database, tmp_path):
    with factories.house(new_database(), tmp_path, KELL_TRUSTED_PROXIES="127.0.0.1") as proxied:
        secure = {"X-Forwarded-Proto": "https"}
        for headers, kept in ((secure, "max-age=31536000"), ({}, None)):
            answer = requests.get(f"{proxied.base}/demo", headers=headers, timeout=40)
            assert answer.headers.get("Strict-Transport-Security") == kept
