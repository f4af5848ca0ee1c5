"""Who is responsible for a conversation."""

import gevent
import pytest

from kell.accounts import people


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def take(operator, visitor):
    return operator.post("conversation.take", conversation=visitor.conversation)


def assign(operator, visitor, to):
    return operator.post("conversation.assign", conversation=visitor.conversation, operator=to.id)


def test_colleagues_and_the_visitor_see_who_took_it(street, visitor):
    liisa, jaan, tab = (
        street.operator("Liisa"),
        street.operator("Jaan").connect(),
        visitor.connect(),
    )
    assert take(liisa, visitor)["rev"] == 2
    change = jaan.wait_for("conversation.changed")
    assert change["conversation"]["assignee"]["name"] == "Liisa"
    (row,) = change["messages"]
    assert (row["kind"], row["event"], row["author"]["name"]) == ("event", "taken", "Liisa")
    seen = tab.wait_for("conversation.changed")
    assert seen["conversation"]["operator"]["name"] == "Liisa"
    assert seen["messages"] == []


def test_taking_twice_is_no_mistake(street, visitor):
    liisa = street.operator("Liisa")
    first, again = take(liisa, visitor), take(liisa, visitor)
    assert again.body == {"rev": first["rev"], "change": None}


def test_what_a_colleague_has_cannot_be_taken(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    take(liisa, visitor)
    refused = take(jaan, visitor)
    assert (refused.status, refused.code) == (409, "already_taken")
    assert liisa.inbox("mine") == [visitor.conversation]
    assert jaan.inbox("mine") == []


def test_of_many_who_take_at_once_exactly_one_wins(street, visitor):
    operators = [street.operator(f"Operator {number}") for number in range(5)]
    taking = [gevent.spawn(take, each, visitor) for each in operators]
    gevent.joinall(taking, raise_error=True)
    codes = [each.value.code for each in taking]
    assert sorted(codes, key=str) == [None, *["already_taken"] * 4]
    winner = operators[codes.index(None)]
    shown = visitor.sync()["conversation"]
    assert shown["operator"]["id"] == winner.id
    assert visitor.sync()["rev"] == 2


def test_a_colleague_can_be_made_responsible(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    panel = jaan.connect()
    assign(liisa, visitor, jaan)
    change = panel.wait_for("conversation.changed")
    assert change["conversation"]["assignee"]["id"] == jaan.id
    (row,) = change["messages"]
    assert (row["event"], row["author"]["name"], row["text"]) == ("assigned", "Liisa", "Jaan")
    assert visitor.sync()["conversation"]["operator"]["name"] == "Jaan"


def test_assigning_to_who_has_it_changes_nothing(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    first, again = assign(liisa, visitor, jaan), assign(liisa, visitor, jaan)
    assert again.body == {"rev": first["rev"], "change": None}


def test_nobody_is_assigned_who_is_not_at_work(street, visitor):
    liisa, gone = street.operator("Liisa"), street.operator("Gone")
    street.write(lambda tx: people.disable_operator(tx, gone.id))
    refused = assign(liisa, visitor, gone)
    assert refused.body == {"error": {"code": "not_found", "field": "operator"}}
    gone.id = "0" * 32
    assert assign(liisa, visitor, gone).code == "not_found"
    assert visitor.sync()["conversation"]["operator"] is None


def test_the_answer_is_what_the_others_hear(street, visitor):
    liisa, jaan = street.operator("Liisa").connect(), street.operator("Jaan").connect()
    answer = liisa.call("conversation.take", conversation=visitor.conversation)
    assert jaan.wait_for("conversation.changed") == answer["change"]
    assert answer["change"]["n"]
