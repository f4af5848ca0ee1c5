"""Who reaches which conversation (REACH-2)."""

import pytest

from tests.people import fresh_id, wait_until


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


@pytest.fixture
def stranger(street):
    """An operator of another team."""
    return street.operator("Stranger", teams=[street.new_team()])


def everything(visitor, message, operator):
    """Return each command that names a conversation, with the right input for it."""
    here = {"conversation": visitor.conversation}
    draft = {**here, "client_id": fresh_id(), "text": "Let me in"}
    return {
        "conversation.open": here,
        "conversation.sync": {**here, "after": 0},
        "conversation.earlier": {**here, "before": 10},
        "message.send": draft,
        "note.add": {**draft, "client_id": fresh_id()},
        "message.delete": {**here, "message": message},
        "conversation.take": here,
        "conversation.assign": {**here, "operator": operator},
        "conversation.viewing": {**here, "open": True},
        "conversation.close": here,
        "conversation.reopen": here,
        "mark.read": {**here, "seq": 1},
        "mark.delivered": {**here, "seq": 1},
        "typing": here,
    }


def test_another_teams_operator_gets_404_everywhere(street, visitor, stranger):
    tab, socket, before = visitor.connect(), stranger.connect(), visitor.sync().body
    commands = everything(visitor, before["messages"][0]["id"], stranger.id)
    for command, given in commands.items():
        for refused in (stranger.post(command, **given), socket.call(command, **given)):
            assert refused.code == "not_found", (command, refused.body)
        assert stranger.post(command, **given).status == 404
    assert visitor.sync().body == before
    assert tab.events("typing") == []


def test_the_commands_above_are_all_that_name_a_conversation(street, visitor, stranger):
    from kell.web.commands import commands

    named = {
        name
        for (side, name), each in commands.items()
        if side == "operator" and "conversation" in each.takes.model_fields
    }
    assert set(everything(visitor, "0" * 32, stranger.id)) == named


def test_another_teams_operator_hears_nothing(street, visitor, stranger):
    socket, insider = stranger.connect(), street.operator("Liisa", teams=[street.team])
    panel = insider.connect()
    visitor.say("Still there?")
    visitor.post("typing", conversation=visitor.conversation)
    insider.post("conversation.take", conversation=visitor.conversation)
    insider.note(visitor.conversation, "Note")
    panel.wait_for("conversation.changed", lambda each: each["rev"] == 4)
    panel.wait_for("typing")
    # What is said afterwards and heard proves that nothing else is on its way.
    street.admin().post(
        "conversation.assign", conversation=visitor.conversation, operator=stranger.id
    )
    socket.wait_for("conversation.changed")
    assert [name for name, _ in socket.heard] == ["welcome", "conversation.changed"]
    assert socket.events("conversation.changed")[0]["rev"] == 5


def test_another_teams_operator_lists_nothing(street, visitor, stranger):
    for view in ("mine", "team", "queue", "all", "closed"):
        page = stranger.post("inbox.list", view=view)
        assert (page["rows"], page["waiting"]) == ([], 0)


def test_who_is_made_responsible_reaches_it(street, visitor, stranger):
    socket = stranger.connect()
    liisa = street.operator("Liisa", teams=[street.team])
    liisa.post("conversation.assign", conversation=visitor.conversation, operator=stranger.id)
    socket.wait_for("conversation.changed")
    assert stranger.inbox("mine") == stranger.inbox("all") == [visitor.conversation]
    assert stranger.inbox("team") == []
    stranger.say(visitor.conversation, "Good day")
    assert visitor.texts() == ["Hello", "Good day"]
    visitor.say("Thank you")
    socket.wait_for("conversation.changed", lambda each: each["rev"] == 4)


def test_who_is_no_longer_responsible_loses_it_at_once(street, visitor, stranger):
    socket, liisa = stranger.connect(), street.operator("Liisa", teams=[street.team])
    panel = liisa.connect()
    liisa.post("conversation.assign", conversation=visitor.conversation, operator=stranger.id)
    socket.wait_for("conversation.changed")
    liisa.post("conversation.assign", conversation=visitor.conversation, operator=liisa.id)
    assert socket.wait_for("conversation.gone") == {"id": visitor.conversation}
    assert stranger.inbox("all") == []
    visitor.say("Secret")
    panel.wait_for("conversation.changed", lambda each: each["rev"] == 4)
    assert [each["rev"] for each in socket.events("conversation.changed")] == [2]
    refused = stranger.post("conversation.sync", conversation=visitor.conversation, after=2)
    assert refused.code == "not_found"


@pytest.mark.parametrize("role", ["operator", "supervisor"])
def test_who_still_reaches_it_keeps_it(street, visitor, role):
    """By the team, or by the role."""
    teams = [street.team] if role == "operator" else [street.new_team()]
    before, after = (
        street.operator("Before", role=role, teams=teams),
        street.operator("After", teams=[street.team]),
    )
    socket = before.connect()
    for each in (before, after):
        after.post("conversation.assign", conversation=visitor.conversation, operator=each.id)
    socket.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    visitor.say("Still there?")
    socket.wait_for("conversation.changed", lambda each: each["rev"] == 4)
    assert socket.events("conversation.gone") == []
    assert visitor.conversation in before.inbox("all")


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_supervisors_reach_every_team(street, visitor, role):
    boss = street.operator("Olga", role=role, teams=[street.new_team()])
    socket = boss.connect()
    assert visitor.conversation in boss.inbox("all")
    visitor.say("Still there?")
    socket.wait_for("conversation.changed")
    boss.say(visitor.conversation, "Good day")
    assert visitor.texts() == ["Hello", "Still there?", "Good day"]


def test_an_operator_without_a_team_reaches_nothing(street, visitor):
    nobody = street.operator("Nobody", teams=[])
    assert nobody.inbox("all") == []
    assert nobody.connect().wait_for("welcome")["teams"] == []


def test_a_visitor_reaches_their_own_alone(street, visitor):
    other = street.visitor()
    other.start("Other")
    mine, theirs = visitor.connect(), other.connect()
    street.admin().say(visitor.conversation, "For you")
    mine.wait_for("conversation.changed")
    street.admin().say(other.conversation, "For the other")
    theirs.wait_for("conversation.changed")
    street.admin().say(visitor.conversation, "For you again")
    wait_until(lambda: len(mine.events("conversation.changed")) >= 2)
    assert [each["id"] for each in theirs.events("conversation.changed")] == [other.conversation]
    assert {each["id"] for each in mine.events("conversation.changed")} == {visitor.conversation}
