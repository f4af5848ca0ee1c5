"""An operator who was away sees after reconnecting what the database holds."""

from datetime import timedelta

import pytest
import time_machine

from kell.core.clock import now

AWAY = [timedelta(seconds=1), timedelta(seconds=30), timedelta(minutes=10), timedelta(hours=3)]


@pytest.mark.parametrize("away", AWAY, ids=str)
def test_after_any_time_a_sync_brings_all_that_was_missed(house, away):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    seen = operator.post("conversation.open", conversation=visitor.conversation)
    with time_machine.travel(now() + away, tick=True):
        for number in range(20):
            visitor.say(f"Missed {number}")
        other = house.visitor()
        other.start("Missed too")
        back = operator.connect()
        back.wait_for("welcome")
        sync = back.call("conversation.sync", conversation=visitor.conversation, after=seen["rev"])
        assert [each["text"] for each in sync["messages"]] == [f"Missed {n}" for n in range(20)]
        assert sync["reset"] is False
        rows = back.call("inbox.list", view="all")["rows"]
        assert [row["id"] for row in rows] == [visitor.conversation, other.conversation]


def test_who_missed_more_than_a_page_gets_the_newest_page_instead(house):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    seen = operator.post("conversation.open", conversation=visitor.conversation)
    limits = house.app.extensions["kell.limits"]
    for number in range(205):
        operator.note(visitor.conversation, f"Note {number}")
        limits.clear("send", "operator", operator.id)
    sync = operator.post("conversation.sync", conversation=visitor.conversation, after=seen["rev"])
    assert (sync["reset"], sync["earlier"], len(sync["messages"])) == (True, True, 200)
