"""A visitor sends a message."""

import gevent
import pytest

from tests.people import fresh_id


def test_the_operator_sees_it_at_once(house):
    operator = house.operator().connect()
    visitor = house.visitor()
    visitor.start("Hello")
    sent = visitor.say("Is anybody there?")
    change = operator.wait_for("conversation.changed", lambda each: each["rev"] == 2)
    assert [each["id"] for each in change["messages"]] == [sent["id"]]
    assert change["messages"][0]["text"] == "Is anybody there?"


def test_sending_twice_makes_one_message(street):
    visitor = street.visitor()
    visitor.start("Hello")
    client_id = fresh_id()
    first = visitor.say("Once", client_id=client_id)
    again = visitor.say("Once", client_id=client_id)
    facts = ("id", "seq", "rev", "at")
    assert [again[fact] for fact in facts] == [first[fact] for fact in facts]
    assert again["change"] is None
    assert visitor.texts() == ["Hello", "Once"]


def test_sending_at_once_through_both_doors_makes_one_message(street):
    visitor = street.visitor()
    visitor.start("Hello")
    operator = street.admin().connect()
    tab, client_id = visitor.connect(), fresh_id()
    given = {"conversation": visitor.conversation, "client_id": client_id, "text": "Once"}
    sending = [gevent.spawn(visitor.post, "message.send", **given) for _ in range(3)]
    sending += [gevent.spawn(tab.call, "message.send", **given) for _ in range(3)]
    gevent.joinall(sending, raise_error=True)
    assert len({each.value["id"] for each in sending}) == 1
    assert visitor.texts() == ["Hello", "Once"]
    visitor.say("Then")
    operator.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    heard = [
        row["text"] for each in operator.events("conversation.changed") for row in each["messages"]
    ]
    assert heard == ["Once", "Then"]


def test_what_one_tab_sends_stands_in_the_order_in_which_it_was_sent(street):
    visitor = street.visitor()
    visitor.start("0")
    tab = visitor.connect()
    texts = [str(number) for number in range(1, 21)]
    for text in texts[:-1]:
        # Without waiting for an answer, as a browser does that has come back from offline.
        given = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": text}
        tab._client.emit("message.send", given, namespace="/visitor")
    tab.call(
        "message.send", conversation=visitor.conversation, client_id=fresh_id(), text=texts[-1]
    )
    assert visitor.texts() == ["0", *texts]


def test_a_message_makes_the_chat_unanswered_since_the_first_of_them(house):
    operator = house.operator()
    visitor = house.visitor()
    first = visitor.start("Hello")
    visitor.say("Still there?")
    row = operator.post("inbox.list")["rows"][0]
    assert row["conversation"]["waiting_since"] == first["at"]
    assert row["conversation"]["last"]["text"] == "Still there?"


def test_the_longest_text_is_ten_thousand_characters(street):
    visitor = street.visitor()
    visitor.start("Hello")
    longest = "õ" * 10_000
    assert visitor.say(f" {longest} ").status == 200
    assert visitor.texts()[-1] == longest
    refused = visitor.say(longest + "õ")
    assert (refused.status, refused.body["error"]) == (400, {"code": "invalid", "field": "text"})


@pytest.mark.parametrize("command", ["message.send", "conversation.sync", "mark.read", "typing"])
def test_a_stranger_gets_404(street, command):
    visitor, stranger = street.visitor(), street.visitor()
    visitor.start("Hello")
    before = visitor.sync().body
    given = {
        "message.send": {"client_id": fresh_id(), "text": "Let me in"},
        "conversation.sync": {"after": 0},
        "mark.read": {"seq": 1},
        "typing": {},
    }
    refused = stranger.post(command, conversation=visitor.conversation, **given[command])
    assert (refused.status, refused.code) == (404, "not_found")
    assert visitor.sync().body == before


def test_nothing_is_sent_when_the_transaction_fails(street, monkeypatch):
    visitor = street.visitor()
    visitor.start("Hello")
    tab, operator = visitor.connect(), street.admin().connect()

    def fail(*_):
        raise RuntimeError("after everything was written")

    with monkeypatch.context() as broken:
        broken.setattr("kell.chat.changes.Change.publish", fail)
        refused = visitor.say("Lost?")
    assert (refused.status, refused.code) == (500, "internal")
    assert visitor.texts() == ["Hello"]
    visitor.say("Not lost")
    change = operator.wait_for("conversation.changed")
    assert (change["rev"], change["messages"][0]["text"]) == (2, "Not lost")
    assert tab.wait_for("conversation.changed")["rev"] == 2
