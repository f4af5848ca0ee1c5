"""A conversation ends, and begins again."""

import pytest


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def close(operator, visitor):
    return operator.post("conversation.close", conversation=visitor.conversation)


def reopen(operator, visitor):
    return operator.post("conversation.reopen", conversation=visitor.conversation)


def test_nobody_waits_in_a_closed_chat(house):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    assert operator.post("inbox.list")["waiting"] == 1
    change = close(operator, visitor)["change"]
    assert change["conversation"]["status"] == "closed"
    assert change["conversation"]["waiting_since"] is None
    assert operator.post("inbox.list")["waiting"] == 0
    assert operator.inbox("closed") == [visitor.conversation]


def test_colleagues_see_who_closed_it(street, visitor):
    panel = street.operator("Jaan").connect()
    close(street.operator("Liisa"), visitor)
    (row,) = panel.wait_for("conversation.changed")["messages"]
    assert (row["kind"], row["event"], row["author"]["name"]) == ("event", "closed", "Liisa")


def test_the_visitor_hears_of_both(street, visitor):
    operator, tab = street.operator(), visitor.connect()
    close(operator, visitor)
    reopen(operator, visitor)
    seen = tab.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert (seen["conversation"]["status"], seen["conversation"]["closed_at"]) == ("open", None)
    statuses = [each["conversation"]["status"] for each in tab.events("conversation.changed")]
    assert statuses == ["closed", "open"]


def test_doing_it_twice_is_no_mistake(street, visitor):
    operator = street.operator()
    for act, rev in ((close, 2), (reopen, 3)):
        assert act(operator, visitor)["rev"] == rev
        assert act(operator, visitor).body == {"rev": rev, "change": None}


def test_a_reopened_chat_takes_answers_again(street, visitor):
    operator = street.operator()
    close(operator, visitor)
    reopen(operator, visitor)
    assert operator.say(visitor.conversation, "Good day").status == 200
    assert visitor.texts() == ["Hello", "Good day"]
