"""Whatever comes through a command's doors: a clear refusal that names the field, never a 500."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from kell.core.wire import Shape, place_of_unstorable
from kell.sites.models import Site
from kell.web.commands import commands
from kell.web.routes import routes
from tests.house.matrix import ROWS, Chat
from tests.people import Operator, Visitor, fresh_id

NO_ID = [None, 5, 1.5, True, [], {}, "", "x", "0" * 31, "0" * 33, "0" * 31 + "Z", "0" * 32 + "\n"]
NO_NUMBER = [None, -1, 2**31, 2**53, 1.5, 1e300, True, "1", "x", [], {}]
NO_CLIENT_ID = [None, 5, [], "", "short", "x" * 65, "with spaces in it", "õ" * 20, "x" * 20 + "\n"]
NO_TEXT = [None, 5, True, [], {}, "", "   \n", "x" * 10_001, "nul\0nul", "\0"]
HALF_A_CHARACTER = "half a \ud83e character"

# By field: what it may not hold. None is left out where a field may be null.
WRONG: dict[str, list[Any]] = {
    "conversation": NO_ID,
    "message": NO_ID,
    "quote": NO_ID[1:],
    "client_id": NO_CLIENT_ID,
    "start_id": NO_CLIENT_ID,
    "text": NO_TEXT,
    "seq": NO_NUMBER,
    "after": NO_NUMBER,
    "before": NO_NUMBER,
    "form": [None, 5, "x", [], True],
    "form.name": [5, [], {}, None, "x" * 201, "nul\0nul"],
    "form.email": [5, [], "no address", "a@b", "a@b c.d", "x" * 250 + "@b.cd", "nul\0@b.cd"],
    "page": [5, "x", [], True],
    "page.url": [
        None,
        5,
        [],
        "",
        "ftp://x",
        "javascript:alert(1)",
        "https://" + "x" * 2000,
        "http://\0",
    ],
    "page.title": [None, 5, [], "x" * 301, "nul\0nul"],
    "url": [
        None,
        5,
        [],
        "",
        "ftp://x",
        "javascript:alert(1)",
        "https://" + "x" * 2000,
        "http://\0",
    ],
    "title": [None, 5, [], "x" * 301, "nul\0nul"],
    "gate": [5, [], {}, "x" * 4001, "nul\0nul"],
    "lang": [None, 5, [], {}, "x" * 36, "nul\0nul"],
    "site": NO_ID,
    "name": [None, 5, [], {}, "", "  ", "x" * 101, "nul\0nul"],
    "language": [None, 5, [], "", "xx", "ET"],
    "revision": [0, *NO_NUMBER],
    "changes": [None, 5, "x", [], True],
    "changes.look": [5, "x", []],
    "changes.hours": [5, "x", []],
    "hours": [None, 5, "x", [], True],
    "hours.zone": [None, 5, [], "", "Tallinn"],
    "hours.week": [None, 5, [], [[]] * 8],
    "country": [None, 5, [], "", "ee", "EST"],
    "subdivision": [5, [], {}, "x" * 11, "nul\0nul"],
    "year": [1999, 2101, *NO_NUMBER],
}
# The doors whose fields those are; of others, each field's type says what it may not hold.
BY_HAND = {
    "chat.start",
    "message.send",
    "note.add",
    "message.delete",
    "conversation.open",
    "conversation.sync",
    "conversation.earlier",
    "mark.read",
    "mark.delivered",
    "page",
    "site.page",
    "site.get",
    "site.save",
    "site.remove",
    "site.preview",
    "site.when",
    "site.holidays",
}
NESTED = {
    "form": ["name", "email"],
    "page": ["url", "title"],
    "changes": ["look", "hours"],
    "hours": ["zone", "week"],
}


# What the matrix of the doors leaves out, because it needn't be there.
MORE: dict[str, Callable[[Chat], dict[str, Any]]] = {
    "visitor chat.start": lambda _chat: {
        "form": {"name": "Mari", "email": "mari@example.org"},
        "page": {"url": "https://shop.example/", "title": "Shop"},
        "gate": "proof",
    },
    "visitor message.send": lambda chat: {"quote": chat.message},
    "operator message.send": lambda chat: {"quote": chat.message},
    "operator conversation.assign": lambda _chat: {"note": "Please", "client_id": fresh_id()},
    "operator inbox.list": lambda _chat: {"view": "all"},
    "operator site.create": lambda _chat: {"language": "et"},
    "operator site.preview": lambda _chat: {"lang": "et"},
    "operator people.save": lambda _chat: {"hours": {"zone": "Europe/Tallinn", "week": [[]] * 7}},
    "operator site.when": lambda _chat: {"hours": {"zone": "Europe/Tallinn"}, "lang": "et"},
}
OF_ANY_KIND = [None, True, -1, 1.5, 2**53, "", "x", "x" * 20_000, "nul\0nul", [5], {"x": 5}]


def right(door: str, chat: Chat) -> dict[str, Any]:
    """Return an input that a door takes."""
    return {**ROWS[door].given(chat), **MORE.get(door, lambda _chat: {})(chat)}


def wrong_inputs(
    door: str, takes: type[Shape], base: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """Return (the field to be named, the input) for each wrong value of each field, one a time."""
    found = [("more", {**base, "more": 1})]
    for field, about in takes.model_fields.items():
        found += [(field, {**base, field: value}) for value in wrong_values(door, takes, field)]
        if base.get(field) is not None:
            for part in NESTED.get(field, []):
                found += [
                    (f"{field}.{part}", {**base, field: {**base[field], part: value}})
                    for value in WRONG[f"{field}.{part}"]
                ]
        if field in NESTED:
            found.append((f"{field}.more", {**base, field: {**(base.get(field) or {}), "more": 1}}))
        if about.is_required():
            found.append((field, {key: value for key, value in base.items() if key != field}))
    return found


def wrong_values(door: str, takes: type[Shape], field: str) -> list[Any]:
    """Return what a field may not hold: by hand where it is known by name, else by its type."""
    if door.partition(" ")[2] in BY_HAND and field in WRONG:
        return WRONG[field]
    values = TypeAdapter(Annotated[takes.model_fields[field].annotation, takes.model_fields[field]])
    return [value for value in OF_ANY_KIND if not _fits(values, value)]


def _fits(values: TypeAdapter[Any], value: Any) -> bool:
    try:
        values.validate_python(value)
    except ValidationError:
        return False
    return place_of_unstorable(value) is None


@pytest.fixture
def chat(street):
    """A visitor with a chat and an operator, and what there is beside."""
    visitor, operator = street.visitor(), street.operator(role="admin")
    started = visitor.start("Hello")
    site = street.read(lambda session: session.scalars(select(Site.key)).first())
    people = {"visitor": visitor, "operator": operator, "admin": operator}
    return Chat(
        street,
        site,
        visitor.conversation,
        started["id"],
        visitor,
        people,
        (street.team, street.team),
    )


def thread(chat):
    """Return all that a write could have changed."""
    visitor, operator = chat.people["visitor"], chat.people["operator"]
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    return [opened.body, visitor.sync().body, visitor.post("hello").body["conversation"]]


COMMANDS = sorted(f"{side} {name}" for side, name in commands)
POSTED = {
    f"{each.method} {each.path}": each.takes
    for each in routes.values()
    if each.takes and each.method == "POST"
}


def is_named(answer: Any, field: str) -> bool:
    """Say whether the refusal names the field, or what is wrong inside of it."""
    assert answer["error"]["code"] == "invalid"
    named = answer["error"].get("field") or ""
    return named == field or named.startswith(f"{field}.")


@pytest.mark.parametrize("door", COMMANDS)
def test_each_wrong_value_is_named_and_nothing_is_written(chat, door):
    side, _, name = door.partition(" ")
    person = chat.people[side]
    if not ROWS[door].ends_session:
        assert person.post(name, **right(door, chat)).status in (200, 409)
    base = right(door, chat)
    socket, before, told = person.connect(), thread(chat), set()
    for field, given_input in wrong_inputs(door, commands[side, name].takes, base):
        over_http = person.post(name, **given_input)
        assert over_http.status == 400, given_input
        assert is_named(over_http.body, field), given_input
        if field not in told:
            assert is_named(socket.call(name, **given_input).body, field), given_input
        told.add(field)
    assert thread(chat) == before


@pytest.mark.parametrize("door", sorted(POSTED))
def test_each_wrong_value_of_a_route_is_named(chat, door):
    path = door.partition(" ")[2]
    person = chat.people[path.split("/")[2]]
    for field, given_input in wrong_inputs(door, POSTED[door], right(door, chat)):
        refused = person.send(path, given_input)
        assert refused.status == 400, given_input
        assert is_named(refused.body, field), given_input


@pytest.mark.parametrize("door", COMMANDS)
def test_half_a_character_is_named_too(chat, door):
    """A lone surrogate: JSON can write it, but no text can hold it."""
    side, _, name = door.partition(" ")
    base = right(door, chat)
    for field in [key for key, value in base.items() if isinstance(value, str)]:
        refused = chat.people[side].post(name, **{**base, field: HALF_A_CHARACTER})
        assert refused.status == 400
        assert refused.body == {"error": {"code": "invalid", "field": field}}


@pytest.mark.parametrize("body", [[], 5, "text", True, [{"conversation": "x"}]], ids=str)
@pytest.mark.parametrize(
    ("side", "name"), [("visitor", "message.send"), ("operator", "inbox.list")]
)
def test_an_input_is_an_object(chat, side, name, body):
    person = chat.people[side]
    refused = person.send(f"/api/{side}/{name}", body)
    assert (refused.status, refused.body) == (400, {"error": {"code": "invalid"}})
    socket = person.connect()
    answer = socket._client.call(name, body, namespace=f"/{side}", timeout=10)
    # A list is how Socket.IO's libraries pass several arguments: the first of them is the input.
    assert answer["error"]["code"] == "invalid"


def post(person, path, data, **headers):
    response = requests.post(
        person.base + path,
        data=data,
        headers={**person.headers, "Content-Type": "application/json", **headers},
        timeout=40,
    )
    return response.status_code, response.json()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'conversation': 1}",
        b"\xff\xfe{}",
        b'{"text": "\xff"}',
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"9" * 60_000,
        b"\0",
    ],
    ids=range(9),
)
@pytest.mark.parametrize("side", ["visitor", "operator"])
def test_what_is_not_json_is_refused(chat, side, body):
    path = f"/api/{side}/conversation.sync"
    assert post(chat.people[side], path, body) == (400, {"error": {"code": "invalid"}})


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-0.5", "1E-5", "0x10"]
)
def test_numbers_that_are_none_are_refused(chat, number):
    body = f'{{"conversation": "{chat.id}", "after": {number}}}'
    status, answer = post(chat.visitor, "/api/visitor/conversation.sync", body.encode())
    assert (status, answer["error"]["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"]
)
def test_only_json_is_json(chat, kind):
    status, body = post(
        chat.visitor, "/api/visitor/page", b'{"url": "https://x/"}', **{"Content-Type": kind}
    )
    assert (status, body) == (400, {"error": {"code": "invalid", "field": "Content-Type"}})


def test_a_body_of_64_kib_is_read_and_not_a_byte_more(chat):
    for size, expected in ((64 * 1024, 200), (64 * 1024 + 1, 413)):
        draft = {"conversation": chat.id, "client_id": fresh_id(), "text": "Hello"}
        body = json.dumps(draft).encode()
        status, answer = post(chat.visitor, "/api/visitor/message.send", body.ljust(size))
        assert status == expected
    assert answer == {"error": {"code": "too_large"}}


def test_a_body_that_does_not_say_how_long_it_is_is_read_no_further(chat):
    chunks = (b" " * 1024 for _ in range(80))
    assert post(chat.visitor, "/api/visitor/page", chunks) == (
        413,
        {"error": {"code": "too_large"}},
    )


@pytest.mark.parametrize("value", ["a\0b", "\x7f\xff" * 600, "\x80"])
@pytest.mark.parametrize("header", ["User-Agent", "Accept-Language"])
def test_a_browser_with_a_strange_name_is_let_in_all_the_same(street, header, value):
    key = street.set_up_site()
    assert Visitor(street.base, "visitor", {header: value}).post("session", site=key).status == 200


LOGINS: list[tuple[str, dict[str, Any]]] = [
    *(
        ("email", {"email": value, "password": "x"})
        for value in (None, 5, [], "", " ", "x" * 255, "\0")
    ),
    *(
        ("password", {"email": "a@b.cd", "password": value})
        for value in (None, 5, [], "", "x" * 257, "\0")
    ),
    ("email", {"password": "x"}),
    ("password", {"email": "a@b.cd"}),
    ("more", {"email": "a@b.cd", "password": "x", "more": 1}),
]
SESSIONS: list[tuple[str, dict[str, Any]]] = [
    *(("site", {"site": value}) for value in (None, 5, [], {}, "x" * 65, "\0")),
    *(("resume", {"resume": value}) for value in (5, [], {}, "x" * 301, "\0")),
    ("more", {"more": 1}),
]


@pytest.mark.parametrize(("field", "body"), LOGINS, ids=str)
def test_a_wrong_login_is_told_which_field(street, field, body):
    refused = Operator(street.base, "operator", {}).post("login", **body)
    assert (refused.status, refused.body) == (400, {"error": {"code": "invalid", "field": field}})
    half = {"email": "a@b.cd", "password": "x", field: HALF_A_CHARACTER}
    assert Operator(street.base, "operator", {}).post("login", **half).status == 400


@pytest.mark.parametrize(("field", "body"), SESSIONS, ids=str)
def test_a_wrong_session_is_told_which_field(street, field, body):
    refused = Visitor(street.base, "visitor", {}).post("session", **body)
    assert (refused.status, refused.body) == (400, {"error": {"code": "invalid", "field": field}})


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=70),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_anything_at_all_is_taken_or_refused(chat, data):
    door = data.draw(st.sampled_from([each for each in COMMANDS if not ROWS[each].ends_session]))
    side, _, name = door.partition(" ")
    fields = [*commands[side, name].takes.model_fields, "more"]
    changed = data.draw(st.dictionaries(st.sampled_from(fields), json_values, max_size=3))
    answer = chat.people[side].post(name, **{**right(door, chat), **changed})
    assert answer.status in (200, 400, 404, 409)
    if answer.status == 400:
        assert answer.body["error"]["code"] == "invalid"
        assert answer.body["error"]["field"].split(".")[0] in changed
