"""A message is taken back (CHAT-6, REACH-3)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from kell.chat.models import Message
from kell.search.jobs import catch_up
from tests.files import holding
from tests.people import wait_until

SECRET = "Kaspar-Tuvi-4111111111111111"


@pytest.fixture
def visitor(street):
    visitor = street.visitor()
    visitor.start("Hello")
    return visitor


def delete(who, visitor, message):
    return who.post("message.delete", conversation=visitor.conversation, message=message)


def by_id(page, message):
    return next(row for row in page["messages"] if row["id"] == message)


def test_it_vanishes_from_the_widget_at_once(street, visitor):
    operator, tab = street.operator(), visitor.connect()
    sent = operator.say(visitor.conversation, SECRET)
    delete(operator, visitor, sent["id"])
    change = tab.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    row = by_id(change, sent["id"])
    assert (row["text"], row["deleted"], row["seq"]) == (None, True, 2)
    assert visitor.texts() == ["Hello", None]


def test_colleagues_see_who_deleted_it_and_when(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan").connect()
    sent = liisa.say(visitor.conversation, SECRET)
    answer = delete(liisa, visitor, sent["id"])
    change = jaan.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert change == answer["change"]
    row = by_id(change, sent["id"])
    assert (row["text"], row["deleted"], row["deleted_by"]["name"]) == (None, True, "Liisa")
    assert row["deleted_at"] > row["at"]
    last = change["conversation"]["last"]
    assert (last["text"], last["deleted"]) == (None, True)


def test_its_quotes_lose_the_text_too_in_push_and_in_sync(street, visitor):
    operator, tab = street.operator(), visitor.connect()
    sent = operator.say(visitor.conversation, SECRET)
    quoting = visitor.say("What is this?", quote=sent["id"])
    delete(operator, visitor, sent["id"])
    change = tab.wait_for("conversation.changed", lambda each: each["rev"] == 4)
    assert {row["id"] for row in change["messages"]} == {sent["id"], quoting["id"]}
    assert {row["rev"] for row in change["messages"]} == {4}
    for page in (change, visitor.sync(after=3), visitor.sync()):
        quote = by_id(page, quoting["id"])["quote"]
        assert (quote["id"], quote["text"], quote["deleted"]) == (sent["id"], None, True)
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    assert SECRET not in str(opened.body)


def test_the_text_is_gone_from_the_database(house, database_url):
    operator, visitor = house.operator(), house.visitor()
    visitor.start("Hello")
    sent = operator.say(visitor.conversation, SECRET)
    operator.say(visitor.conversation, "Sorry", quote=sent["id"])
    noted = operator.note(visitor.conversation, f"I pasted {SECRET}")
    find(house, operator, SECRET)
    url = make_url(database_url)
    sqlite = url.get_backend_name() == "sqlite"
    assert not sqlite or remains_in(Path(url.database), "kaspar")
    for each in (sent, noted):
        delete(operator, visitor, each["id"])
    texts = house.read(lambda session: session.scalars(select(Message.text)).all())
    assert SECRET not in str(texts)
    if sqlite:
        wait_until(lambda: not remains_in(Path(url.database), SECRET), "the text is gone")
        # The index folds what it holds.
        wait_until(lambda: not remains_in(Path(url.database), "kaspar"), "the words are gone")


def find(house, operator, text):
    """Search once the index is where the messages are."""
    catch_up(house.app.extensions["kell.db"])
    return operator.post("inbox.search", q=text)


def remains_in(database, secret):
    """Say in which of SQLite's files the text still stands, once the log is in the database."""
    with closing(sqlite3.connect(database)) as connection:
        # Not while anybody reads, as the house does from time to time.
        checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)"
        wait_until(lambda: connection.execute(checkpoint).fetchone()[0] == 0, "a checkpoint")
    return holding(secret, [database, *database.parent.glob(f"{database.name}-*")])


def test_authors_delete_their_own(street, visitor):
    operator = street.operator()
    sent = operator.say(visitor.conversation, "Oops")
    assert delete(operator, visitor, sent["id"])["rev"] == 3


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_supervisors_delete_anybodys(street, visitor, role):
    liisa = street.operator("Liisa")
    sent = liisa.say(visitor.conversation, "Oops")
    started = visitor.sync()["messages"][0]
    boss = street.operator("Olga", role=role)
    for message in (sent["id"], started["id"]):
        assert delete(boss, visitor, message).status == 200
    assert visitor.texts() == [None, None]


def test_others_do_not(street, visitor):
    liisa, jaan = street.operator("Liisa"), street.operator("Jaan")
    sent = liisa.say(visitor.conversation, "Mine")
    started = visitor.sync()["messages"][0]
    for message in (sent["id"], started["id"]):
        refused = delete(jaan, visitor, message)
        assert (refused.status, refused.code) == (403, "forbidden")
    assert visitor.texts() == ["Hello", "Mine"]


def test_deleting_twice_is_no_mistake(street, visitor):
    operator = street.operator()
    sent = operator.say(visitor.conversation, "Oops")
    first = delete(operator, visitor, sent["id"])
    again = delete(operator, visitor, sent["id"])
    assert again.body == {"rev": first["rev"], "change": None}


def test_a_line_that_tells_what_happened_stays(street, visitor):
    admin = street.admin()
    row = admin.post("conversation.take", conversation=visitor.conversation)["change"]["messages"][
        0
    ]
    assert row["kind"] == "event"
    refused = delete(admin, visitor, row["id"])
    assert refused.body == {"error": {"code": "not_found", "field": "message"}}


def test_a_message_is_named_with_its_own_conversation(street, visitor):
    operator, other = street.operator(), street.visitor()
    other.start("Hello")
    sent = operator.say(visitor.conversation, "Mine")
    refused = delete(operator, other, sent["id"])
    assert (refused.status, refused.code) == (404, "not_found")
    assert visitor.texts() == ["Hello", "Mine"]


def test_sending_it_again_brings_nothing_back(street, visitor):
    operator = street.operator()
    given = {"client_id": "the-same-client-id", "text": SECRET}
    sent = operator.say(visitor.conversation, **given)
    delete(operator, visitor, sent["id"])
    again = operator.say(visitor.conversation, **given)
    assert (again["id"], again["change"]) == (sent["id"], None)
    assert visitor.texts() == ["Hello", None]
