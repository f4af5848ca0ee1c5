"""Everything that is read of conversations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from kell.accounts.models import Operator
from kell.chat.access import Author, Hands, within_reach
from kell.chat.models import (
    ASSIGNED,
    MOVED,
    OPERATOR,
    TAKEN,
    VISITOR,
    Conversation,
    Message,
)
from kell.chat.wire import Person
from kell.core.db import Statement, row_type
from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.customers.models import Visitor
from kell.sites.models import Site

PAGE = 200
# Of the last message a list shows so many characters.
LAST_TEXT = 200
HANDS = (TAKEN, ASSIGNED, MOVED)
# Among so many revs, who answers is looked for by other processes.
LATELY = 50

State = Row[Any]
"""A conversation with what its shapes need of the visitor, the site, the assignee, the last row."""

Line = Message | Row[Any]
"""A row of a thread: an object, or its columns alone."""

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
        func.substr(_last.text, 1, LAST_TEXT).label("last_text"),
        _last.deleted_at.label("last_deleted_at"),
        _last.at.label("last_message_at"),
        _last_writer.name.label("last_writer_name"),
        _last_writer.photo.label("last_writer_photo"),
    )
    .select_from(Conversation)
    # There always is one of each. Outer joins keep the order: no planner begins with the sites.
    .outerjoin(Visitor, Visitor.id == Conversation.visitor_id)
    .outerjoin(Site, Site.id == Conversation.site_id)
    .outerjoin(_assignee, _assignee.id == Conversation.assignee_id)
    .outerjoin(
        _last,
        and_(_last.conversation_id == Conversation.id, _last.line == Conversation.last_line),
    )
    .outerjoin(_last_writer, _last_writer.id == _last.author_id)
)


def _name(column: Any, label: str, where: ColumnElement[bool]) -> Label[Any]:
    return select(column).where(where).correlate(Conversation).scalar_subquery().label(label)


NAMES = (
    _name(Visitor.name, "visitor_name", Visitor.id == Conversation.visitor_id),
    _name(Visitor.email, "visitor_email", Visitor.id == Conversation.visitor_id),
    _name(Site.name, "site_name", Site.id == Conversation.site_id),
    _name(_assignee.name, "assignee_name", _assignee.id == Conversation.assignee_id),
    _name(_assignee.photo, "assignee_photo", _assignee.id == Conversation.assignee_id),
)
"""What a state needs beside the conversation's row, for what an UPDATE returns."""

_State: Any = row_type("_State", [column.name for column in _STATE.selected_columns])

# Built once: every message asks it.
_STATE_OF_ONE = Statement(_STATE.where(Conversation.id == bindparam("id")))


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


def state_for_all(connection: Connection, conversation_id: Id) -> State:
    """Return the conversation as it stands, for frames: their rooms decide who sees them."""
    found: State = _STATE_OF_ONE.first(connection, {"id": conversation_id})
    return found


def state_with_last(now: Any, last: Line) -> State:
    """Return the state that a row with the ``NAMES`` and the visitor's last line are parts of."""
    found: State = _State(
        *now,
        last_kind=last.kind,
        last_author_kind=last.author_kind,
        last_author_id=last.author_id,
        last_text=last.text[:LAST_TEXT] if last.text else None,
        last_message_at=last.at,
    )
    return found


def states(session: Session, conversation_ids: Sequence[Id]) -> Sequence[State]:
    """Return the conversations as they stand, in no order; their reach was decided before."""
    return session.execute(_STATE.where(Conversation.id.in_(conversation_ids))).all()


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
    """Return the newest page, oldest row first, and whether there are older ones.

    With ``before``, that of the rows before a line, or for visitors, who know no lines, a seq.
    """
    found = select(Message).where(Message.conversation_id == conversation_id)
    if author.kind == VISITOR:
        found = found.where(Message.public_rev.is_not(None))
    if before is not None:
        place = Message.seq if author.kind == VISITOR else Message.line
        found = found.where(place < before)
    rows = session.scalars(found.order_by(Message.line.desc()).limit(PAGE + 1)).all()
    return list(reversed(rows[:PAGE])), len(rows) > PAGE


