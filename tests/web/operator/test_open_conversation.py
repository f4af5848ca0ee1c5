"""An operator opens a conversation, scrolls up, and catches up."""

from kell.chat import actions
from kell.chat.access import Author
from kell.chat.actions import Draft
from tests.people import fresh_id


def fill(house, visitor, count):
    """Add messages, each tenth a note, all with one rev."""
    author = Author.operator(house.operator().id, "A program", sees_all=True)

    def work(tx):
        for number in range(count):
            act = actions.add_note if number % 10 == 9 else actions.send_message
            act(tx, author, visitor.conversation, Draft(fresh_id(), str(number)))

    house.write(work)


def test_the_newest_page_and_who_is_on_the_other_side(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello", form={"name": "Mari"})
    operator.say(visitor.conversation, "Good day")
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    assert [row["text"] for row in opened["messages"]] == ["Hello", "Good day"]
    assert (opened["rev"], opened["reset"], opened["earlier"]) == (2, True, False)
    assert opened["visitor"]["name"] == "Mari"
    assert opened["visitor"]["number"] == opened["conversation"]["visitor"]["number"]
    assert opened["team"] == street.team


def test_who_has_no_name_is_called_by_a_number_of_four_digits(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    card = operator.post("conversation.open", conversation=visitor.conversation)["visitor"]
    assert card["name"] is None
    assert 1000 <= card["number"] <= 9999


def test_scrolling_up_brings_every_row_once(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    fill(street, visitor, 450)
    page = operator.post("conversation.open", conversation=visitor.conversation)
    rows = page["messages"]
    sizes = [len(rows)]
    while page["earlier"]:
        page = operator.post(
            "conversation.earlier", conversation=visitor.conversation, before=rows[0]["line"]
        )
        rows = page["messages"] + rows
        sizes.append(len(page["messages"]))
    assert sizes == [200, 200, 51]
    assert [row["line"] for row in rows] == list(range(1, 452))
    assert [row["text"] for row in rows] == ["Hello", *(str(number) for number in range(450))]


def test_before_the_first_line_there_is_nothing(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    page = operator.post("conversation.earlier", conversation=visitor.conversation, before=1)
    assert page.body == {"messages": [], "earlier": False}


def test_only_what_is_missing_comes_and_more_than_a_page_starts_afresh(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    fill(street, visitor, 1)
    fill(street, visitor, 200)
    missing = operator.post("conversation.sync", conversation=visitor.conversation, after=2)
    assert (len(missing["messages"]), missing["reset"]) == (200, False)
    newest = operator.post("conversation.sync", conversation=visitor.conversation, after=1)
    assert (len(newest["messages"]), newest["reset"], newest["earlier"]) == (200, True, True)


def test_opening_is_what_syncing_from_zero_gives(street):
    operator = street.operator()
    visitor = street.visitor()
    visitor.start("Hello")
    operator.note(visitor.conversation, "Note")
    opened = operator.post("conversation.open", conversation=visitor.conversation).body
    synced = operator.post("conversation.sync", conversation=visitor.conversation, after=0).body
    del opened["visitor"], opened["viewers"]
    assert opened == synced
