"""Finding customers' cards."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.chat.access import Author, within_reach
from kell.chat.models import Conversation
from kell.core.db.aside import read_aside
from kell.customers.models import Customer, Visitor
from kell.customers.wire import FoundCustomer
from kell.search.queries import has_words
from kell.search.rules import terms_of_person

FOUND = 20


def found_customers(session: Session, author: Author, text: str) -> list[FoundCustomer]:
    """Return customers by words of their name or company, by e-mail or phone, within reach."""
    terms = terms_of_person(text)
    if not terms:
        return []
    theirs = (
        select(Visitor.customer_id)
        .join(Conversation, Conversation.visitor_id == Visitor.id)
        .where(within_reach(author), has_words(terms))
    )
    found = read_aside(
        session,
        select(Customer.id, Customer.name, Customer.email, Customer.phone)
        .where(Customer.id.in_(theirs), Customer.merged_into_id.is_(None))
        .order_by(Customer.name, Customer.id)
        .limit(FOUND),
    )
    return [
        FoundCustomer(id=row.id, name=row.name, email=row.email, phone=row.phone) for row in found
    ]
