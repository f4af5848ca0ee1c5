"""Whatever comes through a command's doors: a clear refusal that names the field, never a 500."""

import json
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kell.web.commands import commands
from kell.web.routes import routes
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
    "operator": NO_ID,
    "quote": NO_ID[1:],
    "client_id": NO_CLIENT_ID,
    "start_id": NO_CLIENT_ID,
    "text": NO_TEXT,
    "seq": NO_NUMBER,
    "after": NO_NUMBER,
    "before": NO_NUMBER,
    "form": [None, 5, "x", [], True],
    "form.name": [5, [], {}, "x" * 201, "nul\0nul"],
    "form.email": [5, [], "", "no address", "a@b", "a@b c.d", "x" * 250 + "@b.cd", "nul\0@b.cd"],
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
    "view": [None, 5, [], "", "everything", "ALL"],
    "after cursor": [5, [], {}, "x", "x" * 201, "nul\0nul"],
}
NESTED = {"form": ["name", "email"], "page": ["url", "title"]}


def right(side: str, name: str, place: dict[str, str]) -> dict[str, Any]:
    """Return an input that a command takes."""
    here = {"conversation": place["conversation"]}
    draft = {"client_id": fresh_id(), "text": "Hello"}
    page = {"url": "https://shop.example/", "title": "Shop"}
    given: dict[str, dict[str, Any]] = {
        "chat.start": {
            "start_id": fresh_id(),
            "form": {"name": "Mari", "email": "mari@example.org"},
            "page": page,
            "gate": "proof",
            **draft,
        },
        "message.send": {**here, "quote": place["message"], **draft},
        "note.add": {**here, **draft},
        "message.delete": {**here, "message": place["message"]},
        "conversation.sync": {**here, "after": 0},
        "conversation.earlier": {**here, "before": 5},
        "conversation.assign": {**here, "operator": place["operator"]},
        "mark.read": {**here, "seq": 0},
        "mark.delivered": {**here, "seq": 0},
        "page": page,
        "inbox.list": {"view": "all", "after": None},
        "hello": {},
    }
    return given.get(name, here)


def wrong_inputs(side: str, name: str, place: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """Return (the field to be named, the input) for each wrong value of each field, one a time."""
    base, found = right(side, name, place), []
    for field in commands[side, name].takes.model_fields:
        wrong = WRONG["after cursor" if name == "inbox.list" and field == "after" else field]
        found += [(field, {**base, field: value}) for value in wrong]
        for part in NESTED.get(field, []):
            found += [
                (f"{field}.{part}", {**base, field: {**base[field], part: value}})
                for value in WRONG[f"{field}.{part}"]
            ]
        if field in NESTED:
            found.append((f"{field}.more", {**base, field: {**base[field], "more": 1}}))
        if commands[side, name].takes.model_fields[field].is_required():
            found.append((field, {key: value for key, value in base.items() if key != field}))
    found.append(("more", {**base, "more": 1}))
    return found


@pytest.fixture
def place(street):
    """A visitor with a chat and an operator, and the ids of what there is."""
    visitor, operator = street.visitor(), street.operator(role="supervisor")
    started = visitor.start("Hello")
    ids = {"message": started["id"], "operator": operator.id}
    return {"visitor": visitor, "operator": operator}, {"conversation": visitor.conversation, **ids}


def thread(people):
    """Return all that a write could have changed."""
    visitor, operator = people["visitor"], people["operator"]
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    return [opened.body, visitor.sync().body, visitor.post("hello").body["conversation"]]


COMMANDS = sorted(commands)


@pytest.mark.parametrize(("side", "name"), COMMANDS, ids=str)
def test_each_wrong_value_is_named_and_nothing_is_written(place, side, name):
    people, ids = place
    person, socket = people[side], people[side].connect()
    assert person.post(name, **right(side, name, ids)).status in (200, 409)
    before = thread(people)
    told = set()
    for field, given_input in wrong_inputs(side, name, ids):
        expected = {"error": {"code": "invalid", "field": field}}
        over_http = person.post(name, **given_input)
        assert (over_http.status, over_http.body) == (400, expected), given_input
        if field not in told:
            assert socket.call(name, **given_input).body == expected, given_input
        told.add(field)
    assert thread(people) == before


@pytest.mark.parametrize(("side", "name"), COMMANDS, ids=str)
def test_half_a_character_is_named_too(place, side, name):
    """A lone surrogate: JSON can write it, but no text can hold it."""
    people, ids = place
    base = right(side, name, ids)
    for field in [key for key, value in base.items() if isinstance(value, str)]:
        refused = people[side].post(name, **{**base, field: HALF_A_CHARACTER})
        assert refused.status == 400
        assert refused.body == {"error": {"code": "invalid", "field": field}}


@pytest.mark.parametrize("body", [[], 5, "text", True, [{"conversation": "x"}]], ids=str)
@pytest.mark.parametrize(
    ("side", "name"), [("visitor", "message.send"), ("operator", "inbox.list")]
)
def test_an_input_is_an_object(place, side, name, body):
    person = place[0][side]
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
def test_what_is_not_json_is_refused(place, side, body):
    path = f"/api/{side}/conversation.sync"
    assert post(place[0][side], path, body) == (400, {"error": {"code": "invalid"}})


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-0.5", "1E-5", "0x10"]
)
def test_numbers_that_are_none_are_refused(place, number):
    people, ids = place
    body = f'{{"conversation": "{ids["conversation"]}", "after": {number}}}'
    status, answer = post(people["visitor"], "/api/visitor/conversation.sync", body.encode())
    assert (status, answer["error"]["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"]
)
def test_only_json_is_json(place, kind):
    status, body = post(
        place[0]["visitor"], "/api/visitor/page", b'{"url": "https://x/"}', **{"Content-Type": kind}
    )
    assert (status, body) == (400, {"error": {"code": "invalid", "field": "Content-Type"}})


