"""From rows to shapes. Every frame, answer and page of the chat is made here."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from kell.chat import lists, queries
from kell.chat.access import Author
from kell.chat.models import OPERATOR, VISITOR, Message
from kell.chat.queries import Line, State
from kell.chat.rules import late_at
from kell.chat.wire import (
    Cursors,
    EarlierPage,
    InboxPage,
    InboxRow,
    LastMessage,
    OpenedConversation,
    OperatorChange,
    OperatorConversation,
    OperatorMessage,
    OperatorSync,
    Person,
    Quote,
    SiteName,
    Viewer,
    VisitorChange,
    VisitorConversation,
    VisitorEarlierPage,
    VisitorMessage,
    VisitorName,
    VisitorSync,
)
from kell.core.config.current import current
from kell.core.ids import Id
from kell.core.wire import iso, iso_or_none
from kell.customers.models import Visitor
from kell.customers.queries import pages_of
from kell.customers.wire import Page, visitor_card, visitor_number

# A quote reminds of a message; a click goes to the whole of it.
QUOTED = 200


class Names:
    """Who is who among some rows of one conversation."""

    def __init__(
        self, state: State, operators: Mapping[Id, Person], quoted: Mapping[Id, Line]
    ) -> None:
        self._operators = operators
        self._quoted = quoted
        self._visitor = Person(
            kind="visitor", id=state.visitor_id, name=state.visitor_name, photo=None
        )

    @classmethod
    def read(cls, connection: Connection, state: State, rows: Sequence[Line]) -> "Names":
        """Look up everybody whom these rows, and the messages that they quote, name."""
        quoted = queries.quoted(connection, rows)
        return cls(state, queries.people(connection, [*rows, *quoted.values()]), quoted)

    def writer(self, row: Line) -> Person:
        """Return who wrote a row."""
        if row.author_kind == VISITOR:
            return self._visitor
        return self.operator(row.author_id) or _system(row.author_id)

    def operator(self, operator_id: Id | None) -> Person | None:
        return self._operators.get(operator_id) if operator_id else None

    def quote(self, row: Line) -> Quote | None:
        """Return what a row quotes, without the text once the original is deleted."""
        original = self._quoted.get(row.quote_id) if row.quote_id else None
        if original is None:
            return None
        return Quote(
            id=original.id,
            seq=original.seq,
            author=self.writer(original),
            text=original.text[:QUOTED] if original.text else None,
            deleted=original.deleted_at is not None,
        )


def visitor_message(row: Line, names: Names) -> VisitorMessage:
    """Show a message to its visitor."""
    return VisitorMessage(
        id=row.id,
        seq=row.seq,
        rev=row.public_rev or 0,
        client_id=row.client_id,
        author=names.writer(row),
        text=row.text,
        quote=names.quote(row),
        at=iso(row.at),
        deleted=row.deleted_at is not None,
    )


def operator_message(row: Line, names: Names) -> OperatorMessage:
    """Show a row of the thread to an operator."""
    return OperatorMessage(
        id=row.id,
        seq=row.seq,
        rev=row.rev,
        client_id=row.client_id,
        author=names.writer(row),
        text=row.text,
        quote=names.quote(row),
        at=iso(row.at),
        deleted=row.deleted_at is not None,
        line=row.line,
        kind=row.kind,
        event=row.event,
        mailed_at=iso_or_none(row.mailed_at),
        deleted_at=iso_or_none(row.deleted_at),
        deleted_by=names.operator(row.deleted_by),
    )


def visitor_conversation(state: State) -> VisitorConversation:
    """Show a conversation to its visitor."""
    return VisitorConversation(
        id=state.id,
        status=state.status,
        seq=state.seq,
        operator=_assignee(state),
        delivered=_delivered(state),
        read=_read(state),
        created_at=iso(state.created_at),
        closed_at=iso_or_none(state.closed_at),
    )


def operator_conversation(state: State) -> OperatorConversation:
    """Show a conversation to an operator."""
    return OperatorConversation(
        id=state.id,
        number=state.number,
        status=state.status,
        channel=state.channel,
        topic=state.topic,
        seq=state.seq,
        lines=state.lines,
        # Whoever writes has read what stands above: past the cursor are the visitor's alone.
        unread=state.seq - state.read_operator,
        site=SiteName(id=state.site_id, name=state.site_name),
        team=state.team_id,
        visitor=VisitorName(
            id=state.visitor_id,
            number=visitor_number(state.visitor_id),
            name=state.visitor_name,
            email=state.visitor_email,
        ),
        assignee=_assignee(state),
        waiting_since=iso_or_none(state.waiting_since),
        late_at=iso_or_none(late_at(state.waiting_since, timedelta(seconds=current().late_after))),
        last=_last(state),
        delivered=_delivered(state),
        read=_read(state),
        created_at=iso(state.created_at),
        closed_at=iso_or_none(state.closed_at),
    )


def visitor_change(state: State, rows: Sequence[Line], names: Names) -> VisitorChange:
    """Say what changed to the visitor: rows that only colleagues see are left out."""
    return VisitorChange(
        id=state.id,
        rev=state.public_rev,
        conversation=visitor_conversation(state),
        messages=[visitor_message(row, names) for row in rows if row.public_rev is not None],
    )


def operator_change(state: State, rows: Sequence[Line], names: Names) -> OperatorChange:
    """Say what changed to operators."""
    return OperatorChange(
        id=state.id,
        rev=state.rev,
        conversation=operator_conversation(state),
        messages=[operator_message(row, names) for row in rows],
        team=state.team_id,
    )


def last_steps(session: Session, states: Sequence[State]) -> list[OperatorChange]:
    """Return each conversation with the rows that its last rev changed."""
    rows = queries.rows_of_last_rev(session, [state.id for state in states])
    connection = session.connection()
    quoted = queries.quoted(connection, rows)
    people = queries.people(connection, [*rows, *quoted.values()])
    changes = []
    for state in states:
        # A state that was read a moment before its rows has none of a later rev.
        own = [row for row in rows if row.conversation_id == state.id and row.rev == state.rev]
        changes.append(operator_change(state, own, Names(state, people, quoted)))
    return changes


def visitor_sync(session: Session, author: Author, conversation_id: Id, after: int) -> VisitorSync:
    """Return all that the visitor doesn't have yet, or the newest page if that is too much."""
    state, rows, reset, earlier = _read_after(session, author, conversation_id, after)
    change = visitor_change(state, rows, Names.read(session.connection(), state, rows))
    return VisitorSync(**change, reset=reset, earlier=earlier)


