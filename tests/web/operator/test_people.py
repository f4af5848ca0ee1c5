"""Colleagues, and what admins do about them."""

from datetime import datetime

import pytest

from kell.accounts.people import disable_operator, enable_operator
from kell.chat.leaving import release
from kell.core import db
from kell.core.audit import Actor
from kell.core.clock import now
from tests.factories import PASSWORD
from tests.people import Operator, wait_until


def row_of(admin, operator):
    (row,) = [each for each in admin.post("people.list")["people"] if each["id"] == operator.id]
    return row


def save(admin, operator, **more):
    row = row_of(admin, operator)
    given = {name: row[name] for name in ("name", "role", "teams")} | more
    return admin.post("people.save", operator=operator.id, **given)


def test_colleagues_see_each_other_without_what_is_admins_alone(house):
    liisa = house.operator("Liisa")
    socket = liisa.connect()
    socket.wait_for("welcome")
    found = house.operator("Jaan").post("colleagues.list")
    assert [each["name"] for each in found["people"]] == ["Admin", "Jaan", "Liisa"]
    (row,) = [each for each in found["people"] if each["id"] == liisa.id]
    assert row["teams"] == [house.team]
    assert set(row) == {"id", "name", "photo", "role", "teams", "state", "works_again"}
    assert [each["name"] for each in found["teams"]] == ["Support"]


