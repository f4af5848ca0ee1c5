"""Who takes part in a conversation, since when, and when they first wrote to the visitor."""

import gevent
import pytest
from sqlalchemy import select

from kell.chat.models import Participation


@pytest.fixture
def visitor(house):
    visitor = house.visitor()
    visitor.start("Hello")
    return visitor


def parts(house, visitor):
    """Return by operator since when they take part, and when they first replied."""
    wanted = select(Participation).where(Participation.conversation_id == visitor.conversation)
    return house.read(
        lambda session: {
            each.operator_id: (each.since, each.first_public_reply_at)
            for each in session.scalars(wanted)
        }
    )


def test_whoever_takes_a_chat_takes_part_before_they_write(house, visitor):
    liisa = house.operator("Liisa")
    liisa.post("conversation.take", conversation=visitor.conversation)
    ((since, replied),) = parts(house, visitor).values()
    assert replied is None
    liisa.say(visitor.conversation, "Good day")
    liisa.say(visitor.conversation, "What is it about?")
    first, second = (
        each["at"]
        for each in liisa.post("conversation.open", conversation=visitor.conversation)["messages"]
        if each["kind"] == "message" and each["author"]["id"] == liisa.id
    )
    ((later, replied),) = parts(house, visitor).values()
    assert later == since
    assert first <= second
    assert replied.isoformat(timespec="milliseconds").replace("+00:00", "Z") == first


def test_a_reply_without_taking_is_taking_part_and_a_note_is_not(house, visitor):
    liisa, admin = house.operator("Liisa"), house.admin()
    liisa.note(visitor.conversation, "Who knows this?")
    assert parts(house, visitor) == {}
    admin.say(visitor.conversation, "I do")
    ((since, replied),) = parts(house, visitor).values()
    assert since == replied


def test_whoever_is_given_a_chat_takes_part_for_good(house, visitor):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    for whom in (jaan, liisa, jaan):
        liisa.post("conversation.assign", conversation=visitor.conversation, operator=whom.id)
    before = parts(house, visitor)
    assert set(before) == {liisa.id, jaan.id}
    liisa.post("conversation.assign", conversation=visitor.conversation, team=house.new_team())
    assert parts(house, visitor) == before


def test_what_is_refused_leaves_nothing(house, visitor):
    liisa, other = house.operator("Liisa"), house.operator("Other", teams=[house.new_team()])
    assert other.say(visitor.conversation, "Hello").code == "not_found"
    assert other.post("conversation.take", conversation=visitor.conversation).code == "not_found"
    quote = "0" * 32
    assert liisa.say(visitor.conversation, "Hello", quote=quote).code == "not_found"
    visitor.say("Is anybody there?")
    assert parts(house, visitor) == {}


def test_two_first_replies_at_once_are_one_part_each(house, visitor):
    people = [house.operator("Liisa"), house.operator("Jaan")]
    gevent.joinall(
        [gevent.spawn(each.say, visitor.conversation, "Yes?") for each in people * 3],
        raise_error=True,
    )
    assert set(parts(house, visitor)) == {each.id for each in people}
