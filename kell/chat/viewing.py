"""Who has a conversation open (CHAT-14): leases that run out by themselves."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from kell.accounts.models import Operator
from kell.chat.access import Author, operator_rooms
from kell.chat.actions import row_within_reach
from kell.chat.wire import Person, Viewer, Viewing
from kell.core.clock import now
from kell.core.db import Frame, Model, Tx, origin
from kell.core.ids import Id

# Browsers renew it every 15 s: one may get lost.
LEASE = timedelta(seconds=35)


class ConversationViewer(Model):
    """An operator has a conversation open, until ``until`` unless renewed."""

    __tablename__ = "conversation_viewers"

    conversation_id: Mapped[Id] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    operator_id: Mapped[Id] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    until: Mapped[datetime]


def view(tx: Tx, author: Author, conversation_id: Id, *, is_open: bool) -> list[Viewer]:
    """Note that an operator looks at a conversation, or does no more; return who else does.

    Raises:
        NotFound: it is out of the author's reach.
    """
    row = row_within_reach(tx, author, conversation_id)
    at = now()
    gone = ConversationViewer.until <= at
    if not is_open:
        gone = or_(gone, ConversationViewer.operator_id == author.id)
    here = ConversationViewer.conversation_id == conversation_id
    tx.session.execute(delete(ConversationViewer).where(here, gone))
    if is_open:
        _renew(tx, conversation_id, author.id, at + LEASE)
    person = Person(kind="operator", id=author.id, name=author.name, photo=author.photo)
    news = Viewing(
        conversation=conversation_id, operator=person, until=at + LEASE if is_open else None
    )
    rooms = operator_rooms(row.team_id, row.assignee_id)
    data = news.model_dump(mode="json")
    tx.publish(Frame("/operator", rooms, "viewing", data, skip=origin.get()))
    return viewers(tx.session, author.id, conversation_id)


def viewers(session: Session, me: Id, conversation_id: Id) -> list[Viewer]:
    """Return who else has a conversation open, by name."""
    found = session.execute(
        select(ConversationViewer.until, Operator.id, Operator.name, Operator.photo)
        .join(Operator, Operator.id == ConversationViewer.operator_id)
        .where(
            ConversationViewer.conversation_id == conversation_id,
            ConversationViewer.operator_id != me,
            ConversationViewer.until > now(),
        )
        .order_by(Operator.name, Operator.id)
    )
    return [
        Viewer(
            operator=Person(kind="operator", id=row.id, name=row.name, photo=row.photo),
            until=row.until,
        )
        for row in found
    ]


def _renew(tx: Tx, conversation_id: Id, operator_id: Id, until: datetime) -> None:
    dialect = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
    lease = dialect.insert(ConversationViewer).values(
        conversation_id=conversation_id, operator_id=operator_id, until=until
    )
    tx.session.execute(
        lease.on_conflict_do_update(
            index_elements=["conversation_id", "operator_id"],
            set_={"until": lease.excluded.until},
        )
    )