def test_the_disabled_are_no_colleagues(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    admin.post("people.disable", operator=liisa.id)
    names = [each["name"] for each in admin.post("colleagues.list")["people"]]
    assert names == ["Admin"]
    assert row_of(admin, liisa)["disabled_at"] is not None


def test_disabling_ends_sockets_and_requests_at_once(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    socket = liisa.connect()
    admin.post("people.disable", operator=liisa.id)
    socket.wait_for("session.ended")
    wait_until(lambda: not socket.connected, "the socket ended")
    assert liisa.post("hello").code == "unauthenticated"


def test_the_chats_of_who_is_disabled_go_back_to_the_queue(house):
    admin, mart, liisa = house.admin(), house.operator("Mart"), house.operator("Liisa")
    open_chat, closed = house.visitor(), house.visitor()
    for visitor in (open_chat, closed):
        visitor.start("Hello")
        liisa.post("conversation.take", conversation=visitor.conversation)
    liisa.post("conversation.close", conversation=closed.conversation)
    socket = mart.connect()
    socket.wait_for("welcome")
    admin.post("people.disable", operator=liisa.id)
    for visitor in (open_chat, closed):
        freed = socket.wait_for(
            "conversation.changed",
            lambda each, chat=visitor.conversation: (
                each["id"] == chat and each["conversation"]["assignee"] is None
            ),
        )
        assert freed["messages"][-1]["event"] == "moved"
    assert mart.post("inbox.counts")["queue"] == 1
    closed.say("One more thing")
    assert mart.post("inbox.counts")["queue"] == 2


def test_who_came_back_at_once_keeps_their_chats(house):
    admin, liisa, visitor = house.admin(), house.operator("Liisa"), house.visitor()
    visitor.start("Hello")
    liisa.post("conversation.take", conversation=visitor.conversation)

    def leave_and_come(tx):
        disable_operator(tx, liisa.id)
        enable_operator(tx, Actor(admin.id, "127.0.0.1"), liisa.id)

    with house.app.app_context():
        db.write(leave_and_come)
        release({"operator": liisa.id})
    shown = admin.post("conversation.open", conversation=visitor.conversation)
    assert shown["conversation"]["assignee"]["id"] == liisa.id


def test_who_is_let_in_again_signs_in_with_the_same_password(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    email = row_of(admin, liisa)["email"]
    for _ in range(2):
        admin.post("people.disable", operator=liisa.id)
    for _ in range(2):
        admin.post("people.enable", operator=liisa.id)
    assert Operator.sign_in(house.base, email, PASSWORD).id == liisa.id
    actions = [each["action"] for each in admin.post("audit.list")["entries"]]
    assert actions == ["person.enabled", "person.disabled"]


def test_signing_somebody_out_leaves_the_door_open(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    socket = liisa.connect()
    admin.post("people.sign_out", operator=liisa.id)
    socket.wait_for("session.ended")
    assert Operator.sign_in(house.base, row_of(admin, liisa)["email"], PASSWORD).id == liisa.id


@pytest.mark.parametrize("act", ["demote", "disable"])
def test_the_last_admin_stays(house, act):
    admin = house.admin()

    def do(whom):
        if act == "disable":
            return admin.post("people.disable", operator=whom.id)
        return save(admin, whom, role="supervisor")

    assert do(admin).code == "forbidden"
    second = house.operator("Second", role="admin")
    assert do(second).code is None
    assert do(admin).code == "forbidden"
    assert admin.post("people.list").code is None


def test_another_role_counts_at_once(house):
    admin, liisa, visitor = house.admin(), house.operator("Liisa", teams=[]), house.visitor()
    visitor.start("Hello")
    socket = liisa.connect()
    assert liisa.inbox() == []
    save(admin, liisa, role="supervisor")
    socket.wait_for("reach.changed")
    wait_until(lambda: not socket.connected, "the socket comes anew")
    again = liisa.connect()
    visitor.say("Still there?")
    again.wait_for("conversation.changed")
    assert liisa.inbox() == [visitor.conversation]


def test_who_leaves_a_team_loses_its_conversations_at_once(house):
    admin, liisa, visitor = house.admin(), house.operator("Liisa"), house.visitor()
    visitor.start("Hello")
    socket = liisa.connect()
    admin.post("teams.save", id=house.team, name="Support", members=[])
    socket.wait_for("reach.changed")
    wait_until(lambda: not socket.connected, "the socket comes anew")
    again = liisa.connect()
    visitor.say("A secret")
    assert liisa.inbox() == []
    assert again.call("conversation.open", conversation=visitor.conversation).code == "not_found"
    assert again.events("conversation.changed") == []


def test_a_change_of_nothing_disturbs_nobody(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    socket = liisa.connect()
    save(admin, liisa)
    admin.post("teams.save", id=house.team, name="Support", members=[liisa.id, admin.id])
    assert socket.call("hello").code is None
    assert socket.events("reach.changed") == []
    assert admin.post("audit.list")["entries"] == []


def test_teams_are_made_changed_and_removed(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    made = admin.post("teams.save", name="Second line", members=[liisa.id])["team"]
    assert (made["name"], made["members"]) == ("Second line", [liisa.id])
    changed = admin.post("teams.save", id=made["id"], name="Technicians", members=[])["team"]
    assert changed == {"id": made["id"], "name": "Technicians", "members": []}
    for _ in range(2):
        assert admin.post("teams.remove", team=made["id"]).code is None
    assert [each["name"] for each in admin.post("colleagues.list")["teams"]] == ["Support"]
    shown = [(each["action"], each["subject"]) for each in admin.post("audit.list")["entries"]]
    assert shown == [
        ("team.removed", "Technicians"),
        ("team.changed", "Technicians"),
        ("team.made", "Second line"),
    ]


def test_a_team_that_something_belongs_to_stays(house):
    admin = house.admin()
    other = admin.post("teams.save", name="Other", members=[admin.id])["team"]["id"]
    assert admin.post("teams.remove", team=house.team).code == "team_in_use"  # its site
    visitor = house.visitor()
    visitor.start("Hello")
    admin.post("conversation.assign", conversation=visitor.conversation, team=other)
    assert admin.post("teams.remove", team=other).code == "team_in_use"


def test_what_is_not_there_is_said(house):
    admin, nobody = house.admin(), "0" * 32
    assert admin.post("people.disable", operator=nobody).code == "not_found"
    assert admin.post("teams.save", id=nobody, name="X", members=[]).code == "not_found"
    assert admin.post("teams.save", name="X", members=[nobody]).body == {
        "error": {"code": "not_found", "field": "members"}
    }
    assert save(admin, admin, teams=[nobody]).body == {
        "error": {"code": "not_found", "field": "teams"}
    }
    assert [each["name"] for each in admin.post("colleagues.list")["teams"]] == ["Support"]


def test_the_log_says_who_what_when_and_from_where(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    save(admin, liisa, name="Liisa Maasikas", role="supervisor")
    (entry,) = admin.post("audit.list")["entries"]
    assert (entry["who"], entry["action"]) == ("Admin", "person.changed")
    assert entry["subject"] == row_of(admin, liisa)["email"]
    assert entry["address"] == "127.0.0.1"
    assert entry["changes"] == [
        {"field": "name", "before": "Liisa", "after": "Liisa Maasikas"},
        {"field": "role", "before": "operator", "after": "supervisor"},
    ]


def test_the_log_has_pages(house):
    admin, liisa = house.admin(), house.operator("Liisa")
    for number in range(53):
        save(admin, liisa, name=f"Liisa {number}")
    first = admin.post("audit.list")
    rest = admin.post("audit.list", after=first["next"])
    assert (len(first["entries"]), len(rest["entries"]), rest["next"]) == (50, 3, None)
    newest = [each["changes"][0]["after"] for each in first["entries"] + rest["entries"]]
    assert newest == [f"Liisa {number}" for number in reversed(range(53))]


def hours(*weekdays, zone="UTC", opens="00:00", closes="24:00"):
    """Return a week in which somebody works all day on some of the days, Monday first."""
    day = [{"opens": opens, "closes": closes}]
    return {"zone": zone, "week": [day if each in weekdays else [] for each in range(7)]}


def test_outside_of_their_hours_somebody_is_away(house):
    house.set_up_site(show_people=True)
    today = now().weekday()
    these_days, later = (today, (today + 1) % 7), (today + 3) % 7
    admin, liisa, visitor = house.admin(), house.operator("Liisa"), house.visitor()
    socket = liisa.connect()
    socket.wait_for("welcome")

    def state():
        known = admin.post("colleagues.list")["people"]
        (found,) = [each for each in known if each["id"] == liisa.id]
        return found["state"], found["works_again"]

    wait_until(lambda: state() == ("online", None), "she is seen")
    saved = save(admin, liisa, hours=hours(*these_days))
    assert saved["person"]["hours"] == hours(*these_days)
    assert state() == ("online", None)
    assert [each["name"] for each in visitor.post("hello")["online"]["people"]] == ["Liisa"]
    save(admin, liisa, hours=hours(later))
    shown, again = state()
    assert (shown, datetime.fromisoformat(again).weekday()) == ("away", later)
    assert visitor.post("hello")["online"]["people"] == []
    liisa.post("presence.set", state="busy")
    assert state()[0] == "away"
    save(admin, liisa, hours=None)
    assert state() == ("busy", None)
    changes = admin.post("audit.list")["entries"][0]["changes"]
    assert [(each["field"], each["after"]) for each in changes] == [("hours", None)]
    assert socket.connected  # nobody has to come anew for it


@pytest.mark.parametrize(
    "wrong",
    [
        hours(0, zone="Mars/Olympus"),
        hours(0, opens="9"),
        {"zone": "UTC", "week": [[]] * 6},
    ],
)
def test_hours_that_are_none_are_refused(house, wrong):
    admin, liisa = house.admin(), house.operator("Liisa")
    refused = save(admin, liisa, hours=wrong)
    assert refused.code == "invalid"
    assert refused.body["error"]["field"].startswith("hours")
    assert row_of(admin, liisa)["hours"] is None


def test_an_admin_who_has_not_come_yet_is_nobody_to_leave_it_to(house):
    admin = house.admin()
    admin.post("people.invite", email="new@example.org", name="New", role="admin", teams=[])
    assert admin.post("people.disable", operator=admin.id).code == "forbidden"
