"""Everything that is read of conversations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from kell.accounts.models import Operator
from kell.chat.access import Author, own_teams, within_reach
from kell.chat.models import CLOSED, OPEN, OPERATOR, VISITOR, Conversation, Message
from kell.chat.pages import Place
from kell.chat.wire import Person
from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.customers.models import Visitor
from kell.sites.models import Site

PAGE = 200
LIST_PAGE = 50

State = Row[Any]
"""A conversation with what its shapes need of the visitor, the site, the assignee, the last row."""

_assignee = aliased(Operator, name="assignee")
_last = aliased(Message, name="last")
_last_writer = aliased(Operator, name="last_writer")

_STATE: Select[Any] = (
    select(
        Conversation.__table__,
        Visitor.name.label("visitor_name"),
        Visitor.email.label("visitor_email"),
        Site.name.label("site_name"),
        _assignee.name.label("assignee_name"),
        _assignee.photo.label("assignee_photo"),
        _last.kind.label("last_kind"),
        _last.author_kind.label("last_author_kind"),
        _last.author_id.label("last_author_id"),
        func.substr(_last.text, 1, 200).label("last_text"),
        _last.deleted_at.label("last_deleted_at"),
        _last.at.label("last_message_at"),
        _last_writer.name.label("last_writer_name"),
        _last_writer.photo.label("last_writer_photo"),
    )
    .select_from(Conversation)
    .join(Visitor, Visitor.id == Conversation.visitor_id)
    .join(Site, Site.id == Conversation.site_id)
    .outerjoin(_assignee, _assignee.id == Conversation.assignee_id)
    .outerjoin(
        _last,
        and_(_last.conversation_id == Conversation.id, _last.line == Conversation.last_line),
    )
    .outerjoin(_last_writer, _last_writer.id == _last.author_id)
)

# Built once: every message asks it.
_STATE_OF_ONE = _STATE.where(Conversation.id == bindparam("id"))


def state(session: Session, author: Author, conversation_id: Id) -> State:
    """Return the conversation as it stands.

    Raises:
        NotFound: it is out of the author's reach.
    """
    found = session.execute(
        _STATE.where(Conversation.id == conversation_id, within_reach(author))
    ).one_or_none()
    if found is None:
        raise NotFound(field="conversation")
    return found


def state_for_all(session: Session, conversation_id: Id) -> State:
    """Return the conversation as it stands, for frames: their rooms decide who sees them."""
    return session.connection().execute(_STATE_OF_ONE, {"id": conversation_id}).one()


def rows_after(
    session: Session, author: Author, conversation_id: Id, after: int
) -> tuple[list[Message], bool]:
    """Return the rows whose rev is past ``after``, at most a page, and whether there are more."""
    stamp = Message.public_rev if author.kind == VISITOR else Message.rev
    rows = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, stamp > after)
        .order_by(Message.line)
        .limit(PAGE + 1)
    ).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def newest_rows(
    session: Session, author: Author, conversation_id: Id, before: int | None = None
) -> tuple[list[Message], bool]:
    """Return the newest page before a line, oldest row first, and whether there are older ones."""
    found = select(Message).where(Message.conversation_id == conversation_id)
    if author.kind == VISITOR:
        found = found.where(Message.public_rev.is_not(None))
    if before is not None:
        found = found.where(Message.line < before)
    rows = session.scalars(found.order_by(Message.line.desc()).limit(PAGE + 1)).all()
    return list(reversed(rows[:PAGE])), len(rows) > PAGE


def earlier_send(
    session: Session, author: Author, conversation_id: Id, client_id: str
) -> Message | None:
    """Return what was accepted before under this client id, if anything was."""
    return session.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.author_id == author.id,
            Message.client_id == client_id,
            within_reach(author),
        )
    )


def earlier_start(session: Session, visitor_id: Id, start_id: str) -> Message | None:
    """Return the first message of the chat that was started under this id, if one was."""
    return session.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.visitor_id == visitor_id,
            Conversation.start_id == start_id,
            Message.line == 1,
        )
    )


def current_of_visitor(session: Session, visitor_id: Id) -> tuple[Id, int] | None:
    """Return (id, public rev) of the conversation that the visitor's widget opens with."""
    found = session.execute(
        select(Conversation.id, Conversation.public_rev)
        .where(Conversation.visitor_id == visitor_id)
        .order_by(Conversation.created_at.desc(), Conversation.id.desc())
        .limit(1)
    ).one_or_none()
    return (found.id, found.public_rev) if found else None


