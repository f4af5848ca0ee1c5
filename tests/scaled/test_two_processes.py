"""What one process commits reaches the sockets of the other, with no message queue in between."""

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
