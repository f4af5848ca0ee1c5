"""A visitor starts a chat with its first message."""

import gevent
from sqlalchemy import func, select

from kell.chat.models import Conversation
from tests.people import fresh_id


def chats_of(house, visitor):
    """Return how many conversations there are of whoever started this one."""
    who = select(Conversation.visitor_id).where(Conversation.id == visitor.conversation)
    mine = select(func.count()).where(Conversation.visitor_id.in_(who))
    return house.read(lambda session: session.execute(mine).scalar_one())


def test_the_operators_see_it_at_once(house):
    operator = house.operator().connect()
    visitor = house.visitor()
    started = visitor.start("Good morning")
    change = operator.wait_for("conversation.changed")
    assert (change["id"], change["rev"]) == (started["conversation"], 1)
    assert [each["text"] for each in change["messages"]] == ["Good morning"]
    assert change["conversation"]["status"] == "open"
    assert change["conversation"]["waiting_since"] == started["at"]
    assert change["conversation"]["site"]["name"] == "Shop"


def test_the_answer_is_what_the_visitors_other_tab_hears(street):
    visitor = street.visitor()
    other_tab = visitor.connect()
    started = visitor.start("Hello")
    assert (started["seq"], started["rev"]) == (1, 1)
    assert other_tab.wait_for("conversation.changed") == started["change"]


def test_what_the_visitor_says_about_themselves_is_shown_to_operators(house):
    operator = house.operator()
    visitor = house.visitor()
    visitor.start(form={"name": "  Mari Maasikas ", "email": "mari@example.org"})
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    assert opened["visitor"]["name"] == "Mari Maasikas"
    assert opened["visitor"]["email"] == "mari@example.org"
    assert opened["conversation"]["visitor"]["name"] == "Mari Maasikas"
    assert opened["messages"][0]["author"]["name"] == "Mari Maasikas"


def test_what_a_later_form_leaves_out_stays_known(house):
    operator = house.operator()
    visitor = house.visitor()
    visitor.start(form={"name": "Mari", "email": "mari@example.org"})
    visitor.start(form={"name": "Mari Maasikas"})
    card = operator.post("conversation.open", conversation=visitor.conversation)["visitor"]
    assert (card["name"], card["email"]) == ("Mari Maasikas", "mari@example.org")


def test_operators_see_the_page_on_which_it_began(house):
    operator = house.operator()
    visitor = house.visitor()
    page = {"url": "https://shop.example/yarn?colour=moss", "title": "Lõng"}
    visitor.start(page=page)
    visitor.post("page", url="https://shop.example/cart", title="Cart")
    card = operator.post("conversation.open", conversation=visitor.conversation)["visitor"]
    assert card["started_on"] == page
    assert card["page"]["url"] == "https://shop.example/cart"


def test_starting_twice_starts_one_chat(street):
    visitor = street.visitor()
    start_id, client_id = fresh_id(), fresh_id()
    first = visitor.start("Hello", start_id=start_id, client_id=client_id)
    again = visitor.start("Hello", start_id=start_id, client_id=client_id)
    facts = ("conversation", "id", "seq", "rev", "at")
    assert [again[fact] for fact in facts] == [first[fact] for fact in facts]
    assert again["change"] is None
    assert chats_of(street, visitor) == 1


def test_two_tabs_that_start_together_start_one_chat(street):
    visitor = street.visitor()
    start_id, client_id = fresh_id(), fresh_id()
    tabs = [visitor.connect() for _ in range(4)]
    starting = [
        gevent.spawn(tab.call, "chat.start", start_id=start_id, client_id=client_id, text="Hello")
        for tab in tabs
    ]
    gevent.joinall(starting, raise_error=True)
    answers = [each.value for each in starting]
    visitor.conversation = answers[0]["conversation"]
    assert {each["conversation"] for each in answers} == {visitor.conversation}
    assert chats_of(street, visitor) == 1
    assert visitor.texts() == ["Hello"]


def test_the_same_start_id_of_somebody_else_is_another_chat(street):
    start_id = fresh_id()
    mari, jaan = street.visitor(), street.visitor()
    assert (
        mari.start("Mari", start_id=start_id)["id"] != jaan.start("Jaan", start_id=start_id)["id"]
    )
    assert (mari.texts(), jaan.texts()) == (["Mari"], ["Jaan"])


def test_the_text_is_kept_as_it_was_written(street):
    operator = street.admin()
    visitor = street.visitor()
    text = "<b>õ</b> & 'Привіт' 🧶👩‍👩‍👧\nзавтра\t—\u200f שלום"
    visitor.start(f"  {text}\n")
    assert visitor.texts() == [text]
    assert operator.texts(visitor.conversation) == [text]
