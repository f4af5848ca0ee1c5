"""A visitor answers a particular message (CHAT-7)."""

import pytest


def test_the_operator_sees_what_is_quoted(house):
    operator = house.operator("Liisa")
    visitor = house.visitor()
    visitor.start("Do you have moss green?")
    offer = operator.say(visitor.conversation, "Two skeins are left")
    socket = operator.connect()
    visitor.say("I take both", quote=offer["id"])
    quote = socket.wait_for("conversation.changed")["messages"][0]["quote"]
    assert (quote["id"], quote["seq"], quote["text"]) == (offer["id"], 2, "Two skeins are left")
    assert (quote["author"]["kind"], quote["author"]["name"]) == ("operator", "Liisa")
    assert not quote["deleted"]
    assert visitor.sync()["messages"][-1]["quote"] == quote


def test_the_visitor_sees_what_the_operator_quotes(street):
    operator = street.operator()
    visitor = street.visitor()
    question = visitor.start("Do you have moss green?")
    tab = visitor.connect()
    operator.say(visitor.conversation, "Yes", quote=question["id"])
    quote = tab.wait_for("conversation.changed")["messages"][0]["quote"]
    assert (quote["id"], quote["author"]["kind"]) == (question["id"], "visitor")


def test_another_chats_message_cannot_be_quoted(street):
    visitor, stranger = street.visitor(), street.visitor()
    visitor.start("Hello")
    theirs = stranger.start("Secret")
    refused = visitor.say("What?", quote=theirs["id"])
    assert (refused.status, refused.body["error"]) == (404, {"code": "not_found", "field": "quote"})
    assert visitor.texts() == ["Hello"]


@pytest.mark.parametrize("private", ["note", "event"])
def test_what_the_visitor_does_not_see_cannot_be_quoted(street, private):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    operator.note(visitor.conversation, "They sound angry")
    operator.post("conversation.take", conversation=visitor.conversation)
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    row = next(each for each in opened["messages"] if each["kind"] == private)
    for author in (visitor, operator):
        refused = author.post(
            "message.send",
            conversation=visitor.conversation,
            client_id="quote-of-something-private",
            text="?",
            quote=row["id"],
        )
        assert refused.body["error"] == {"code": "not_found", "field": "quote"}
