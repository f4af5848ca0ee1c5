"""Questions about canned replies."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.canned.access import Writer, within_reach
from kell.canned.models import CannedReply


def replies(session: Session, writer: Writer) -> list[CannedReply]:
    """Return every reply that a writer may use, by shortcut."""
    found = select(CannedReply).where(within_reach(writer))
    return list(session.scalars(found.order_by(CannedReply.shortcut_key, CannedReply.id)))
