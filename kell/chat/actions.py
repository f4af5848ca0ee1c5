"""Everything that is written in conversations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Sequence, case, func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from kell.accounts.models import Team
from kell.chat import events, participations
from kell.chat.access import Author, within_reach
from kell.chat.changes import Change, count_message, restamp, revise
from kell.chat.errors import AlreadySent, ConversationClosed
from kell.chat.models import (
    CLOSED,
    EVENT,
    MESSAGE,
    NOTE,
    OPEN,
    OPERATOR,
    VISITOR,
    Conversation,
    Message,
)
from kell.chat.queries import Line
from kell.core.clock import now
from kell.core.db import Statement, Tx, row_type
from kell.core.errors import Forbidden, NotFound
from kell.core.ids import Id, new_id
from kell.customers.models import Visitor
from kell.customers.wire import Page
from kell.sites.models import Site

DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
REOPENS_WITHIN = timedelta(days=7)
NUMBERS = Sequence("conversation_numbers")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it comes from outside."""

    client_id: str
    text: str
    quote_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A row of the thread that is on disk once the work is committed."""

    row: Line
    change: Change


@dataclass(frozen=True, slots=True)
class About:
    """What a chat is about, and whose it becomes if not the site's team's (REACH-1)."""

    topic: str | None = None
    team_id: Id | None = None
    page: Page | None = None


def start_conversation(tx: Tx, author: Author, start_id: str, draft: Draft, about: About) -> Sent:
    """Begin a visitor's chat with its first message (CHAT-12).

    Raises:
        AlreadySent: a chat was started under this ``start_id``.
    """
    at = now()
    site_id, team_id = tx.session.execute(
        select(Site.id, Site.team_id)
        .join(Visitor, Visitor.site_id == Site.id)
        .where(Visitor.id == author.id)
    ).one()
    # The team that a topic names may have been removed since.
    if about.team_id is not None and tx.session.get(Team, about.team_id) is not None:
        team_id = about.team_id
    conversation_id = new_id()
    page = about.page
    values = {
        "id": conversation_id,
        "site_id": site_id,
        "team_id": team_id,
        "topic": about.topic[:200] if about.topic else None,
        "visitor_id": author.id,
        "start_id": start_id,
        "number": _next_number(tx),
        "status": OPEN,
        "last_at": at,
        "created_at": at,
        "changed_at": at,
        "started_url": page.url if page else None,
        "started_title": page.title if page else None,
        **dict.fromkeys(_COUNTERS, 0),
    }
    made = (
        DIALECTS[tx.session.get_bind().dialect.name]
        .insert(Conversation.__table__)
        .values(values)
        .on_conflict_do_nothing(index_elements=["visitor_id", "start_id"])
        .returning(Conversation.id)
    )
    if tx.session.execute(made).first() is None:
        raise AlreadySent(start_id)
    tx.happened(events.ConversationStarted(conversation_id, site_id, author.id))
    return send_message(tx, author, conversation_id, draft)


def send_message(tx: Tx, author: Author, conversation_id: Id, draft: Draft) -> Sent:
    """Add one message to a conversation.

    A visitor who writes to a chat that was closed less than 7 days ago reopens it (CHAT-12).

    Raises:
        NotFound: the conversation, or the quoted message, is out of the author's reach.
        ConversationClosed: it takes no messages any more.
        AlreadySent: ``draft.client_id`` was accepted before.
    """
    at = now()
    changed = count_message(tx, author, conversation_id, at)
    if changed is None:
        _reopen_or_refuse(tx, author, conversation_id, at)
        return send_message(tx, author, conversation_id, draft)
    if draft.quote_id is not None:
        _check_quote(tx, conversation_id, draft.quote_id)
    row = _add_row(tx, changed, author, draft, kind=MESSAGE)
    if author.kind == OPERATOR:
        participations.replied(tx, conversation_id, author.id, at)
    began = author.kind == VISITOR and changed.now.waiting_since == at
    tx.happened(events.MessageSent(conversation_id, row.id, row.seq, author.kind, began))
    return Sent(row, changed)


def add_note(tx: Tx, author: Author, conversation_id: Id, draft: Draft) -> Sent:
    """Add a note that only colleagues see; it stands after the newest message.

    Raises:
        NotFound: the conversation is out of the author's reach.
        AlreadySent: ``draft.client_id`` was accepted before.
    """
    changed = _revise_or_refuse(
        tx, conversation_id, within_reach(author), public=False, lines=Conversation.lines + 1
    )
    return Sent(_add_row(tx, changed, author, draft, kind=NOTE), changed)


def delete_message(tx: Tx, author: Author, conversation_id: Id, message_id: Id) -> Change:
    """Take a message back in every copy: its row stays empty, its quotes too (CHAT-6, REACH-3).

    Raises:
        NotFound: the message is out of the author's reach.
        Forbidden: it is somebody else's, and the author is no supervisor.
        Unchanged: it was deleted before.
    """
    message = tx.session.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.id == message_id,
            Message.conversation_id == conversation_id,
            Message.kind != EVENT,
            within_reach(author),
        )
    )
    if message is None:
        raise NotFound(field="message")
    if not (author.sees_all or message.author_id == author.id):
        raise Forbidden("only a supervisor deletes others' messages", field="message")
    if message.deleted_at is not None:
        raise Unchanged(message.rev)
    changed = _revise_or_refuse(tx, conversation_id, public=message.kind == MESSAGE)
    message.text, message.deleted_at, message.deleted_by = None, now(), author.id
    tx.session.flush()
    restamp(tx, changed, message.id)
    tx.happened(events.MessageDeleted(conversation_id, message.id, message.seq))
    return changed


def close_conversation(tx: Tx, author: Author, conversation_id: Id) -> Change:
    """Close a chat; nobody waits in it any more.

    Raises:
        NotFound: it is out of the author's reach.
        Unchanged: it is closed already.
    """
    changed = revise(
        tx,
        conversation_id,
        within_reach(author),
        Conversation.status == OPEN,
        public=True,
        status=CLOSED,
        closed_at=now(),
        waiting_since=None,
        lines=Conversation.lines + 1,
    )
    if changed is None:
        raise Unchanged(row_within_reach(tx, author, conversation_id).rev)
    add_event(tx, changed, author, "closed")
    tx.happened(events.ConversationClosed(conversation_id, author.id))
    return changed


def reopen_conversation(tx: Tx, author: Author, conversation_id: Id) -> Change:
    """Open a closed chat again.

    Raises:
        NotFound: it is out of the author's reach.
        Unchanged: it is open already.
    """
    changed = revise(
        tx,
        conversation_id,
        within_reach(author),
        Conversation.status == CLOSED,
        public=True,
        status=OPEN,
        closed_at=None,
        lines=Conversation.lines + 1,
    )
    if changed is None:
        raise Unchanged(row_within_reach(tx, author, conversation_id).rev)
    add_event(tx, changed, author, "reopened")
    return changed


def mark(tx: Tx, author: Author, conversation_id: Id, seq: int, *, read: bool) -> None:
    """Move the author's side's cursor forward; what is read is delivered too (CHAT-8).

    Raises:
        NotFound: the conversation is out of the author's reach.
    """
    columns = [f"delivered_{author.kind}"] + [f"read_{author.kind}"] * read
    upto = case((Conversation.seq < seq, Conversation.seq), else_=literal(seq))
    cursor = {name: getattr(Conversation, name) for name in columns}
    values = {name: case((column < upto, upto), else_=column) for name, column in cursor.items()}
    behind = or_(*(column < upto for column in cursor.values()))
    changed = revise(tx, conversation_id, within_reach(author), behind, public=True, **values)
    if changed is None:
        row_within_reach(tx, author, conversation_id)
    else:
        changed.skip = None  # the answer to a mark is empty


class Unchanged(Exception):
    """There was nothing to do: the conversation is as asked, at ``rev``."""

    def __init__(self, rev: int) -> None:
        super().__init__(rev)
        self.rev = rev


def _insert(database: str) -> Any:
    return (
        DIALECTS[database]
        .insert(Message.__table__)
        .on_conflict_do_nothing(index_elements=["conversation_id", "author_id", "client_id"])
    )


_FILLED = (
    "id",
    "conversation_id",
    "line",
    "seq",
    "rev",
    "public_rev",
    "kind",
    "event",
    "author_kind",
    "author_id",
    "client_id",
    "text",
    "quote_id",
    "at",
)
_ADD = Statement(_insert, _FILLED)
_Line: Any = row_type("_Line", Message.__table__.columns.keys())

_COUNTERS = (
    "rev",
    "public_rev",
    "seq",
    "lines",
    "mailed_seq",
    "last_line",
    "delivered_visitor",
    "delivered_operator",
    "read_visitor",
    "read_operator",
)


def _next_number(tx: Tx) -> Any:
    """Return what a new conversation is called by: counted up, and perhaps with gaps."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return NUMBERS.next_value()
    # There is one writer.
    return select(func.coalesce(func.max(Conversation.number), 0) + 1).scalar_subquery()


