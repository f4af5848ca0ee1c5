"""Questions about visitors."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.core.security.tokens import digest
from kell.customers.models import (
    Consent,
    Customer,
    CustomerMerge,
    EndedToken,
    Visitor,
    VisitorPage,
    VisitorToken,
)
from kell.customers.wire import CardMerge, CardVisitor, CustomerCard, visitor_number

BROWSERS = 200


def visitor_of_token(session: Session, token: str) -> Visitor | None:
    """Return the visitor whose token this is."""
    return session.scalar(
        select(Visitor)
        .join(VisitorToken, VisitorToken.visitor_id == Visitor.id)
        .where(VisitorToken.digest == digest(token))
    )


def visitor_on_site(session: Session, visitor_id: Id, site_id: Id) -> Visitor | None:
    """Return a visitor, if they are this site's."""
    return session.scalar(
        select(Visitor).where(Visitor.id == visitor_id, Visitor.site_id == site_id)
    )


def told_before(session: Session, visitor_id: Id) -> Mapping[str, str]:
    """Return what a visitor has said before a chat already, by field; a consent's version."""
    visitor = session.get(Visitor, visitor_id)
    if visitor is None:
        return {}
    columns = {"name": visitor.name, "email": visitor.email, "phone": visitor.phone}
    agreed = select(Consent.field, Consent.version).where(Consent.visitor_id == visitor_id)
    return {
        **{key: value for key, value in columns.items() if value},
        **{each["id"]: each["value"] for each in visitor.answers or ()},
        **{row.field: row.version for row in session.execute(agreed.order_by(Consent.at))},
    }


def pages_of(session: Session, visitor_id: Id) -> Sequence[VisitorPage]:
    """Return the last pages that a visitor was on, newest first."""
    found = select(VisitorPage).where(VisitorPage.visitor_id == visitor_id)
    return session.scalars(found.order_by(VisitorPage.id.desc())).all()


def card(session: Session, customer_id: Id) -> CustomerCard:
    """Return a customer with their browsers, and the cards that were put into this one.

    Raises:
        NotFound: it isn't there, or was put into another.
    """
    found = session.get(Customer, customer_id)
    if found is None or found.merged_into_id is not None:
        raise NotFound(field="customer")
    visitors = session.scalars(
        select(Visitor)
        .where(Visitor.customer_id == customer_id)
        .order_by(Visitor.last_seen_at.desc())
        .limit(BROWSERS)
    )
    merges = session.execute(
        select(CustomerMerge.id, CustomerMerge.at, Customer.name, Customer.email)
        .join(Customer, Customer.id == CustomerMerge.from_id)
        .where(CustomerMerge.into_id == customer_id)
        .order_by(CustomerMerge.id.desc())
    )
    return CustomerCard(
        id=found.id,
        name=found.name,
        email=found.email,
        phone=found.phone,
        company=found.company,
        note=found.note,
        fields=found.fields,
        created_at=found.created_at,
        visitors=[
            CardVisitor(
                id=each.id,
                number=visitor_number(each.id),
                name=each.name,
                email=each.email,
                phone=each.phone,
                last_seen_at=each.last_seen_at,
            )
            for each in visitors
        ],
        merges=[
            CardMerge(id=each.id, name=each.name, email=each.email, at=each.at) for each in merges
        ],
    )


def visitor_of_identity(session: Session, site_id: Id, subject: str) -> Visitor | None:
    """Return who a site has named so before."""
    return session.scalar(
        select(Visitor).where(Visitor.site_id == site_id, Visitor.identity == subject)
    )


def is_token(session: Session, digest: str) -> bool:
    """Say whether a token still is somebody's."""
    return session.get(VisitorToken, digest) is not None


def ended_tokens(session: Session, since: datetime) -> Sequence[str]:
    """Return the digests of the tokens that have ended since."""
    return session.scalars(select(EndedToken.digest).where(EndedToken.at > since)).all()
