"""Online, busy, away: said by operators, or by their silence; told to their colleagues."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kell.accounts.models import Operator as Row
from kell.accounts.rules import AWAY_AFTER, state_of
from kell.core.clock import now
from kell.core.realtime.presence import Lease
from kell.web.operator.presence import States


def come(house, *operators):
    """Let operators be there for a minute, in some process."""
    until = now() + timedelta(minutes=1)
    leases = [Lease(subject=each.id, process="0" * 32, until=until) for each in operators]
    house.write(lambda tx: tx.session.add_all(leases))


def fall_silent(house, operator):
    moved = update(Row).where(Row.id == operator.id).values(active_at=now() - AWAY_AFTER)
    house.write(lambda tx: tx.session.execute(moved))


def state(asker, operator):
    (row,) = [each for each in asker.post("colleagues.list")["people"] if each["id"] == operator.id]
    return row["state"]


def look(house, states):
    states.look(house.app.extensions["kell.db"])


@pytest.mark.parametrize(
    ("chosen", "idle", "here", "seen"),
    [
        ("online", None, True, "online"),
        ("online", timedelta(minutes=9), True, "online"),
        ("online", timedelta(minutes=10), True, "away"),
        ("busy", timedelta(minutes=10), True, "away"),
        ("busy", timedelta(0), True, "busy"),
        ("away", timedelta(0), True, "away"),
        ("online", timedelta(0), False, "offline"),
    ],
)
def test_what_colleagues_see(chosen, idle, here, seen):
    at = now()
    assert state_of(chosen, None if idle is None else at - idle, here=here, at=at) == seen


def test_a_state_is_seen_wherever_people_are_listed_and_outlives_a_connection(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    assert liisa.post("presence.set", state="busy")["state"] == "busy"
    assert state(admin, liisa) == "offline"
    come(house, liisa)
    assert state(admin, liisa) == "busy"
    rows = {each["id"]: each["state"] for each in admin.post("people.list")["people"]}
    loads = admin.post("team.load")["people"]
    assert rows[liisa.id] == "busy"
    assert [each["operator"]["state"] for each in loads if each["operator"]["id"] == liisa.id] == [
        "busy"
    ]


def test_silence_is_being_away_and_moving_brings_back_what_was_chosen(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    come(house, liisa)
    liisa.post("presence.set", state="busy")
    fall_silent(house, liisa)
    assert state(admin, liisa) == "away"
    assert liisa.post("presence.active")["state"] == "busy"
    assert state(admin, liisa) == "busy"
    liisa.post("presence.set", state="away")
    liisa.post("presence.active")
    assert state(admin, liisa) == "away"


def test_colleagues_hear_of_it_at_once(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    socket = admin.connect()
    socket.wait_for("welcome")
    come(house, liisa)
    for wanted in ("busy", "away", "online"):
        liisa.post("presence.set", state=wanted)
        row = {"operator": liisa.id, "state": wanted}
        socket.wait_for("colleagues.state", lambda data, row=row: row in data["people"])


def test_what_nobody_says_is_found_by_looking(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    socket = admin.connect()
    socket.wait_for("welcome")
    states = States(house.app.extensions["kell"].hub)

    def told(wanted):
        row = {"operator": liisa.id, "state": wanted}
        look(house, states)
        return socket.wait_for("colleagues.state", lambda data: row in data["people"])

    told("offline")
    come(house, liisa)
    told("online")
    fall_silent(house, liisa)
    told("away")
    house.write(lambda tx: tx.session.query(Lease).delete())
    told("offline")


def test_a_state_that_is_none_is_refused(house):
    assert house.operator("Liisa").post("presence.set", state="offline").body == {
        "error": {"code": "invalid", "field": "state"}
    }


def test_visitors_see_only_who_is_free(house):
    house.set_up_site(show_people=True)
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    come(house, liisa, jaan)

    def online():
        found = house.visitor().post("hello")["online"]
        return found["state"], [each["name"] for each in found["people"]]

    assert online() == ("online", ["Jaan", "Liisa"])
    jaan.post("presence.set", state="busy")
    assert online() == ("online", ["Liisa"])
    fall_silent(house, liisa)
    assert online() == ("online", [])
    jaan.post("presence.set", state="away")
    assert online() == ("away", [])
