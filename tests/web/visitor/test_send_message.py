"""A visitor sends a message."""

from tests.people import fresh_id


def test_the_operator_sees_it_at_once(house):
    operator = house.operator().connect()
    visitor = house.visitor()
    visitor.start("Hello")
    sent = visitor.say("Is anybody there?")
    change = operator.wait_for("conversation.changed", lambda each: each["rev"] == 2)
    assert [each["id"] for each in change["messages"]] == [sent["id"]]
    assert change["messages"][0]["text"] == "Is anybody there?"


def test_sending_twice_makes_one_message(house):
    visitor = house.visitor()
    visitor.start("Hello")
    client_id = fresh_id()
    first = visitor.say("Once", client_id=client_id)
    again = visitor.say("Once", client_id=client_id)
    facts = ("id", "seq", "rev", "at")
    assert [again[fact] for fact in facts] == [first[fact] for fact in facts]
    assert visitor.texts() == ["Hello", "Once"]


def test_a_stranger_gets_404(house):
    visitor, stranger = house.visitor(), house.visitor()
    visitor.start("Hello")
    stranger.conversation = visitor.conversation
    refused = stranger.say("Let me in")
    assert (refused.status, refused.code) == (404, "not_found")
    assert visitor.texts() == ["Hello"]