def test_a_body_of_64_kib_is_read_and_not_a_byte_more(place):
    people, ids = place
    visitor = people["visitor"]
    for size, expected in ((64 * 1024, 200), (64 * 1024 + 1, 413)):
        draft = {"conversation": ids["conversation"], "client_id": fresh_id(), "text": "Hello"}
        body = json.dumps(draft).encode()
        status, answer = post(visitor, "/api/visitor/message.send", body.ljust(size))
        assert status == expected
    assert answer == {"error": {"code": "too_large"}}


def test_a_body_that_does_not_say_how_long_it_is_is_read_no_further(place):
    visitor = place[0]["visitor"]
    chunks = (b" " * 1024 for _ in range(80))
    assert post(visitor, "/api/visitor/page", chunks) == (413, {"error": {"code": "too_large"}})


@pytest.mark.parametrize("value", ["a\0b", "\x7f\xff" * 600, "\x80"])
@pytest.mark.parametrize("header", ["User-Agent", "Accept-Language"])
def test_a_browser_with_a_strange_name_is_let_in_all_the_same(street, header, value):
    assert Visitor(street.base, "visitor", {header: value}).post("session").status == 200


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


def test_every_field_of_every_door_has_its_wrong_values():
    tried = {field for field, _ in [*LOGINS, *SESSIONS]} | set(WRONG)
    named = {field for each in commands.values() for field in each.takes.model_fields}
    posted = [each.takes for each in routes.values() if each.takes and each.method == "POST"]
    named |= {field for takes in posted for field in takes.model_fields}
    assert named - tried == set()


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
def test_anything_at_all_is_taken_or_refused(place, data):
    people, ids = place
    side, name = data.draw(st.sampled_from(COMMANDS))
    fields = [*commands[side, name].takes.model_fields, "more"]
    changed = data.draw(st.dictionaries(st.sampled_from(fields), json_values, max_size=3))
    answer = people[side].post(name, **{**right(side, name, ids), **changed})
    assert answer.status in (200, 400, 404, 409)
    if answer.status == 400:
        assert answer.body["error"]["code"] == "invalid"
        assert answer.body["error"]["field"].split(".")[0] in changed