def earlier_send(
    session: Session, author: Author, conversation_id: Id, client_id: str
) -> Message | None:
    """Return what was accepted before under this client id, if anything was.

    It is the author's own, even if the conversation has left their reach since.
    """
    return session.scalar(
        select(Message).where(
            Message.conversation_id == conversation_id,
            Message.author_id == author.id,
            Message.client_id == client_id,
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


def handed_before(
    session: Session,
    operator_id: Id,
    conversation_id: Id,
    to_operator: Id | None,
    to_team: Id | None,
) -> int | None:
    """Return the rev of a conversation that is in these hands, if the operator put it there."""
    hands = (
        Conversation.assignee_id == to_operator
        if to_operator
        else and_(Conversation.team_id == to_team, Conversation.assignee_id.is_(None))
    )
    last = (
        select(Message.author_id)
        .where(Message.conversation_id == conversation_id, Message.event.in_(HANDS))
        .order_by(Message.line.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session.scalar(
        select(Conversation.rev).where(
            Conversation.id == conversation_id, hands, last == operator_id
        )
    )


def lately_in_other_hands(
    session: Session, conversation_ids: Sequence[Id], since: datetime
) -> dict[Id, Hands]:
    """Return those of some conversations that were taken or handed over after a moment."""
    found = session.execute(
        select(Conversation.id, Conversation.team_id, Conversation.assignee_id).where(
            Conversation.id.in_(conversation_ids), _handed_since(since)
        )
    )
    return {row.id: (row.team_id, row.assignee_id) for row in found}


def gone_from_reach(
    session: Session, author: Author, after: datetime, most: int
) -> Sequence[Row[Any]]:
    """Return (id, rev, changed_at) of what has gone to hands that aren't the author's.

    Some of it they never reached; what they hear is an id that means nothing to them.
    """
    gone: Select[Any] = (
        select(*(Conversation.__table__.c[name] for name in ("id", "rev", "changed_at")))
        .where(Conversation.changed_at > after, not_(within_reach(author)))
        .where(_handed_since(after))
    )
    return session.execute(gone.order_by(Conversation.changed_at).limit(most)).all()


def revs(session: Session, conversation_ids: Iterable[Id]) -> dict[Id, tuple[int, int]]:
    """Return (rev, public rev) of each conversation that exists."""
    found = session.execute(
        select(Conversation.id, Conversation.rev, Conversation.public_rev).where(
            Conversation.id.in_(list(conversation_ids))
        )
    )
    return {row.id: (row.rev, row.public_rev) for row in found}


def changed_since(session: Session, at: datetime) -> dict[Id, int]:
    """Return the rev of each conversation that changed after ``at``."""
    found = session.execute(
        select(Conversation.id, Conversation.rev).where(Conversation.changed_at > at)
    )
    return {row.id: row.rev for row in found}


def changed_within_reach(
    session: Session, author: Author, after: datetime, most: int
) -> Sequence[State]:
    """Return the conversations that changed after a moment, the earliest first."""
    return session.execute(
        _STATE.where(Conversation.changed_at > after, within_reach(author))
        .order_by(Conversation.changed_at)
        .limit(most)
    ).all()


def rows_of_last_step(session: Session, conversation_id: Id) -> Sequence[Message]:
    """Return the rows that a conversation's last rev changed, or its last public one."""
    return session.scalars(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.id == conversation_id,
            or_(
                Message.rev == Conversation.rev,
                Message.public_rev == Conversation.public_rev,
            ),
        )
        .order_by(Message.line)
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


def people(connection: Connection, rows: Sequence[Line]) -> dict[Id, Person]:
    """Return the operators whom these rows name."""
    ids = {row.author_id for row in rows if row.author_kind == OPERATOR}
    ids |= {row.deleted_by for row in rows if row.deleted_by}
    if not ids:
        return {}
    found = connection.execute(
        select(Operator.id, Operator.name, Operator.photo).where(Operator.id.in_(ids))
    )
    return {
        row.id: Person(kind="operator", id=row.id, name=row.name, photo=row.photo) for row in found
    }


def quoted(connection: Connection, rows: Sequence[Line]) -> dict[Id, Line]:
    """Return the messages that these rows quote."""
    ids = {row.quote_id for row in rows if row.quote_id}
    if not ids:
        return {}
    found = connection.execute(select(*Message.__table__.c).where(Message.id.in_(ids)))
    return {row.id: row for row in found}


def _handed_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        Message.conversation_id == Conversation.id,
        Message.rev > Conversation.rev - LATELY,
        Message.event.in_(HANDS),
        Message.at > moment,
    )
