"""What comes twenty times at once is answered twenty times alike, and done once."""

from typing import Any

import gevent
from sqlalchemy import func, select

from kell.chat.models import Conversation, Message
from tests.people import Answer, fresh_id

TIMES = 20
FACTS = ("id", "seq", "rev", "at")


def at_once(ask: Any) -> list[Answer]:
    asked = [gevent.spawn(ask) for _ in range(TIMES)]
    gevent.joinall(asked, raise_error=True)
    return [each.value for each in asked]


def count(house: Any, table: Any) -> int:
    return house.read(lambda session: session.scalar(select(func.count()).select_from(table)))


def test_the_same_message_is_one_message_with_equal_answers(house: Any) -> None:
    visitor = house.visitor()
    visitor.start("Hello")
    watching = house.operator().connect()
    client_id = fresh_id()
    answers = at_once(lambda: visitor.say("Once", client_id=client_id))
    assert {tuple(each[fact] for fact in FACTS) for each in answers} == {
        tuple(answers[0][fact] for fact in FACTS)
    }
    assert sum(each["change"] is not None for each in answers) == 1
    assert visitor.texts() == ["Hello", "Once"]
    visitor.say("Last")
    watching.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert [each["rev"] for each in watching.events("conversation.changed")] == [2, 3]


def test_the_same_start_is_one_conversation_with_equal_answers(house: Any) -> None:
    visitor = house.visitor()
    start_id, client_id = fresh_id(), fresh_id()
    answers = at_once(lambda: visitor.start("Hello", start_id=start_id, client_id=client_id))
    accepted = [each for each in answers if each.code is None]
    assert len(accepted) >= 1
    # Whoever was too quick comes again, and hears the same.
    assert {each.code for each in answers} <= {None, "rate_limited"}
    accepted += [visitor.start("Hello", start_id=start_id, client_id=client_id)]
    assert len({each["conversation"] for each in accepted}) == 1
    assert len({each["id"] for each in accepted}) == 1
    assert [count(house, each) for each in (Conversation, Message)] == [1, 1]


def test_a_socket_hears_the_same_as_http(house: Any) -> None:
    visitor = house.visitor()
    visitor.start("Hello")
    socket = visitor.connect()
    given = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Once"}
    first = visitor.post("message.send", **given)
    again = socket.call("message.send", **given)
    assert [again[fact] for fact in FACTS] == [first[fact] for fact in FACTS]
    assert count(house, Message) == 2