def _reopen_or_refuse(tx: Tx, author: Author, conversation_id: Id, at: datetime) -> None:
    row = row_within_reach(tx, author, conversation_id)
    recently = row.closed_at is not None and at - row.closed_at < REOPENS_WITHIN
    if row.status != CLOSED or author.kind != VISITOR or not recently:
        raise ConversationClosed
    reopen_conversation(tx, author, conversation_id)


def _revise_or_refuse(
    tx: Tx, conversation_id: Id, *where: ColumnElement[bool], public: bool, **values: Any
) -> Change:
    changed = revise(tx, conversation_id, *where, public=public, **values)
    if changed is None:
        raise NotFound(field="conversation")
    return changed


def row_within_reach(tx: Tx, author: Author, conversation_id: Id) -> Any:
    """Return a conversation's row.

    Raises:
        NotFound: it is out of the author's reach.
    """
    row = tx.session.execute(
        select(*Conversation.__table__.c).where(
            Conversation.id == conversation_id, within_reach(author)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(field="conversation")
    return row


def _check_quote(tx: Tx, conversation_id: Id, message_id: Id) -> None:
    found = tx.session.scalar(
        select(Message.id).where(
            Message.id == message_id,
            Message.conversation_id == conversation_id,
            Message.kind == MESSAGE,
        )
    )
    if found is None:
        raise NotFound(field="quote")


def add_event(tx: Tx, changed: Change, author: Author, event: str, text: str | None = None) -> None:
    """Add a line that tells colleagues what happened."""
    draft = Draft(client_id=new_id(), text=text or "")
    _add_row(tx, changed, author, draft, kind=EVENT, event=event)


def _add_row(
    tx: Tx, changed: Change, author: Author, draft: Draft, *, kind: str, event: str | None = None
) -> Line:
    """Insert a row at the end of the thread, stamped with the revs of this change."""
    values = {
        "id": new_id(),
        "conversation_id": changed.now.id,
        "line": changed.now.lines,
        "seq": changed.now.seq,
        "rev": changed.now.rev,
        "public_rev": changed.now.public_rev if kind == MESSAGE else None,
        "kind": kind,
        "event": event,
        "author_kind": author.kind,
        "author_id": author.id,
        "client_id": draft.client_id,
        "text": draft.text or None,
        "quote_id": draft.quote_id,
        "at": changed.now.last_at if kind == MESSAGE else now(),
    }
    if not _ADD.count(tx.connection, values):
        raise AlreadySent(draft.client_id)
    row: Line = _Line(**values)
    changed.rows[row.id] = row
    return row
