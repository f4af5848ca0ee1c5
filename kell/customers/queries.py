"""Questions about visitors."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.core.ids import Id
from kell.core.security.tokens import digest
from kell.customers.models import Visitor, VisitorToken


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
