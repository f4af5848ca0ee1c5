"""Customers: known again, described, put together and apart (ROUTE-1)."""

import pytest
import time_machine

from kell.core.clock import now
from kell.core.realtime.presence import LEASE
from kell.customers.models import Customer
from kell.web.background import renew
from tests.people import wait_until

ANU = {"name": "Anu Saar", "email": "anu@example.org"}


@pytest.fixture
def asked(house):
    """A house whose site asks for a name, an e-mail and a phone."""
    fields = [{"id": each, "kind": kind} for each, kind in FIELDS.items()]
    house.set_up_site(fields=fields)
    return house


FIELDS = {"name": "text", "email": "email", "phone": "phone"}


def chat(house, **form):
    visitor = house.visitor()
    visitor.start("Hello", form=form)
    return visitor


def column(operator, visitor):
    """What stands beside the thread."""
    return operator.post("conversation.open", conversation=visitor.conversation)["visitor"]


def card(operator, visitor):
    return operator.post("customer.open", customer=column(operator, visitor)["customer"])


def test_a_new_caller_gets_a_card_from_the_form(asked):
    liisa = asked.operator("Liisa")
    made = card(liisa, chat(asked, **ANU))
    assert (made["name"], made["email"], made["phone"]) == ("Anu Saar", "anu@example.org", None)
    assert [each["name"] for each in made["visitors"]] == ["Anu Saar"]
    assert column(liisa, chat(asked))["customer"] != made["id"]


def test_who_is_known_by_email_is_marked_so(asked):
    liisa = asked.operator("Liisa")
    first, again = chat(asked, **ANU), chat(asked, email="Anu@Example.org", phone="+37255550147")
    shown = column(liisa, again)
    assert shown["known_by"] == "email"
    found = card(liisa, first)
    assert shown["customer"] == found["id"]
    assert len(found["visitors"]) == 2
    assert column(liisa, first)["known_by"] is None


def test_or_by_phone(asked):
    liisa = asked.operator("Liisa")
    first = chat(asked, phone="+37255550147")
    again = chat(asked, phone="+372 5555 0147", name="Anu")
    assert column(liisa, again)["known_by"] == "phone"
    assert [each["name"] for each in card(liisa, first)["visitors"]] == ["Anu", None]


def test_whoever_knows_an_email_writes_nothing_into_its_owners_card(asked):
    """A phone would: an operator calls back, or sends a link for a payment."""
    liisa = asked.operator("Liisa")
    first = chat(asked, email="anu@example.org")
    chat(asked, email="anu@example.org", name="Not Anu", phone="+37255550147")
    found = card(liisa, first)
    assert (found["name"], found["phone"]) == (None, None)
    assert {each["phone"] for each in found["visitors"]} == {None, "+37255550147"}


def test_nothing_of_the_card_is_shown_to_the_visitor(asked):
    liisa = asked.operator("Liisa")
    first = chat(asked, **ANU)
    liisa.post("customer.save", customer=card(liisa, first)["id"], note="Never pays")
    stranger = chat(asked, email="anu@example.org")
    assert stranger.post("hello")["conversation"]["id"] == stranger.conversation
    said = str([stranger.sync().body, stranger.post("hello").body])
    for secret in ("Anu Saar", "Never pays", first.conversation):
        assert secret not in said
    stranger.conversation = first.conversation
    assert stranger.sync().code == "not_found"


def test_a_card_is_written_in(asked):
    liisa = asked.operator("Liisa")
    customer = card(liisa, chat(asked, **ANU))["id"]
    saved = liisa.post(
        "customer.save", customer=customer, company="Lõng OÜ", note="Polite", fields={"Size": "L"}
    )
    assert (saved["company"], saved["note"], saved["fields"]) == (
        "Lõng OÜ",
        "Polite",
        {"Size": "L"},
    )
    emptied = liisa.post("customer.save", customer=customer, company="", email="")
    assert (emptied["company"], emptied["email"], emptied["name"]) == (None, None, "Anu Saar")
    assert liisa.post("customer.save", customer=customer, email="x").code == "invalid"


def test_earlier_conversations_are_found_within_reach(asked):
    second = asked.new_team()
    liisa, admin = asked.operator("Liisa"), asked.admin()
    first, again = chat(asked, **ANU), chat(asked, **ANU)
    customer = card(liisa, first)["id"]

    def found(who):
        return [
            each["id"] for each in who.post("customer.conversations", customer=customer)["rows"]
        ]

    assert found(liisa) == [again.conversation, first.conversation]
    admin.post("conversation.assign", conversation=again.conversation, team=second)
    assert found(liisa) == [first.conversation]
    assert found(admin) == [again.conversation, first.conversation]


