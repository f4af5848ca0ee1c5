"""An operator's socket."""

from datetime import datetime, timedelta

import pytest

from kell.core.clock import now
from tests.web.knocking import refusal


def test_the_first_thing_it_hears_is_welcome(street):
    operator = street.operator("Liisa")
    panel = operator.connect()
    welcome = panel.wait_for("welcome")
    assert panel.heard[0] == ("welcome", welcome)
    assert (welcome["operator"]["id"], welcome["operator"]["name"]) == (operator.id, "Liisa")
    assert [each["id"] for each in welcome["teams"]] == [street.team]
    assert abs(datetime.fromisoformat(welcome["at"]) - now()) < timedelta(minutes=1)


def test_who_has_no_socket_is_told_the_same(street):
    operator = street.operator()
    welcome = operator.connect().wait_for("welcome")
    hello = operator.post("hello").body
    assert {**hello, "at": None} == {**welcome, "at": None}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Cookie": "__Host-kell="}, {"Cookie": "__Host-kell=" + "A" * 43}, {"Cookie": "kell=x"}],
    ids=str,
)
def test_without_its_cookie_it_is_refused(street, headers):
    assert refusal(street.base, "/operator", headers=headers) == {
        "message": "unauthenticated",
        "data": {"error": {"code": "unauthenticated"}},
    }


def test_the_cookie_counts_not_what_the_client_says(street):
    operator = street.operator()
    secret = operator.headers["Cookie"].partition("=")[2]
    refused = refusal(street.base, "/operator", auth={"token": secret, "cookie": secret})
    assert refused["message"] == "unauthenticated"


def test_a_panel_is_no_widget(street):
    refused = refusal(street.base, "/visitor", headers=street.operator().headers)
    assert refused["message"] == "unauthenticated"


def test_every_command_is_answered_even_an_unknown_one(street):
    panel = street.operator().connect()
    for name in ("chat.start", "page", "nonsense", "session.ended", "__class__"):
        assert panel.call(name).body == {"error": {"code": "unknown_command"}}


def test_the_beacon_names_the_open_threads_and_the_teams_numbers(house):
    operator, other = house.operator(), house.visitor()
    opened, synced = house.visitor(), house.visitor()
    for visitor in (opened, synced, other):
        visitor.start("Hello")
    panel, tab = operator.connect(), opened.connect()
    panel.call("conversation.open", conversation=opened.conversation)
    panel.call("conversation.sync", conversation=synced.conversation, after=0)
    opened.say("And more")
    beat(house)
    beacon = panel.wait_for("beacon")
    assert beacon["revs"] == {opened.conversation: 2, synced.conversation: 1}
    assert beacon["counts"] == {house.team: 4}
    assert tab.wait_for("beacon")["revs"] == {opened.conversation: 2}


def test_the_beacon_tells_the_visitor_their_own_rev(house):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    operator.note(visitor.conversation, "They sound angry")
    tab = visitor.connect()
    beat(house)
    assert tab.wait_for("beacon")["revs"] == {visitor.conversation: 1}


def test_a_lost_last_frame_is_found_by_the_beacon(house, monkeypatch):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    panel = operator.connect()
    panel.call("conversation.open", conversation=visitor.conversation)
    with monkeypatch.context() as cut:
        cut.setattr(house.app.extensions["kell"].hub, "_emit", lambda _frame: None)
        visitor.say("Lost on the way")
    beat(house)
    assert panel.wait_for("beacon")["revs"] == {visitor.conversation: 2}
    assert panel.events("conversation.changed") == []


def beat(house):
    """Send the beacon that comes every 15 s."""
    running = house.app.extensions["kell"]
    running.beacon.send(house.app.extensions["kell.db"])
