"""A visitor's browser says how far it has received and read."""

from tests.people import Answer


def talk(house):
    """Return a visitor with three messages of an operator, and the operator."""
    operator = house.operator()
    visitor = house.visitor()
    visitor.start("Hello")
    for text in ("One", "Two", "Three"):
        operator.say(visitor.conversation, text)
    return visitor, operator


def mark(visitor, command, seq) -> Answer:
    return visitor.post(f"mark.{command}", conversation=visitor.conversation, seq=seq)


def cursors(operator, visitor):
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    conversation = opened["conversation"]
    return conversation["delivered"]["visitor"], conversation["read"]["visitor"]


def test_the_operator_hears_of_it(street):
    visitor, operator = talk(street)
    socket = operator.connect()
    assert mark(visitor, "read", 3).body == {}
    change = socket.wait_for("conversation.changed")
    assert change["conversation"]["read"]["visitor"] == 3
    assert change["messages"] == []


def test_what_is_read_is_delivered_too(street):
    visitor, operator = talk(street)
    mark(visitor, "delivered", 3)
    assert cursors(operator, visitor) == (3, 1)
    mark(visitor, "read", 4)
    assert cursors(operator, visitor) == (4, 4)


def test_a_mark_never_goes_back(street):
    visitor, operator = talk(street)
    mark(visitor, "read", 4)
    rev = visitor.sync()["rev"]
    mark(visitor, "read", 2)
    mark(visitor, "delivered", 2)
    assert cursors(operator, visitor) == (4, 4)
    assert visitor.sync()["rev"] == rev


def test_a_mark_ends_at_the_last_message(street):
    visitor, operator = talk(street)
    mark(visitor, "read", 2**31 - 1)
    assert cursors(operator, visitor) == (4, 4)


def test_the_tab_that_marks_hears_of_it_like_the_others(street):
    visitor, _ = talk(street)
    tab, other = visitor.connect(), visitor.connect()
    assert tab.call("mark.read", conversation=visitor.conversation, seq=4).body == {}
    for each in (tab, other):
        change = each.wait_for("conversation.changed")
        assert (change["rev"], change["conversation"]["read"]["visitor"]) == (5, 4)


def test_whoever_writes_has_read_what_stands_above(street):
    visitor, operator = talk(street)
    visitor.say("I see")
    assert cursors(operator, visitor) == (5, 5)
