"""The retry of what was accepted is never refused, whatever has happened since (CHAT-12)."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kell.core import db
from kell.core.errors import RateLimited, RetryLater
from tests import factories, people
from tests.people import fresh_id


@pytest.fixture(scope="module")
def strict_house(new_database, tmp_path_factory):
    """A house that counts, shared by people who have their own allowances each."""
    with factories.house(new_database(), tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def house(strict_house):
    yield strict_house
    people.leave()


def test_over_http_a_refusal_says_in_its_head_too_when_to_come_again(house):
    visitor = house.visitor()
    answers = [visitor.start("Hello") for _ in range(11)]
    assert [each.code for each in answers] == [None] * 10 + ["rate_limited"]
    wait = answers[-1].body["error"]["retry_after"]
    assert wait <= int(answers[-1].headers["Retry-After"]) <= wait + 1
    assert "Retry-After" not in answers[0].headers


FACTS = ("id", "seq", "rev", "at")


def use_up(house, name, *key):
    """Leave nothing of an allowance."""
    limits = house.app.extensions["kell.limits"]
    with house.app.app_context(), suppress(RateLimited):
        while True:
            limits.hit(name, *key)


def visitor_id(visitor):
    return visitor.sync()["messages"][0]["author"]["id"]


def facts(answer):
    return [answer[fact] for fact in FACTS]


def by_http(person, command, given):
    return person.post(command, **given)


def by_socket(person, command, given):
    return person.connect().call(command, **given)


BOTH_WAYS = pytest.mark.parametrize(
    ("first", "again"),
    [(by_http, by_http), (by_http, by_socket), (by_socket, by_http), (by_socket, by_socket)],
)


@BOTH_WAYS
def test_when_the_visitor_has_sent_too_much(house, first, again):
    visitor = house.visitor()
    visitor.start("Hello")
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    accepted = first(visitor, "message.send", draft)
    use_up(house, "send", "visitor", visitor_id(visitor))
    refused = again(visitor, "message.send", {**draft, "client_id": fresh_id()})
    assert refused.code == "rate_limited"
    assert refused.body["error"]["retry_after"] > 0
    assert facts(again(visitor, "message.send", draft)) == facts(accepted)
    assert visitor.texts() == ["Hello", "Once"]


@BOTH_WAYS
def test_when_the_visitor_has_started_too_many_chats(house, first, again):
    visitor = house.visitor()
    start = {"start_id": fresh_id(), "client_id": fresh_id(), "text": "Hello"}
    accepted = first(visitor, "chat.start", start)
    visitor.conversation = accepted["conversation"]
    use_up(house, "start", "visitor", visitor_id(visitor))
    refused = again(visitor, "chat.start", {**start, "start_id": fresh_id()})
    assert refused.code == "rate_limited"
    repeated = again(visitor, "chat.start", start)
    assert repeated["conversation"] == accepted["conversation"]
    assert facts(repeated) == facts(accepted)
    assert visitor.texts() == ["Hello"]


def test_ten_chats_in_ten_minutes_are_the_limit(house):
    visitor = house.visitor()
    assert [visitor.start("Hello").status for _ in range(11)] == [200] * 10 + [429]


@BOTH_WAYS
def test_when_the_chat_was_closed_long_ago(house, first, again):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    accepted = first(visitor, "message.send", draft)
    operator.post("conversation.close", conversation=visitor.conversation)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30), tick=True):
        refused = again(visitor, "message.send", {**draft, "client_id": fresh_id()})
        assert refused.code == "conversation_closed"
        assert facts(again(visitor, "message.send", draft)) == facts(accepted)
        assert visitor.sync()["conversation"]["status"] == "closed"


def test_a_retry_does_not_reopen_a_chat_that_was_just_closed(house):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    client_id = fresh_id()
    accepted = visitor.say("Once", client_id=client_id)
    operator.post("conversation.close", conversation=visitor.conversation)
    assert facts(visitor.say("Once", client_id=client_id)) == facts(accepted)
    assert visitor.sync()["conversation"]["status"] == "closed"
    assert visitor.sync()["rev"] == 3


@BOTH_WAYS
@pytest.mark.parametrize("command", ["message.send", "note.add"])
def test_an_operators_too(house, first, again, command):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    accepted = first(operator, command, draft)
    operator.post("conversation.close", conversation=visitor.conversation)
    use_up(house, "send", "operator", operator.id)
    assert again(operator, command, {**draft, "client_id": fresh_id()}).code == "rate_limited"
    repeated = again(operator, command, draft)
    assert (facts(repeated), repeated["line"]) == (facts(accepted), accepted["line"])
    assert operator.texts(visitor.conversation).count("Once") == 1


@pytest.mark.parametrize("command", ["message.send", "note.add"])
def test_when_the_chat_has_left_the_operators_reach(house, command):
    boss, visitor = house.operator(role="supervisor"), house.visitor()
    operator = house.operator("Liisa", teams=[house.new_team()])
    visitor.start("Hello")
    boss.post("conversation.assign", conversation=visitor.conversation, operator=operator.id)
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    accepted = operator.post(command, **draft)
    boss.post("conversation.assign", conversation=visitor.conversation, operator=boss.id)
    assert operator.post(command, **{**draft, "client_id": fresh_id()}).code == "not_found"
    repeated = operator.post(command, **draft)
    assert (facts(repeated), repeated["change"]) == (facts(accepted), None)
    assert boss.texts(visitor.conversation).count("Once") == 1


def test_while_nothing_can_be_written(house, monkeypatch):
    visitor = house.visitor()
    started = {"start_id": fresh_id(), "client_id": fresh_id(), "text": "Hello"}
    accepted = visitor.start(**started)
    client_id = fresh_id()
    sent = visitor.say("Once", client_id=client_id)

    def refuse(_work):
        raise RetryLater(retry_after=1)

    monkeypatch.setattr(db, "write", refuse)
    refused = visitor.say("Twice")
    assert (refused.status, refused.body) == (
        503,
        {"error": {"code": "retry_later", "retry_after": 1}},
    )
    assert facts(visitor.say("Once", client_id=client_id)) == facts(sent)
    assert facts(visitor.post("chat.start", **started)) == facts(accepted)


def test_tries_during_an_outage_use_up_no_allowance(house, monkeypatch):
    visitor = house.visitor()
    tab = visitor.connect()
    started = {"start_id": fresh_id(), "client_id": fresh_id(), "text": "Hello"}

    def refuse(_work):
        raise RetryLater(retry_after=1)

    with monkeypatch.context() as outage:
        outage.setattr(db, "write", refuse)
        for _ in range(6):
            assert tab.call("chat.start", **started).code == "retry_later"
            assert visitor.post("chat.start", **started).code == "retry_later"
    assert [visitor.start("Hello").status for _ in range(11)] == [200] * 10 + [429]


def test_nobody_is_locked_out_for_having_tried_to_log_in_during_an_outage(house, monkeypatch):
    login = {"email": "admin@example.org", "password": factories.PASSWORD}
    somebody = people.Operator(house.base, "operator", {})

    def refuse(_work):
        raise RetryLater(retry_after=1)

    with monkeypatch.context() as outage:
        outage.setattr(db, "write", refuse)
        assert {somebody.post("login", **login).code for _ in range(11)} == {"retry_later"}
    assert somebody.post("login", **login).status == 200


def test_what_somebody_else_sent_is_no_retry(house):
    mine, theirs = house.visitor(), house.visitor()
    mine.start("Hello")
    theirs.start("Hello")
    client_id = fresh_id()
    mine.say("Mine", client_id=client_id)
    stolen = theirs.post(
        "message.send", conversation=mine.conversation, client_id=client_id, text="Mine"
    )
    assert (stolen.status, stolen.code) == (404, "not_found")


def test_a_retry_tells_nobody_anything(house):
    operator, visitor = house.operator().connect(), house.visitor()
    visitor.start("Hello")
    tab, client_id = visitor.connect(), fresh_id()
    for _ in range(3):
        visitor.say("Once", client_id=client_id)
    visitor.say("Then")
    for socket in (operator, tab):
        socket.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert [each["rev"] for each in operator.events("conversation.changed")] == [1, 2, 3]
    assert [each["rev"] for each in tab.events("conversation.changed")] == [2, 3]
