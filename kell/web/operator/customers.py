"""Customers: their cards and their conversations."""

from collections.abc import Callable
from typing import Any

from kell.chat import shapes
from kell.chat.customers import (
    CustomerChats,
    check_customer,
    conversations_of,
    rooms_of_customers,
)
from kell.chat.pages import Place
from kell.core import db
from kell.core.db import Frame, Tx, origin
from kell.customers import cards
from kell.customers.queries import card
from kell.customers.wire import (
    CustomerCard,
    CustomerChanged,
    CustomerConversations,
    FindCustomers,
    FoundCustomers,
    MergeCustomers,
    OneCustomer,
    SaveCustomer,
    SplitCustomer,
    UnmergeCustomers,
)
from kell.search.customers import found_customers
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("customer.open", OneCustomer, who=OperatorCaller, limit="read")
def open_card(caller: OperatorCaller, given: OneCustomer) -> CustomerCard:
    """Return the card of a customer, a conversation of whom one reaches."""
    with db.read() as session:
        check_customer(session, caller.author, given.customer, "customer")
        return card(session, given.customer)


@command("customer.save", SaveCustomer, who=OperatorCaller, limit="write")
def save(caller: OperatorCaller, given: SaveCustomer) -> CustomerCard:
    """Write into a card."""
    told = given.model_dump(exclude={"customer"}, exclude_none=True)
    values: dict[str, Any] = {
        name: value or None if name not in ("note", "fields") else value
        for name, value in told.items()
    }
    if values.get("email"):
        values["email"] = values["email"].lower()
    return _change(caller, given.customer, lambda tx: cards.describe(tx, given.customer, values))


@command("customer.find", FindCustomers, who=OperatorCaller, limit="read")
def find(caller: OperatorCaller, given: FindCustomers) -> FoundCustomers:
    """Return customers by words of a name or company, by e-mail or phone: to put together."""
    with db.read() as session:
        return FoundCustomers(customers=found_customers(session, caller.author, given.text))


@command("customer.merge", MergeCustomers, who=OperatorCaller, limit="write")
def merge(caller: OperatorCaller, given: MergeCustomers) -> CustomerCard:
    """Put one card into another. `customer.unmerge` takes it out again."""

    def work(tx: Tx) -> None:
        check_customer(tx.session, caller.author, given.source, "source")
        cards.merge(tx, caller.id, given.customer, given.source)

    return _change(caller, given.customer, work, given.source)


@command("customer.unmerge", UnmergeCustomers, who=OperatorCaller, limit="write")
def unmerge(caller: OperatorCaller, given: UnmergeCustomers) -> CustomerCard:
    """Take a card out of another again."""
    return _change(
        caller, given.customer, lambda tx: cards.unmerge(tx, given.customer, given.merge)
    )


@command("customer.split", SplitCustomer, who=OperatorCaller, limit="write")
def split(caller: OperatorCaller, given: SplitCustomer) -> CustomerCard:
    """Give some visitors of a card one of their own, and return that."""

    def work(tx: Tx) -> CustomerCard:
        check_customer(tx.session, caller.author, given.customer, "customer")
        _tell(tx, given.customer)
        made = cards.split(tx, given.customer, given.visitors)
        tx.session.flush()
        return card(tx.session, made)

    return db.write(work)


@command("customer.conversations", CustomerConversations, who=OperatorCaller, limit="read")
def conversations(caller: OperatorCaller, given: CustomerConversations) -> CustomerChats:
    """Return a page of a customer's conversations within one's reach, last message first."""
    after = Place.parse(given.after) if given.after else None
    with db.read() as session:
        check_customer(session, caller.author, given.customer, "customer")
        rows, following = conversations_of(session, caller.author, given.customer, after)
        cursor = following.cursor() if following else None
        return CustomerChats(rows=shapes.inbox_rows(rows), next=cursor)


def _change(
    caller: OperatorCaller, customer_id: str, change: Callable[[Tx], object], *others: str
) -> CustomerCard:
    def work(tx: Tx) -> CustomerCard:
        check_customer(tx.session, caller.author, customer_id, "customer")
        _tell(tx, customer_id, *others)
        change(tx)
        tx.session.flush()
        return card(tx.session, customer_id)

    return db.write(work)


def _tell(tx: Tx, *customers: str) -> None:
    """Have whoever shows one of these cards read it again; with the commit, if there is one.

    Asked before the change, because after it visitors may be another card's.
    """
    rooms = rooms_of_customers(tx.session, customers)
    for each in customers:
        data = CustomerChanged(id=each).model_dump(mode="json")
        tx.publish(Frame("/operator", rooms, "customer.changed", data, skip=origin.get()))
