"""Customers, as far as their conversations are within reach (REACH-2)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, select, tuple_
from sqlalchemy.orm import Session

from kell.chat.access import Author, operator_rooms, within_reach
from kell.chat.events import ConversationStarted
from kell.chat.lists import LIST_PAGE
from kell.chat.models import OPEN, Conversation
from kell.chat.pages import Place
from kell.chat.queries import State, states
from kell.chat.wire import InboxRow
from kell.core.db import Tx
from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.core.wire import Shape
from kell.customers.cards import recognise
from kell.customers.models import Customer, Visitor


class CustomerChats(Shape):
    """A page of a customer's conversations."""

    rows: list[InboxRow]
    next: str | None


def check_customer(session: Session, author: Author, customer_id: Id, field: str) -> None:
    """Let only those past who reach a conversation of the customer.

    Raises:
        NotFound: they reach none.
    """
    mine = select(Customer.id).where(Customer.id == customer_id, _reached(author))
    if session.scalar(mine) is None:
        raise NotFound(field=field)


def conversations_of(
    session: Session, author: Author, customer_id: Id, after: Place | None
) -> tuple[list[State], Place | None]:
    """Return a page of a customer's conversations within reach, the newest message first."""
    visitors = select(Visitor.id).where(Visitor.customer_id == customer_id)
    found = select(Conversation.id, Conversation.last_at).where(
        Conversation.visitor_id.in_(visitors), within_reach(author)
    )
    if after is not None:
        place = tuple_(Conversation.last_at, Conversation.id)
        found = found.where(place < (after.at, after.id))
    newest = found.order_by(Conversation.last_at.desc(), Conversation.id.desc())
    keys = session.execute(newest.limit(LIST_PAGE + 1)).all()
    page = keys[:LIST_PAGE]
    known = {state.id: state for state in states(session, [key.id for key in page])}
    more = len(keys) > LIST_PAGE
    following = Place(waits=False, at=page[-1].last_at, id=page[-1].id) if more else None
    return [known[key.id] for key in page], following


def recognise_starter(tx: Tx, started: ConversationStarted) -> None:
    """Give whoever starts a chat their card: the one that is known, or a new one (ROUTE-1)."""
    recognise(tx, started.visitor_id, make=True)


def rooms_of_visitors(session: Session, visitors: Collection[Id]) -> dict[Id, tuple[str, ...]]:
    """Return the rooms of those who reach each visitor's newest open conversation."""
    hands = (
        select(Conversation.visitor_id, Conversation.team_id, Conversation.assignee_id)
        .where(Conversation.visitor_id.in_(visitors), Conversation.status == OPEN)
        .order_by(Conversation.created_at)
    )
    return {
        row.visitor_id: operator_rooms(row.team_id, row.assignee_id)
        for row in session.execute(hands)
    }


def rooms_of_customers(session: Session, customers: Collection[Id]) -> tuple[str, ...]:
    """Return the rooms of those who reach a conversation of one of some customers."""
    hands = (
        select(Conversation.team_id, Conversation.assignee_id)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .where(Visitor.customer_id.in_(customers))
        .distinct()
    )
    found = (operator_rooms(row.team_id, row.assignee_id) for row in session.execute(hands))
    return tuple(sorted({room for rooms in found for room in rooms}))


def _reached(author: Author) -> ColumnElement[bool]:
    return exists().where(
        Visitor.customer_id == Customer.id,
        Conversation.visitor_id == Visitor.id,
        within_reach(author),
    )
