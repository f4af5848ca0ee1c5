"""An operator whose network blocks WebSockets waits for news over plain HTTP."""

import gevent
import pytest

from kell.web import waiting
from tests.people import wait_until


def changes(operator, after):
    return operator.get("/api/operator/changes", after=after)


def start_waiting(house, operator, after):
    """Ask for news, and return when the server waits for them."""
    hub = house.app.extensions["kell"].hub
    room = ("/operator", f"operator:{operator.id}")
    request = gevent.spawn(changes, operator, after=after)
    wait_until(lambda: room in hub._waiting, "the request waits")
    return request


@pytest.fixture(autouse=True)
def _wakes_by_itself_alone(monkeypatch):
    """Without the look from time to time, only the push itself ends a wait."""
    monkeypatch.setattr(waiting, "LOOKS_EVERY", 3600)


def test_a_message_ends_the_waiting(house):
    operator, visitor = house.operator(), house.visitor()
    request = start_waiting(house, operator, operator.post("hello")["at"])
    visitor.start("Hello")
    answer = request.get(timeout=10)
    assert [(each["id"], each["rev"]) for each in answer["changes"]] == [(visitor.conversation, 1)]
    assert not answer["more"]


def test_asking_again_with_the_answers_moment_misses_nothing(house):
    operator, visitor = house.operator(), house.visitor()
    at, seen = operator.post("hello")["at"], {}
    visitor.start("Hello")
    for text in ("One", "Two"):
        answer = changes(operator, at)
        seen |= {each["id"]: each["rev"] for each in answer["changes"]}
        at = answer["next"]
        visitor.say(text)
    seen |= {each["id"]: each["rev"] for each in changes(operator, at)["changes"]}
    assert seen == {visitor.conversation: 3}


def test_another_teams_news_end_no_waiting(house, monkeypatch):
    monkeypatch.setattr(waiting, "WAITS", 1)
    stranger = house.operator("Stranger", teams=[house.new_team()])
    request = start_waiting(house, stranger, stranger.post("hello")["at"])
    house.visitor().start("Hello")
    assert request.get(timeout=10)["changes"] == []


def test_what_leaves_reach_is_named_in_the_answer_that_waits(house):
    second = house.new_team()
    mart = house.operator("Mart", role="supervisor")
    liisa = house.operator("Liisa", teams=[second])
    visitor = house.visitor()
    visitor.start("Hello")
    mart.post("conversation.assign", conversation=visitor.conversation, operator=liisa.id)
    after = changes(liisa, liisa.post("hello")["at"])["next"]
    request = start_waiting(house, liisa, after)
    mart.post("conversation.assign", conversation=visitor.conversation, operator=mart.id)
    answer = request.get(timeout=10)
    assert (answer["gone"], answer["changes"]) == ([visitor.conversation], [])
    assert liisa.post("conversation.open", conversation=visitor.conversation).code == "not_found"


def test_what_left_reach_between_two_answers_is_named_by_the_next(house):
    second = house.new_team()
    mart = house.operator("Mart", role="supervisor")
    liisa = house.operator("Liisa", teams=[second])
    visitor = house.visitor()
    visitor.start("Hello")
    mart.post("conversation.assign", conversation=visitor.conversation, operator=liisa.id)
    answer = changes(liisa, liisa.post("hello")["at"])
    assert (answer["gone"], len(answer["changes"])) == ([], 1)
    mart.post("conversation.assign", conversation=visitor.conversation, operator=mart.id)
    assert changes(liisa, answer["next"])["gone"] == [visitor.conversation]
    mart.post("conversation.assign", conversation=visitor.conversation, operator=liisa.id)
    back = changes(liisa, answer["next"])
    assert (back["gone"], len(back["changes"])) == ([], 1)


def test_signing_out_ends_the_waiting(house):
    operator = house.operator()
    request = start_waiting(house, operator, operator.post("hello")["at"])
    operator.post("logout")
    refused = request.get(timeout=10)
    assert (refused.status, refused.code) == (401, "unauthenticated")


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "2026-11-22",
        "2026-11-22T10:37:03",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "99999-01-01T00:00:00Z",
        "2026-11-22T10:37:03Z\0",
    ],
)
def test_a_wrong_moment_is_refused(street, after):
    refused = changes(street.operator(), after)
    assert (refused.status, refused.body) == (400, {"error": {"code": "invalid", "field": "after"}})
