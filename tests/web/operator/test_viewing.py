"""Who else has the conversation open (CHAT-14)."""

from datetime import datetime, timedelta

import pytest

from kell.chat import viewing
from kell.core.clock import now


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def look(who, visitor, *, is_open=True):
    answer = who.post("conversation.viewing", conversation=visitor.conversation, open=is_open)
    return [each["operator"]["name"] for each in answer["others"]]


def test_colleagues_hear_who_opens_and_leaves(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    panel, tab = jaan.connect(), visitor.connect()
    assert look(liisa, visitor) == []
    came = panel.wait_for("viewing")
    assert (came["conversation"], came["operator"]["name"]) == (visitor.conversation, "Liisa")
    assert datetime.fromisoformat(came["until"]) > now()
    assert look(jaan, visitor) == ["Liisa"]
    opened = jaan.post("conversation.open", conversation=visitor.conversation)
    assert [each["operator"]["name"] for each in opened["viewers"]] == ["Liisa"]
    look(liisa, visitor, is_open=False)
    panel.wait_for("viewing", lambda each: each["until"] is None)
    assert look(jaan, visitor) == []
    assert tab.events("viewing") == []


def test_who_does_not_say_it_again_is_gone(street, visitor, monkeypatch):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    monkeypatch.setattr(viewing, "LEASE", timedelta(seconds=-1))
    look(liisa, visitor)
    assert look(jaan, visitor) == []


def test_strangers_hear_nothing(street, visitor):
    second = street.new_team()
    stranger = street.operator("Stranger", teams=[second])
    panel = stranger.connect()
    look(street.operator("Liisa"), visitor)
    lead = street.operator("Lead", role="supervisor", teams=[])
    assert look(lead, visitor) == ["Liisa"]
    refused = stranger.post("conversation.viewing", conversation=visitor.conversation, open=True)
    assert refused.code == "not_found"
    assert panel.call("hello").code is None
    assert panel.events("viewing") == []
