"""A visitor whose network blocks WebSockets waits for news over plain HTTP."""

import gevent
import pytest

from kell.chat import actions
from kell.chat.access import Author
from kell.chat.actions import Draft
from kell.core import db
from kell.web import waiting
from tests import factories
from tests.people import fresh_id, wait_until


def changes(visitor, **given):
    return visitor.get("/api/visitor/changes", conversation=visitor.conversation, **given)


def start_waiting(house, visitor, after):
    """Ask for news, and return when the server waits for them."""
    known = len(waiters(house))
    request = gevent.spawn(changes, visitor, after=after)
    wait_until(lambda: len(waiters(house)) > known, "the request waits")
    return request


def waiters(house):
    waiting_for = house.app.extensions["kell"].hub._waiting
    return [
        each for (space, _), some in waiting_for.items() if space == "/visitor" for each in some
    ]


@pytest.fixture(autouse=True)
def _wakes_by_itself_alone(monkeypatch):
    """Without the look from time to time, only the push itself ends a wait."""
    monkeypatch.setattr(waiting, "LOOKS_EVERY", 3600)


def test_what_there_is_comes_at_once(street):
    visitor = street.visitor()
    visitor.start("Hello")
    answer = changes(visitor, after=0)
    assert answer.body == visitor.sync(after=0).body
    assert changes(visitor).body == answer.body


def test_a_reply_ends_the_waiting(street):
    visitor = street.visitor()
    visitor.start("Hello")
    request = start_waiting(street, visitor, after=1)
    street.operator().say(visitor.conversation, "Good day")
    answer = request.get(timeout=10)
    assert answer["rev"] == 2
    assert [row["text"] for row in answer["messages"]] == ["Good day"]
    assert not answer["reset"]


def test_everybody_who_waits_is_woken(street):
    visitor = street.visitor()
    visitor.start("Hello")
    requests = [start_waiting(street, visitor, after=1) for _ in range(3)]
    visitor.say("From the first tab")
    assert [each.get(timeout=10)["rev"] for each in requests] == [2, 2, 2]
    wait_until(lambda: not waiters(street), "nobody waits any more")


def test_what_is_not_the_visitors_to_see_ends_no_waiting(street):
    visitor, other = street.visitor(), street.visitor()
    visitor.start("Hello")
    operator = street.operator()
    request = start_waiting(street, visitor, after=1)
    operator.note(visitor.conversation, "They sound angry")
    other.start("Hello")
    operator.say(visitor.conversation, "Good day")
    assert request.get(timeout=10)["rev"] == 2


def test_without_news_it_ends_with_an_empty_answer(street, monkeypatch):
    monkeypatch.setattr(waiting, "WAITS", 0.2)
    visitor = street.visitor()
    visitor.start("Hello")
    answer = changes(visitor, after=1)
    assert (answer.status, answer["rev"], answer["messages"]) == (200, 1, [])


def test_another_processs_commit_is_found(house, database_url, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "LOOKS_EVERY", 0.1)
    visitor = house.visitor()
    visitor.start("Hello")
    # A process that has no way to tell this one anything but the database.
    elsewhere = factories.create_app(
        factories.Config.load({"KELL_DATABASE_URL": database_url, "KELL_DATA": str(tmp_path)})
    )
    request = start_waiting(house, visitor, after=1)
    author = Author.operator(house.operator().id, "A program", sees_all=True)
    draft = Draft(fresh_id(), "From elsewhere")
    with elsewhere.app_context():
        db.write(lambda tx: actions.send_message(tx, author, visitor.conversation, draft))
        db.database().close()
    assert [row["text"] for row in request.get(timeout=10)["messages"]] == ["From elsewhere"]


def test_a_rev_from_the_future_starts_afresh(street):
    visitor = street.visitor()
    visitor.start("Hello")
    assert changes(visitor, after=99)["reset"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"after": "x"}, "after"),
        ({"after": "-1"}, "after"),
        ({"after": "1.5"}, "after"),
        ({"after": "1_0"}, "after"),
        ({"after": "٣"}, "after"),
        ({"after": str(2**31)}, "after"),
        ({"after": "9" * 400}, "after"),
        ({"after": ""}, "after"),
        ({"conversation": "x"}, "conversation"),
        ({"conversation": "0" * 31 + "\0"}, "conversation"),
        ({"more": "1"}, "more"),
    ],
    ids=str,
)
def test_a_wrong_question_is_told_what_is_wrong(street, given, field):
    visitor = street.visitor()
    visitor.start("Hello")
    asked = {"conversation": visitor.conversation, "after": "1", **given}
    refused = visitor.get("/api/visitor/changes", **asked)
    assert (refused.status, refused.body) == (400, {"error": {"code": "invalid", "field": field}})


def test_a_stranger_gets_404_and_nobody_401(street):
    visitor, stranger = street.visitor(), street.visitor()
    visitor.start("Hello")
    stranger.conversation = visitor.conversation
    assert (changes(stranger).status, changes(stranger).code) == (404, "not_found")
    stranger.headers = {}
    assert (changes(stranger).status, changes(stranger).code) == (401, "unauthenticated")