def test_two_cards_become_one_and_two_again(asked):
    liisa = asked.operator("Liisa")
    one, other = chat(asked, name="Anu"), chat(asked, email="anu@example.org", name="A. Saar")
    into, source = card(liisa, one)["id"], card(liisa, other)["id"]
    merged = liisa.post("customer.merge", customer=into, source=source)
    assert (merged["name"], merged["email"], len(merged["visitors"])) == ("Anu", ANU["email"], 2)
    assert column(liisa, other)["customer"] == into
    assert liisa.post("customer.open", customer=source).code == "not_found"
    assert liisa.post("customer.merge", customer=into, source=source).code == "not_found"
    undone = liisa.post("customer.unmerge", customer=into, merge=merged["merges"][0]["id"])
    assert (len(undone["visitors"]), undone["merges"]) == (1, [])
    assert column(liisa, other)["customer"] == source
    assert card(liisa, other)["name"] == "A. Saar"


def test_what_a_card_took_over_goes_with_the_card_that_is_taken_out(asked):
    """Whoever comes with that e-mail next would be taken for somebody else."""
    liisa = asked.operator("Liisa")
    into = card(liisa, chat(asked, name="Anu"))["id"]
    other = chat(asked, email="jaan@example.org", phone="+37255550147")
    source = card(liisa, other)["id"]
    liisa.post("customer.save", customer=source, company="Lõng OÜ", fields={"Size": "L"})
    merged = liisa.post("customer.merge", customer=into, source=source)
    assert (merged["email"], merged["fields"]) == ("jaan@example.org", {"Size": "L"})
    liisa.post("customer.save", customer=into, company="Lina OÜ")
    undone = liisa.post("customer.unmerge", customer=into, merge=merged["merges"][0]["id"])
    told = (undone["name"], undone["email"], undone["phone"], undone["company"], undone["fields"])
    assert told == ("Anu", None, None, "Lina OÜ", {})
    again = chat(asked, email="jaan@example.org")
    assert column(liisa, again)["customer"] == source


def test_a_visitor_gets_a_card_of_their_own(asked):
    liisa = asked.operator("Liisa")
    first, other = chat(asked, **ANU), chat(asked, email="anu@example.org", name="Jaan Saar")
    customer, visitor = card(liisa, first)["id"], column(liisa, other)["id"]
    made = liisa.post("customer.split", customer=customer, visitors=[visitor])
    assert (made["name"], made["email"]) == ("Jaan Saar", "anu@example.org")
    assert column(liisa, first)["customer"] == customer
    assert column(liisa, other)["customer"] == made["id"] != customer
    for visitors in ([column(liisa, first)["id"]], ["0" * 32]):
        refused = liisa.post("customer.split", customer=customer, visitors=visitors)
        assert refused.code in ("invalid", "not_found")


def test_customers_are_found_within_reach(asked):
    liisa, stranger = asked.operator("Liisa"), asked.operator("Stranger", teams=[])
    chat(asked, **ANU)
    for text in ("anu sa", "saar", "Anu@example.org"):
        (found,) = liisa.post("customer.find", text=text)["customers"]
        assert found["name"] == "Anu Saar"
    assert liisa.post("customer.find", text="nu")["customers"] == []
    assert liisa.post("customer.find", text="%%")["customers"] == []
    assert stranger.post("customer.find", text="anu")["customers"] == []


@pytest.mark.parametrize(
    ("name", "text"), [("Õnne Käär", "õnne"), ("Олексій Їжак", "їжак"), ("Семён", "семен")]
)
def test_customers_are_found_by_names_in_our_letters(asked, name, text):
    liisa = asked.operator("Liisa")
    chat(asked, name=name)
    (found,) = liisa.post("customer.find", text=text)["customers"]
    assert found["name"] == name


def test_what_is_written_on_a_card_is_found(asked):
    liisa = asked.operator("Liisa")
    visitor = chat(asked, **ANU)
    customer = card(liisa, visitor)["id"]
    liisa.post("customer.save", customer=customer, name="Anu Kask", company="Lõngapood")
    for q, text in (("kask", "Anu Kask"), ("longap", "Lõngapood")):
        (row,) = liisa.post("inbox.search", q=q)["rows"]
        assert row["id"] == visitor.conversation
        assert (row["hit"]["field"], row["hit"]["text"]) == ("card", text)
        ((span),) = row["hit"]["ranges"]
        assert span["end"] - span["start"] == len(q)
        assert len(liisa.post("customer.find", text=q)["customers"]) == 1
    liisa.post("customer.save", customer=customer, company="")
    assert liisa.post("inbox.search", q="longap")["rows"] == []


