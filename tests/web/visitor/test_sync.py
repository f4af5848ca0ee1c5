"""A visitor's browser asks for what it doesn't have."""

from kell.chat import actions
from kell.chat.access import Author
from kell.chat.actions import Draft
from tests.people import fresh_id


def many(house, visitor, count):
    """Send many messages at once, all with one rev."""
    author = Author.visitor(visitor.sync()["messages"][0]["author"]["id"])

    def work(tx):
        for number in range(count):
            draft = Draft(fresh_id(), str(number))
            actions.send_message(tx, author, visitor.conversation, draft)

    house.write(work)


def test_zero_asks_for_all(street):
    visitor = street.visitor()
    visitor.start("One")
    visitor.say("Two")
    page = visitor.sync(after=0)
    assert [row["text"] for row in page["messages"]] == ["One", "Two"]
    assert (page["rev"], page["reset"], page["earlier"]) == (2, True, False)


def test_only_what_is_missing_comes(street):
    visitor = street.visitor()
    visitor.start("One")
    visitor.say("Two")
    page = visitor.sync(after=1)
    assert [row["text"] for row in page["messages"]] == ["Two"]
    assert (page["rev"], page["reset"]) == (2, False)


def test_nothing_missing_is_an_empty_answer(street):
    visitor = street.visitor()
    visitor.start("One")
    page = visitor.sync(after=1)
    assert (page["rev"], page["messages"], page["reset"]) == (1, [], False)


def test_a_rev_that_the_server_never_had_starts_afresh(street):
    visitor = street.visitor()
    visitor.start("One")
    page = visitor.sync(after=99)
    assert (page["rev"], page["reset"], len(page["messages"])) == (1, True, 1)


def test_a_page_of_two_hundred_comes_whole_and_more_start_afresh(street):
    visitor = street.visitor()
    visitor.start("Hello")
    visitor.say("And")
    many(street, visitor, 200)
    whole = visitor.sync(after=2)
    assert (len(whole["messages"]), whole["reset"]) == (200, False)
    newest = visitor.sync(after=1)
    assert (len(newest["messages"]), newest["reset"], newest["earlier"]) == (200, True, True)
    assert newest["messages"][-1]["text"] == "199"
    assert [row["seq"] for row in newest["messages"]] == list(range(3, 203))
    assert newest["rev"] == whole["rev"] == 3


def test_the_answer_is_the_same_through_both_doors(street):
    visitor = street.visitor()
    visitor.start("One")
    given = {"conversation": visitor.conversation, "after": 0}
    assert visitor.connect().call("conversation.sync", **given).body == visitor.sync().body
