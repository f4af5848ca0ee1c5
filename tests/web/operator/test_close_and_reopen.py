"""A conversation ends, and begins again."""

import pytest


@pytest.fixture
def visitor(house):
    visitor = house.visitor()
    visitor.start("Hello")
    return visitor


def close(operator, visitor):
    return operator.post("conversation.close", conversation=visitor.conversation)


def reopen(operator, visitor):
    return operator.post("conversation.reopen", conversation=visitor.conversation)


def test_nobody_waits_in_a_closed_chat(house, visitor):
    operator = house.operator()
    assert operator.post("inbox.list")["waiting"] == 1
    change = close(operator, visitor)["change"]
    assert change["conversation"]["status"] == "closed"
    assert change["conversation"]["waiting_since"] is None
    assert operator.post("inbox.list")["waiting"] == 0
    assert operator.inbox("closed") == [visitor.conversation]


def test_colleagues_see_who_closed_it(house, visitor):
    panel = house.operator("Jaan").connect()
    close(house.operator("Liisa"), visitor)
    (row,) = panel.wait_for("conversation.changed")["messages"]
    assert (row["kind"], row["event"], row["author"]["name"]) == ("event", "closed", "Liisa")


def test_the_visitor_hears_of_both(house, visitor):
    operator, tab = house.operator(), visitor.connect()
    close(operator, visitor)
    reopen(operator, visitor)
    seen = tab.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert (seen["conversation"]["status"], seen["conversation"]["closed_at"]) == ("open", None)
    statuses = [each["conversation"]["status"] for each in tab.events("conversation.changed")]
    assert statuses == ["closed", "open"]


def test_doing_it_twice_is_no_mistake(house, visitor):
    operator = house.operator()
    for act, rev in ((close, 2), (reopen, 3)):
        assert act(operator, visitor)["rev"] == rev
        assert act(operator, visitor).body == {"rev": rev, "change": None}


def test_a_reopened_chat_takes_answers_again(house, visitor):
    operator = house.operator()
    close(operator, visitor)
    reopen(operator, visitor)
    assert operator.say(visitor.conversation, "Good day").status == 200
    assert visitor.texts() == ["Hello", "Good day"]
