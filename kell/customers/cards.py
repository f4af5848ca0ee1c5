"""Customers: known again, described, put together and apart (ROUTE-1)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update

from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Invalid, NotFound
from kell.core.ids import Id, new_id
from kell.customers.events import CustomerDescribed, VisitorDescribed
from kell.customers.models import Customer, CustomerMerge, Visitor

EMAIL, PHONE = "email", "phone"
TAKEN = ("name", EMAIL, PHONE, "company")
"""Details that a card takes over where it has none."""


def recognise(tx: Tx, visitor_id: Id, *, make: bool) -> None:
    """Find the card of a visitor by e-mail or phone, which proves nothing; or make one.

    What a card of their own doesn't say yet is taken over from the visitor. Into one that they
    were found by, nothing that the site has not signed is: whoever knows somebody's e-mail could
    put another phone there.
    """
    visitor = tx.session.get(Visitor, visitor_id, with_for_update=True, populate_existing=True)
    if visitor is None:
        return
    if visitor.customer_id is not None:
        card = tx.session.get(Customer, visitor.customer_id)
    else:
        card, visitor.known_by = _card_of(tx, visitor)
    if card is None and make:
        card = _new_card(tx)
    if card is not None:
        visitor.customer_id = card.id
        if visitor.known_by is None or visitor.identity is not None:
            _take_over(card, visitor)


def recognise_known(tx: Tx, described: VisitorDescribed) -> None:
    """Look whether somebody who said who they are is known."""
    recognise(tx, described.visitor_id, make=False)


def describe(tx: Tx, customer_id: Id, values: Mapping[str, Any]) -> None:
    """Write into a card; what isn't named stays."""
    card = _card(tx, customer_id)
    for name, value in values.items():
        setattr(card, name, value)
    tx.happened(CustomerDescribed(customer_id))


def merge(tx: Tx, operator_id: Id, into_id: Id, from_id: Id) -> None:
    """Put one card into another: its visitors go over, and it stays to be taken out again.

    Raises:
        Invalid: it is one and the same.
        NotFound: one of them isn't there, or was merged before.
    """
    if into_id == from_id:
        raise Invalid("a card can't be merged with itself", field="source")
    cards = {each: _card(tx, each) for each in sorted((into_id, from_id))}
    into, merged = cards[into_id], cards[from_id]
    moved = _visitors(tx, from_id)
    _move(tx, moved, into_id)
    merged.merged_into_id = into_id
    taken: dict[str, Any] = {
        name: getattr(merged, name)
        for name in TAKEN
        if getattr(into, name) is None and getattr(merged, name) is not None
    }
    for name, value in taken.items():
        setattr(into, name, value)
    more = {name: value for name, value in merged.fields.items() if name not in into.fields}
    into.fields = {**into.fields, **more}
    record = CustomerMerge(
        id=new_id(),
        into_id=into_id,
        from_id=from_id,
        operator_id=operator_id,
        visitors=moved,
        taken={**taken, "fields": more},
        at=now(),
    )
    tx.session.add(record)
    tx.happened(CustomerDescribed(into_id))


def unmerge(tx: Tx, customer_id: Id, merge_id: Id) -> None:
    """Take a card out of another again, with the visitors and the details that came with it.

    What somebody has written anew since stays.

    Raises:
        NotFound: that was undone before.
    """
    done = tx.session.get(CustomerMerge, merge_id, with_for_update=True)
    if done is None or done.into_id != customer_id:
        raise NotFound(field="merge")
    into = _card(tx, customer_id)
    merged = tx.session.get_one(Customer, done.from_id)
    merged.merged_into_id = None
    _give_back(into, done.taken or {})
    here = set(_visitors(tx, done.into_id))
    _move(tx, [each for each in done.visitors if each in here], done.from_id)
    tx.session.delete(done)
    for each in (done.into_id, done.from_id):
        tx.happened(CustomerDescribed(each))


def split(tx: Tx, customer_id: Id, visitors: Collection[Id]) -> Id:
    """Give some visitors of a card one of their own; merging puts them together again.

    Raises:
        NotFound: they are not all of this card.
        Invalid: nobody would be left, or nobody goes.
    """
    _card(tx, customer_id)
    known = set(_visitors(tx, customer_id))
    if not set(visitors) <= known:
        raise NotFound(field="visitors")
    if not visitors or set(visitors) == known:
        raise Invalid("some go and some stay", field="visitors")
    card = _new_card(tx)
    _move(tx, visitors, card.id)
    newest = select(Visitor).where(Visitor.id.in_(visitors)).order_by(Visitor.last_seen_at.desc())
    for visitor in tx.session.scalars(newest):
        _take_over(card, visitor)
    for each in (customer_id, card.id):
        tx.happened(CustomerDescribed(each))
    return card.id


def _card_of(tx: Tx, visitor: Visitor) -> tuple[Customer | None, str | None]:
    for how, value, column in (
        (EMAIL, _email(visitor), Customer.email),
        (PHONE, visitor.phone, Customer.phone),
    ):
        if value:
            same = select(Customer).where(column == value, Customer.merged_into_id.is_(None))
            found = tx.session.scalar(same.order_by(Customer.created_at).limit(1))
            if found is not None:
                return found, how
    return None, None


def _take_over(card: Customer, visitor: Visitor) -> None:
    """Write into a card what it doesn't say yet."""
    card.name = card.name or visitor.name
    card.email = card.email or _email(visitor)
    card.phone = card.phone or visitor.phone


def _give_back(card: Customer, taken: Mapping[str, Any]) -> None:
    """Forget what a card took over, unless it is another value by now."""
    for name in TAKEN:
        if name in taken and getattr(card, name) == taken[name]:
            setattr(card, name, None)
    gone = taken.get("fields", {})
    card.fields = {
        name: value
        for name, value in card.fields.items()
        if name not in gone or gone[name] != value
    }


def _email(visitor: Visitor) -> str | None:
    # Servers may tell capitals apart, people don't.
    return visitor.email.lower() if visitor.email else None


def _new_card(tx: Tx) -> Customer:
    card = Customer(id=new_id(), note="", fields={}, created_at=now())
    tx.session.add(card)
    tx.session.flush()
    return card


def _card(tx: Tx, customer_id: Id) -> Customer:
    card = tx.session.get(Customer, customer_id, with_for_update=True)
    if card is None or card.merged_into_id is not None:
        raise NotFound(field="customer")
    return card


def _visitors(tx: Tx, customer_id: Id) -> list[Id]:
    found = select(Visitor.id).where(Visitor.customer_id == customer_id)
    return list(tx.session.scalars(found.order_by(Visitor.id)))


def _move(tx: Tx, visitors: Collection[Id], customer_id: Id) -> None:
    moved = update(Visitor).where(Visitor.id.in_(visitors)).values(customer_id=customer_id)
    tx.session.execute(moved.execution_options(synchronize_session=False))