def test_cards_put_together_and_apart_are_found_by_what_they_say(asked):
    liisa = asked.operator("Liisa")
    one, other = chat(asked, name="Anu"), chat(asked, name="Jaan")
    into, source = card(liisa, one)["id"], card(liisa, other)["id"]
    liisa.post("customer.save", customer=into, company="Lõngapood")

    def found():
        return {row["id"] for row in liisa.post("inbox.search", q="longapood")["rows"]}

    merged = liisa.post("customer.merge", customer=into, source=source)
    assert found() == {one.conversation, other.conversation}
    liisa.post("customer.unmerge", customer=into, merge=merged["merges"][0]["id"])
    assert found() == {one.conversation}


def test_the_column_tells_of_pages_browser_and_clock(house):
    liisa, visitor = house.operator("Liisa"), house.visitor()
    visitor.start("Hello")
    panel = liisa.connect()
    for number in range(22):
        visitor.post("page", url=f"https://shop.example/{number}", title=f"Page {number}")
    visitor.post("page", url="https://shop.example/last", time_zone="Europe/Tallinn")
    moved = panel.wait_for("visitor.moved", lambda each: each["page"]["url"].endswith("last"))
    shown = column(liisa, visitor)
    assert moved["visitor"] == shown["id"]
    assert (shown["time_zone"], shown["visits"]) == ("Europe/Tallinn", 1)
    assert len(shown["pages"]) == 20
    assert [each["url"][21:] for each in shown["pages"][:2]] == ["last", "21"]
    assert (shown["network"], shown["network_private"]) == ("127.0.0.0/24", True)
    assert shown["browser"].startswith("Python Requests")
    assert not shown["here"]
    visitor.connect().wait_for("welcome")
    assert column(liisa, visitor)["here"]


def test_whoever_reaches_the_chat_hears_that_the_visitor_has_left(house):
    liisa, outside = house.operator("Liisa"), house.operator("Out", teams=[house.new_team()])
    visitor = house.visitor()
    visitor.start("Hello")
    panel, far = liisa.connect(), outside.connect()
    tab = visitor.connect()
    for socket in (panel, far, tab):
        socket.wait_for("welcome")
    assert column(liisa, visitor)["here"]
    tab.close()
    running, database = (house.app.extensions[each] for each in ("kell", "kell.db"))
    wait_until(lambda: running.presence.here()["visitor"] == 0)
    with time_machine.travel(now() + LEASE, tick=True), house.app.app_context():
        renew(running, database)
    left = panel.wait_for("visitor.moved", lambda each: not each["here"])
    shown = column(liisa, visitor)
    assert (left["visitor"], left["page"]) == (shown["id"], None)
    assert left["last_seen_at"] == shown["last_seen_at"]
    assert not shown["here"]
    assert far.events("visitor.moved") == []


def test_cards_are_made_once_a_visitor(house):
    visitor = house.visitor()
    visitor.start("One")
    visitor.start("Two")
    assert house.read(lambda session: session.query(Customer).count()) == 1


def test_open_panels_hear_that_a_card_has_changed(asked):
    liisa, outside = asked.operator("Liisa"), asked.operator("Out", teams=[asked.new_team()])
    jaan, far = asked.operator("Jaan").connect(), outside.connect()
    for socket in (jaan, far):
        socket.wait_for("welcome")
    first, second = chat(asked, **ANU), chat(asked, name="Mart", email="mart@example.org")
    one, two = card(liisa, first)["id"], card(liisa, second)["id"]

    def told(customer, times):
        def heard(_data):
            return jaan.events("customer.changed").count({"id": customer}) >= times

        return jaan.wait_for("customer.changed", heard)

    assert liisa.post("customer.save", customer=one, email="x").code == "invalid"
    assert jaan.events("customer.changed") == []
    liisa.post("customer.save", customer=one, note="Polite")
    told(one, 1)
    merged = liisa.post("customer.merge", customer=one, source=two)
    told(one, 2)
    told(two, 1)
    liisa.post("customer.unmerge", customer=one, merge=merged["merges"][0]["id"])
    told(one, 3)
    assert far.events("customer.changed") == []


def test_whoever_changes_a_card_by_their_socket_hears_of_it_in_the_answer_alone(asked):
    liisa, jaan = asked.operator("Liisa"), asked.operator("Jaan").connect()
    customer = card(liisa, chat(asked, **ANU))["id"]
    socket = liisa.connect()
    for each in (socket, jaan):
        each.wait_for("welcome")
    assert socket.call("customer.save", customer=customer, note="Polite")["note"] == "Polite"
    jaan.wait_for("customer.changed")
    assert socket.events("customer.changed") == []
