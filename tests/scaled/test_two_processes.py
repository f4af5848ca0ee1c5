"""What one process commits reaches the sockets of the other, with no message queue in between."""

from datetime import timedelta
from time import monotonic

import time_machine
from sqlalchemy import func, select

from kell.core.clock import now
from kell.core.outbox.models import Job
from tests.people import wait_until


def test_an_operator_hears_of_a_visitor_of_the_other_process(houses):
    here, there = houses
    operator = here.admin().connect()
    visitor = there.visitor()
    visitor.start("Hello from there")
    change = operator.wait_for("conversation.changed")
    assert [each["text"] for each in change["messages"]] == ["Hello from there"]


def test_a_visitor_hears_the_answer_of_the_other_process(houses):
    here, there = houses
    visitor = here.visitor()
    visitor.start("Hello")
    socket = visitor.connect()
    there.admin().say(visitor.conversation, "Good day")
    change = socket.wait_for("conversation.changed", lambda each: each["rev"] == 2)
    assert change["messages"][0]["text"] == "Good day"


def test_a_request_that_waits_hears_of_it_too(houses):
    here, there = houses
    operator = here.admin()
    at = operator.connect().wait_for("welcome")["at"]
    there.visitor().start("Hello")
    changes = operator.get("/api/operator/changes", after=at)["changes"]
    assert [each["rev"] for each in changes] == [1]


def test_what_was_sent_here_is_not_sent_again(houses):
    here, there = houses
    operator = here.admin().connect()
    near, far = here.visitor(), there.visitor()
    near.start("Near")
    far.start("Far")
    operator.wait_for("conversation.changed", lambda each: each["id"] == far.conversation)
    # By then this process has looked at the database, where both had changed.
    ids = [each["id"] for each in operator.events("conversation.changed")]
    assert sorted(ids) == sorted([near.conversation, far.conversation])


def test_signing_out_there_ends_the_sockets_here(houses):
    here, there = houses
    operator = here.admin()
    socket = operator.connect()
    operator.base = there.base
    operator.post("logout")
    wait_until(lambda: not socket.connected, "the socket ended")


def test_a_timer_fires_in_one_of_them(houses):
    here, _ = houses
    with time_machine.travel(now(), tick=True) as traveller:
        for each in (*houses, *houses, *houses):
            each.visitor().start("Hello")
        traveller.shift(timedelta(seconds=121))

        def late_mails():
            jobs = select(func.count()).where(Job.kind == "late.mail", Job.state == "done")
            return here.read(lambda session: session.scalar(jobs))

        wait_until(lambda: late_mails() == 6, "the admin, who is away, gets one for each")
    folders = [each.app.extensions["kell"].config.data / "mail" for each in houses]
    assert sum(len(list(each.iterdir())) for each in folders if each.exists()) == 6


def test_who_loses_a_chat_there_is_told_here(houses):
    here, there = houses
    liisa = here.operator("Liisa", teams=[])
    admin = here.admin()
    visitor = here.visitor()
    visitor.start("Hello")
    admin.post("conversation.assign", conversation=visitor.conversation, operator=liisa.id)
    socket = liisa.connect()
    visitor.say("Still there?")
    socket.wait_for("conversation.changed")
    admin.base = there.base
    admin.post("conversation.assign", conversation=visitor.conversation, operator=admin.id)
    assert socket.wait_for("conversation.gone") == {"id": visitor.conversation}


def test_a_chat_that_went_to_another_team_there_vanishes_here(houses):
    here, there = houses
    liisa = here.operator("Liisa")
    second = here.new_team()
    visitor = here.visitor()
    visitor.start("Hello")
    socket = liisa.connect()
    admin = here.admin()
    admin.base = there.base
    admin.post("conversation.assign", conversation=visitor.conversation, team=second)
    assert socket.wait_for("conversation.gone") == {"id": visitor.conversation}
    assert liisa.inbox() == []


def test_who_is_disabled_there_is_out_here_within_a_second(houses):
    here, there = houses
    liisa, admin = here.operator("Liisa"), here.admin()
    socket = liisa.connect()
    admin.base = there.base
    admin.post("people.disable", operator=liisa.id)
    at = monotonic()
    wait_until(lambda: not socket.connected, "the socket ended")
    assert monotonic() - at < 1.5  # a look every 0.7 s, and a machine with other work


def test_who_loses_a_role_there_loses_it_here(houses):
    here, there = houses
    liisa, admin = here.operator("Liisa", role="supervisor", teams=[]), here.admin()
    socket = liisa.connect()
    socket.wait_for("welcome")
    admin.base = there.base
    admin.post("people.save", operator=liisa.id, name="Liisa", role="operator", teams=[])
    wait_until(lambda: not socket.connected, "the socket comes anew")
    again = liisa.connect()
    here.visitor().start("A secret")
    assert again.call("inbox.list")["rows"] == []
    assert again.events("conversation.changed") == []
