"""An operator answers a visitor."""

from tests.people import fresh_id


def test_the_visitor_sees_it_at_once_with_the_writers_name(house):
    operator = house.operator("Liisa")
    visitor = house.visitor()
    visitor.start("Hello")
    tab = visitor.connect()
    sent = operator.say(visitor.conversation, "Good day")
    change = tab.wait_for("conversation.changed")
    (row,) = change["messages"]
    assert (row["id"], row["seq"], row["text"]) == (sent["id"], 2, "Good day")
    assert (row["author"]["kind"], row["author"]["name"]) == ("operator", "Liisa")
    assert row["at"] == sent["at"]


def test_the_visitor_sees_nothing_that_is_not_theirs_to_see(street):
    operator = street.operator("Liisa")
    visitor = street.visitor()
    visitor.start("Hello")
    tab = visitor.connect()
    operator.say(visitor.conversation, "Good day")
    change = tab.wait_for("conversation.changed")
    private = {
        "line",
        "lines",
        "kind",
        "event",
        "team",
        "waiting_since",
        "deleted_by",
        "ip",
        "email",
    }
    assert not private & set(change["conversation"])
    assert not private & set(change["messages"][0])
    email = operator.get("/api/operator/me")["operator"]["email"]
    assert email not in str(change)


def test_an_answer_ends_the_waiting(street):
    visitor = street.visitor()
    visitor.start("Hello")
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan").connect()
    liisa.say(visitor.conversation, "Good day")
    change = jaan.wait_for("conversation.changed")
    assert change["conversation"]["waiting_since"] is None
    visitor.say("And one more thing")
    change = jaan.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert change["conversation"]["waiting_since"] == change["messages"][0]["at"]


def test_sending_twice_makes_one_message(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    client_id = fresh_id()
    first = operator.say(visitor.conversation, "Once", client_id=client_id)
    again = operator.say(visitor.conversation, "Once", client_id=client_id)
    facts = ("id", "seq", "rev", "at", "line")
    assert [again[fact] for fact in facts] == [first[fact] for fact in facts]
    assert again["change"] is None
    assert visitor.texts() == ["Hello", "Once"]


def test_the_same_client_id_of_two_people_makes_two_messages(street):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    visitor = street.visitor()
    client_id = fresh_id()
    visitor.start("One", client_id=client_id)
    liisa.say(visitor.conversation, "Two", client_id=client_id)
    jaan.say(visitor.conversation, "Three", client_id=client_id)
    assert visitor.texts() == ["One", "Two", "Three"]


def test_the_visitor_sees_how_far_operators_have_read(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    tab, panel = visitor.connect(), operator.connect()
    panel.call("mark.delivered", conversation=visitor.conversation, seq=1)
    change = tab.wait_for("conversation.changed", lambda each: each["rev"] == 2)
    shown = change["conversation"]
    assert (shown["delivered"]["operator"], shown["read"]["operator"]) == (1, 0)
    panel.call("mark.read", conversation=visitor.conversation, seq=1)
    change = tab.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert change["conversation"]["read"]["operator"] == 1
    # The panel that said so hears of it like everybody: its answer tells nothing.
    panel.wait_for("conversation.changed", lambda each: each["rev"] == 3)
