"""What search writes, in the transactions of others."""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kell.chat.events import ConversationStarted, MessageDeleted
from kell.core.db import Tx
from kell.core.ids import Id
from kell.core.outbox import enqueue
from kell.customers.events import CustomerDescribed, VisitorDescribed
from kell.customers.models import Customer, Visitor
from kell.customers.wire import visitor_number
from kell.search.models import LONGEST_WORD, VisitorWord
from kell.search.rules import words_of_person

FORGET = "search.forget"


def learn_visitor(tx: Tx, event: ConversationStarted | VisitorDescribed) -> None:
    """Have the visitor found by what is known of them now."""
    _learn(tx, Visitor.id == event.visitor_id)


def learn_customer(tx: Tx, described: CustomerDescribed) -> None:
    """Have the visitors of a card found by what is written there now."""
    _learn(tx, Visitor.customer_id == described.customer_id)


def forget_words(tx: Tx, deleted: MessageDeleted) -> None:
    """Have a deleted message's words removed from the index, once the deletion is on disk."""
    enqueue(tx, FORGET, {"message_id": deleted.message_id}, key=f"{FORGET}:{deleted.message_id}")


def _learn(tx: Tx, which: ColumnElement[bool]) -> None:
    tx.session.flush()
    on_card = Customer.name, Customer.email, Customer.phone, Customer.company
    known = tx.session.execute(
        select(Visitor.id, Visitor.name, Visitor.email, Visitor.phone, *on_card)
        .outerjoin(Customer, Customer.id == Visitor.customer_id)
        .where(which)
    ).all()
    if not known:
        return
    mine = VisitorWord.visitor_id.in_([row.id for row in known])
    tx.session.execute(delete(VisitorWord).where(mine))
    rows = [
        {"word": word, "visitor_id": row.id}
        for row in known
        for word in {each[:LONGEST_WORD] for each in _words(*row)}
    ]
    dialect = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
    # Two tabs may tell the same at once.
    tx.session.execute(dialect.insert(VisitorWord).on_conflict_do_nothing(), rows)


def _words(visitor_id: Id, *details: str | None) -> set[str]:
    """Return the words of what a visitor said and of what stands on their card."""
    name, email, phone, card_name, card_email, card_phone, company = details
    number = visitor_number(visitor_id)
    return (
        words_of_person(number, name, email, phone)
        | words_of_person(number, card_name, card_email, card_phone)
        | words_of_person(number, company, None)
    )
