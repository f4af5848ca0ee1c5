"""Questions about visitors."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.core.security.tokens import digest
from kell.customers.models import Visitor


def visitor_of_token(session: Session, token: str) -> Visitor | None:
    """Return the visitor whose token this is."""
    return session.scalar(select(Visitor).where(Visitor.token_hash == digest(token)))