def operator_sync(
    session: Session, author: Author, conversation_id: Id, after: int
) -> OperatorSync:
    """Return all that the operator doesn't have yet, or the newest page if that is too much."""
    state, rows, reset, earlier = _read_after(session, author, conversation_id, after)
    change = operator_change(state, rows, Names.read(session.connection(), state, rows))
    return OperatorSync(**change, reset=reset, earlier=earlier)


def opened_conversation(
    session: Session, author: Author, conversation_id: Id, viewers: list[Viewer]
) -> OpenedConversation:
    """Return the newest page of a thread, with the visitor's card and who has it open too."""
    sync = operator_sync(session, author, conversation_id, 0)
    state = queries.state(session, author, conversation_id)
    visitor = session.get_one(Visitor, state.visitor_id)
    started_on = None
    if state.started_url:
        started_on = Page(url=state.started_url, title=state.started_title or "")
    card = visitor_card(visitor, started_on, pages_of(session, visitor.id))
    return OpenedConversation(**sync, visitor=card, viewers=viewers)


def earlier_page(session: Session, author: Author, conversation_id: Id, before: int) -> EarlierPage:
    """Return the page of a thread before a line."""
    state = queries.state(session, author, conversation_id)
    rows, earlier = queries.newest_rows(session, author, conversation_id, before)
    names = Names.read(session.connection(), state, rows)
    return EarlierPage(messages=[operator_message(row, names) for row in rows], earlier=earlier)


def visitor_earlier_page(
    session: Session, author: Author, conversation_id: Id, before: int
) -> VisitorEarlierPage:
    """Return the page of a thread before a seq, as its visitor sees it."""
    state = queries.state(session, author, conversation_id)
    rows, earlier = queries.newest_rows(session, author, conversation_id, before)
    names = Names.read(session.connection(), state, rows)
    return VisitorEarlierPage(
        messages=[visitor_message(row, names) for row in rows], earlier=earlier
    )


def inbox_page(
    session: Session, author: Author, rows: Sequence[State], following: str | None
) -> InboxPage:
    """Show a page of the list."""
    return InboxPage(
        rows=inbox_rows(rows),
        next=following,
        waiting=lists.waiting_count(session, author),
    )


def inbox_rows(rows: Sequence[State]) -> list[InboxRow]:
    """Show conversations as a list does."""
    return [
        InboxRow(id=row.id, rev=row.rev, conversation=operator_conversation(row)) for row in rows
    ]


def _read_after(
    session: Session, author: Author, conversation_id: Id, after: int
) -> tuple[State, list[Message], bool, bool]:
    """Return (state, rows, reset, earlier) for a sync; 0 and a gap of over a page start afresh."""
    state = queries.state(session, author, conversation_id)
    newest = state.public_rev if author.kind == VISITOR else state.rev
    # A rev from the future comes from a database restored from a backup: start afresh as well.
    if 0 < after <= newest:
        rows, more = queries.rows_after(session, author, conversation_id, after)
        if not more:
            return state, rows, False, False
    rows, earlier = queries.newest_rows(session, author, conversation_id)
    return state, rows, True, earlier


def _assignee(state: State) -> Person | None:
    if state.assignee_id is None:
        return None
    return Person(
        kind="operator",
        id=state.assignee_id,
        name=state.assignee_name,
        photo=state.assignee_photo,
    )


def _last(state: State) -> LastMessage | None:
    if state.last_kind is None:
        return None
    return LastMessage(
        line=state.last_line,
        kind=state.last_kind,
        author=_last_writer(state),
        text=state.last_text,
        at=iso(state.last_message_at),
        deleted=state.last_deleted_at is not None,
    )


def _last_writer(state: State) -> Person:
    if state.last_author_kind == OPERATOR:
        return Person(
            kind="operator",
            id=state.last_author_id,
            name=state.last_writer_name,
            photo=state.last_writer_photo,
        )
    if state.last_author_kind == VISITOR:
        return Person(kind="visitor", id=state.visitor_id, name=state.visitor_name, photo=None)
    return _system(state.last_author_id)


def _system(author_id: str) -> Person:
    return Person(kind="system", id=author_id, name=None, photo=None)


def _delivered(state: State) -> Cursors:
    return Cursors(visitor=state.delivered_visitor, operator=state.delivered_operator)


def _read(state: State) -> Cursors:
    return Cursors(visitor=state.read_visitor, operator=state.read_operator)
