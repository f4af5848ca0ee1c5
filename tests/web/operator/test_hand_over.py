"""Handing a conversation over to a colleague or to a team, with a note."""

import pytest

from tests.people import fresh_id, wait_until


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def hand_over(who, visitor, **more):
    return who.post("conversation.assign", conversation=visitor.conversation, **more)


def test_a_team_finds_it_in_its_queue(street, visitor):
    second = street.new_team("Second line")
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan", teams=[second])
    liisa.post("conversation.take", conversation=visitor.conversation)
    assert jaan.inbox() == []
    panel = jaan.connect()
    hand_over(liisa, visitor, team=second)
    change = panel.wait_for("conversation.changed")
    assert (change["team"], change["conversation"]["assignee"]) == (second, None)
    (row,) = change["messages"]
    assert (row["event"], row["author"]["name"], row["text"]) == ("moved", "Liisa", "Second line")
    assert jaan.inbox("queue") == [visitor.conversation]
    assert visitor.sync()["conversation"]["operator"] is None


def test_it_vanishes_at_once_from_the_screens_of_the_first_team(street, visitor):
    second = street.new_team()
    liisa, mari = street.operator("Liisa"), street.operator("Mari")
    both = street.operator("Both", teams=[street.team, second])
    everybody = street.operator("Supervisor", role="supervisor")
    sockets = [(each, each.connect()) for each in (mari, liisa)]
    others = [(each, each.connect()) for each in (both, everybody)]
    answer = hand_over(liisa, visitor, team=second)
    assert answer["change"] is None  # she reaches it no more
    for operator, socket in sockets:
        assert socket.wait_for("conversation.gone") == {"id": visitor.conversation}
        assert operator.inbox() == []
        opened = operator.post("conversation.open", conversation=visitor.conversation)
        assert opened.code == "not_found"
    for operator, socket in others:
        socket.wait_for("conversation.changed", lambda each: each["team"] == second)
        assert socket.events("conversation.gone") == []
        assert visitor.conversation in operator.inbox()


def test_what_is_written_afterwards_stays_with_the_new_team(street, visitor):
    second = street.new_team()
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan", teams=[second])
    before, after = liisa.connect(), jaan.connect()
    hand_over(liisa, visitor, team=second)
    before.wait_for("conversation.gone")
    visitor.say("A secret")
    after.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert [each["rev"] for each in before.events("conversation.changed")] == []


def test_the_note_stands_before_the_line_and_leaves_with_it(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    panel, tab = jaan.connect(), visitor.connect()
    hand_over(liisa, visitor, operator=jaan.id, note="He is angry", client_id=fresh_id())
    change = panel.wait_for("conversation.changed")
    assert [each["kind"] for each in change["messages"]] == ["note", "event"]
    assert change["messages"][0]["text"] == "He is angry"
    assert change["rev"] == 2
    assert tab.wait_for("conversation.changed")["messages"] == []


def test_a_retry_gives_the_same_answer_even_to_whoever_reaches_it_no_more(street, visitor):
    second, liisa = street.new_team(), street.operator("Liisa")
    given = {"team": second, "note": "Please look", "client_id": fresh_id()}
    first, again = hand_over(liisa, visitor, **given), hand_over(liisa, visitor, **given)
    assert again.body == first.body
    stranger = street.operator("Stranger", teams=[])
    assert hand_over(stranger, visitor, **given).code == "not_found"
    notes = [each for each in street.admin().texts(visitor.conversation) if each == "Please look"]
    assert len(notes) == 1


def test_a_note_to_whoever_has_it_is_kept(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    hand_over(liisa, visitor, operator=jaan.id)
    hand_over(liisa, visitor, operator=jaan.id, note="And call back", client_id=fresh_id())
    assert "And call back" in jaan.texts(visitor.conversation)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"operator": "0" * 32, "team": "0" * 32}, None),
        ({"team": "0" * 32, "note": "Without an id"}, None),
    ],
)
def test_it_must_be_clear_to_whom(street, visitor, given, field):
    refused = hand_over(street.operator(), visitor, **given)
    assert (refused.status, refused.code, refused.body["error"].get("field")) == (
        400,
        "invalid",
        field,
    )


def test_there_is_no_such_team(street, visitor):
    refused = hand_over(street.operator(), visitor, team="0" * 32)
    assert refused.body == {"error": {"code": "not_found", "field": "team"}}
    assert visitor.sync()["rev"] == 1


def test_a_stranger_can_neither_hand_it_over_nor_leave_a_note(street, visitor):
    second = street.new_team()
    stranger = street.operator("Stranger", teams=[second])
    refused = hand_over(stranger, visitor, team=second, note="Mine now", client_id=fresh_id())
    assert refused.code == "not_found"
    assert "Mine now" not in street.admin().texts(visitor.conversation)


def test_of_two_who_hand_it_over_at_once_both_are_heard(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    second = street.new_team()
    socket = street.admin().connect()
    hand_over(liisa, visitor, operator=jaan.id)
    hand_over(jaan, visitor, team=second)
    wait_until(lambda: len(socket.events("conversation.changed")) == 2)
    events = [each["messages"][0]["event"] for each in socket.events("conversation.changed")]
    assert events == ["assigned", "moved"]
