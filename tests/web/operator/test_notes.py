"""A note that only colleagues see."""

import pytest
from sqlalchemy import select

from kell.chat.models import Conversation
from tests.people import fresh_id


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def counters(house, visitor):
    columns = (Conversation.rev, Conversation.public_rev, Conversation.seq, Conversation.lines)
    row = select(*columns).where(Conversation.id == visitor.conversation)
    return tuple(house.read(lambda session: session.execute(row).one()))


def test_colleagues_see_it_at_once(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan").connect()
    added = liisa.note(visitor.conversation, "They sound angry")
    change = jaan.wait_for("conversation.changed")
    (row,) = change["messages"]
    assert (row["kind"], row["text"], row["author"]["name"]) == (
        "note",
        "They sound angry",
        "Liisa",
    )
    assert (row["seq"], row["line"], row["rev"]) == (1, 2, 2) == (1, added["line"], added["rev"])


def test_it_never_reaches_the_visitor(street, visitor):
    operator, tab = street.operator(), visitor.connect()
    before = visitor.sync().body
    operator.note(visitor.conversation, "They sound angry")
    assert visitor.sync().body == before
    assert visitor.sync(after=1)["messages"] == []
    operator.say(visitor.conversation, "Good day")
    change = tab.wait_for("conversation.changed")
    # No hole: whoever counts doesn't learn that there was anything in between.
    assert (change["rev"], change["conversation"]["seq"]) == (2, 2)
    assert [(row["seq"], row["rev"]) for row in change["messages"]] == [(2, 2)]
    assert "angry" not in str([tab.heard, visitor.sync().body])
    assert tab.connected
    welcome = visitor.connect().wait_for("welcome")
    assert welcome["conversation"]["rev"] == 2


def test_operators_count_without_a_hole(street, visitor):
    operator, panel = street.operator(), street.admin().connect()
    operator.note(visitor.conversation, "One")
    operator.say(visitor.conversation, "Good day")
    operator.note(visitor.conversation, "Two")
    panel.wait_for("conversation.changed", lambda each: each["rev"] == 4)
    changes = panel.events("conversation.changed")
    assert [each["rev"] for each in changes] == [2, 3, 4]
    assert [row["line"] for each in changes for row in each["messages"]] == [2, 3, 4]
    assert counters(street, visitor) == (4, 2, 2, 4)


def test_it_ends_no_waiting_and_is_nobodys_last_message(street, visitor):
    operator = street.operator()
    change = operator.note(visitor.conversation, "They sound angry")["change"]
    assert change["conversation"]["waiting_since"]
    assert change["conversation"]["last"]["text"] == "Hello"


def test_adding_twice_makes_one_note(street, visitor):
    operator = street.operator()
    given = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    first = operator.post("note.add", **given)
    again = operator.post("note.add", **given)
    assert again["id"] == first["id"]
    assert again["change"] is None
    assert operator.texts(visitor.conversation) == ["Hello", "Once"]


def test_deleting_it_tells_the_visitor_nothing(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan").connect()
    note = liisa.note(visitor.conversation, "They sound angry")
    before = visitor.sync().body
    liisa.post("message.delete", conversation=visitor.conversation, message=note["id"])
    change = jaan.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    (row,) = change["messages"]
    assert (row["kind"], row["text"], row["deleted"]) == ("note", None, True)
    assert visitor.sync().body == before
