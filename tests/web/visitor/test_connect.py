"""A visitor's socket."""

from datetime import datetime, timedelta

import pytest

from kell.core.clock import now
from kell.web.farewell import say_farewell
from tests.web.knocking import refusal


def test_the_first_thing_it_hears_is_welcome(street):
    visitor = street.visitor()
    tab = visitor.connect()
    welcome = tab.wait_for("welcome")
    assert tab.heard[0] == ("welcome", welcome)
    assert welcome["conversation"] is None
    assert abs(datetime.fromisoformat(welcome["at"]) - now()) < timedelta(minutes=1)
    assert welcome["at"].endswith("Z")


def test_welcome_names_the_chat_that_the_widget_opens_with(street):
    visitor = street.visitor()
    visitor.start("Hello")
    visitor.start("Another")
    visitor.say("And more")
    welcome = visitor.connect().wait_for("welcome")
    assert welcome["conversation"] == {"id": visitor.conversation, "rev": 2}
    assert welcome["visitor"] == visitor.sync()["messages"][0]["author"]["id"]


def test_who_has_no_socket_is_told_the_same(street):
    visitor = street.visitor()
    visitor.start("Hello")
    welcome = visitor.connect().wait_for("welcome")
    hello = visitor.post("hello").body
    assert {**hello, "at": None} == {**welcome, "at": None}


@pytest.mark.parametrize(
    "auth",
    [None, {}, {"token": ""}, {"token": None}, {"token": 1}, {"token": []}, {"token": "A" * 43}],
    ids=str,
)
def test_without_its_token_it_is_refused(street, auth):
    assert refusal(street.base, "/visitor", auth) == {
        "message": "unauthenticated",
        "data": {"error": {"code": "unauthenticated"}},
    }


def test_a_token_opens_no_panel(street):
    visitor = street.visitor()
    refused = refusal(street.base, "/operator", {"token": visitor.token}, visitor.headers)
    assert refused["message"] == "unauthenticated"


def test_every_command_is_answered_even_an_unknown_one(street):
    tab = street.visitor().connect()
    for name in ("inbox.list", "message.delete", "nonsense", "welcome", "__init__", "callers"):
        assert tab.call(name).body == {"error": {"code": "unknown_command"}}


def test_a_server_that_stops_says_when_to_come_back(street):
    tab, panel = street.visitor().connect(), street.operator().connect()
    with street.app.app_context():
        say_farewell(street.app.extensions["socketio"].server)
    for socket in (tab, panel):
        assert socket.wait_for("drain")["delay"] > 0