def inbox(
    session: Session, author: Author, view: str, after: Place | None
) -> tuple[list[State], Place | None]:
    """Return a page of the list, and where the next one begins."""
    rows: list[State] = []
    if view != CLOSED and (after is None or after.waits):
        rows += session.execute(_waiting(author, view, after).limit(LIST_PAGE + 1)).all()
    if len(rows) <= LIST_PAGE:
        rest = after if after is not None and not after.waits else None
        left = LIST_PAGE + 1 - len(rows)
        rows += session.execute(_answered(author, view, rest).limit(left)).all()
    page = rows[:LIST_PAGE]
    return page, Place.of(page[-1]) if len(rows) > LIST_PAGE else None


def waiting_count(session: Session, author: Author) -> int:
    """Return how many open conversations within reach wait for a person (CHAT-5)."""
    waits = select(func.count()).where(
        Conversation.status == OPEN, Conversation.waiting_since.is_not(None), within_reach(author)
    )
    return session.execute(waits).scalar_one()


def revs(session: Session, conversation_ids: Iterable[Id]) -> dict[Id, tuple[int, int]]:
    """Return (rev, public rev) of each conversation that exists."""
    found = session.execute(
        select(Conversation.id, Conversation.rev, Conversation.public_rev).where(
            Conversation.id.in_(list(conversation_ids))
        )
    )
    return {row.id: (row.rev, row.public_rev) for row in found}


def changed_since(session: Session, at: datetime) -> dict[Id, tuple[int, int]]:
    """Return (rev, public rev) of each conversation that changed after ``at``."""
    found = session.execute(
        select(Conversation.id, Conversation.rev, Conversation.public_rev).where(
            Conversation.changed_at > at
        )
    )
    return {row.id: (row.rev, row.public_rev) for row in found}


def changed_within_reach(
    session: Session, author: Author, after: datetime, most: int
) -> Sequence[State]:
    """Return the conversations that changed after a moment, the earliest first."""
    return session.execute(
        _STATE.where(Conversation.changed_at > after, within_reach(author))
        .order_by(Conversation.changed_at)
        .limit(most)
    ).all()


def rows_of_last_rev(session: Session, conversation_ids: Sequence[Id]) -> list[Message]:
    """Return, of each conversation, the rows that its last rev changed."""
    found = session.scalars(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.id.in_(conversation_ids), Message.rev == Conversation.rev)
        .order_by(Message.line)
    )
    return list(found)


def people(session: Session, rows: Sequence[Message]) -> dict[Id, Person]:
    """Return the operators whom these rows name."""
    ids = {row.author_id for row in rows if row.author_kind == OPERATOR}
    ids |= {row.deleted_by for row in rows if row.deleted_by}
    if not ids:
        return {}
    found = session.execute(
        select(Operator.id, Operator.name, Operator.photo).where(Operator.id.in_(ids))
    )
    return {
        row.id: Person(kind="operator", id=row.id, name=row.name, photo=row.photo) for row in found
    }


def quoted(session: Session, rows: Sequence[Message]) -> dict[Id, Message]:
    """Return the messages that these rows quote."""
    ids = {row.quote_id for row in rows if row.quote_id}
    if not ids:
        return {}
    found = session.scalars(select(Message).where(Message.id.in_(ids)))
    return {message.id: message for message in found}


def _in_view(author: Author, view: str) -> Any:
    if view == "mine":
        return Conversation.assignee_id == author.id
    if view == "team":
        return Conversation.team_id.in_(own_teams(author))
    if view == "queue":
        return and_(Conversation.assignee_id.is_(None), within_reach(author))
    return within_reach(author)


def _waiting(author: Author, view: str, after: Place | None) -> Select[Any]:
    found = _STATE.where(
        Conversation.status == OPEN,
        Conversation.waiting_since.is_not(None),
        _in_view(author, view),
    )
    if after is not None:
        place = tuple_(Conversation.waiting_since, Conversation.id)
        found = found.where(place > (after.at, after.id))
    return found.order_by(Conversation.waiting_since, Conversation.id)


def _answered(author: Author, view: str, after: Place | None) -> Select[Any]:
    found = _STATE.where(
        Conversation.status == (CLOSED if view == CLOSED else OPEN),
        Conversation.waiting_since.is_(None),
        _in_view(author, view),
    )
    if after is not None:
        place = tuple_(Conversation.last_at, Conversation.id)
        found = found.where(place < (after.at, after.id))
    return found.order_by(Conversation.last_at.desc(), Conversation.id.desc())
