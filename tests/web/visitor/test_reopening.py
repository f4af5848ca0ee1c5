"""A visitor writes to a chat that was closed (CHAT-12)."""

from datetime import UTC, datetime, timedelta

import time_machine


def closed_chat(house):
    operator = house.operator()
    visitor = house.visitor()
    visitor.start("Hello")
    operator.post("conversation.close", conversation=visitor.conversation)
    return visitor, operator


def later(**distance):
    return time_machine.travel(datetime.now(UTC) + timedelta(**distance), tick=True)


def test_the_visitor_sees_that_it_is_closed(street):
    visitor, operator = closed_chat(street)
    operator.post("conversation.reopen", conversation=visitor.conversation)
    tab = visitor.connect()
    operator.post("conversation.close", conversation=visitor.conversation)
    change = tab.wait_for("conversation.changed")
    assert change["conversation"]["status"] == "closed"
    assert change["conversation"]["closed_at"]
    assert change["messages"] == []


def test_writing_opens_it_again_in_one_step(house):
    visitor, operator = closed_chat(house)
    tab, panel = visitor.connect(), operator.connect()
    sent = visitor.say("One more thing")
    seen = tab.wait_for("conversation.changed")
    assert seen["rev"] == sent["rev"] == 3
    assert (seen["conversation"]["status"], seen["conversation"]["closed_at"]) == ("open", None)
    assert [row["text"] for row in seen["messages"]] == ["One more thing"]
    change = panel.wait_for("conversation.changed")
    assert [(row["kind"], row["event"], row["text"]) for row in change["messages"]] == [
        ("event", "reopened", None),
        ("message", None, "One more thing"),
    ]
    assert change["conversation"]["waiting_since"] == sent["at"]
    assert operator.inbox("closed") == []


def test_within_seven_days_it_opens_again(street):
    visitor, _ = closed_chat(street)
    with later(days=6, hours=23):
        assert visitor.say("One more thing").status == 200
        assert visitor.sync()["conversation"]["status"] == "open"


def test_after_seven_days_it_stays_closed(street):
    visitor, _ = closed_chat(street)
    with later(days=7, minutes=1):
        refused = visitor.say("One more thing")
        assert (refused.status, refused.code) == (409, "conversation_closed")
        assert visitor.texts() == ["Hello"]
        assert visitor.sync()["conversation"]["status"] == "closed"


def test_after_seven_days_a_new_chat_begins(house):
    visitor, _ = closed_chat(house)
    old = visitor.conversation
    with later(days=8):
        visitor.start("Hello again")
        assert visitor.conversation != old
        assert set(house.admin().inbox("all")) == {visitor.conversation}
        welcome = visitor.connect().wait_for("welcome")
        assert welcome["conversation"] == {"id": visitor.conversation, "rev": 1}


def test_an_operator_does_not_open_it_by_writing(street):
    visitor, operator = closed_chat(street)
    refused = operator.say(visitor.conversation, "Anything else?")
    assert (refused.status, refused.code) == (409, "conversation_closed")
    assert visitor.texts() == ["Hello"]


def test_a_note_is_taken_without_opening_it(street):
    visitor, operator = closed_chat(street)
    assert operator.note(visitor.conversation, "They called").status == 200
    assert visitor.sync()["conversation"]["status"] == "closed"
