"""Everything that is written in conversations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from kell.accounts.models import Operator
from kell.chat import events
from kell.chat.access import Author, reaches_by_office, within_reach
from kell.chat.changes import Change, count_message, gone_frame, restamp, revise
from kell.chat.errors import AlreadySent, AlreadyTaken, ConversationClosed
from kell.chat.models import (
    CLOSED,
    EVENT,
    MESSAGE,
    NOTE,
    OPEN,
    VISITOR,
    Conversation,
    Message,
)
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Forbidden, NotFound
from kell.core.ids import Id, new_id
from kell.customers.models import Visitor
from kell.customers.wire import Page
from kell.sites.models import Site

DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
REOPENS_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it comes from outside."""

    client_id: str
    text: str
    quote_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A row of the thread that is on disk once the work is committed."""

    row: Message
    change: Change


def start_conversation(
    tx: Tx, author: Author, start_id: str, draft: Draft, page: Page | None
) -> Sent:
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
    conversation_id = new_id()
    values = {
        "id": conversation_id,
        "site_id": site_id,
        "team_id": team_id,
        "visitor_id": author.id,
        "start_id": start_id,
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


def take_conversation(tx: Tx, author: Author, conversation_id: Id) -> Change:
    """Make the author responsible for a chat that is nobody's. Of two, exactly one wins.

    Raises:
        NotFound: it is out of the author's reach.
        AlreadyTaken: a colleague was first.
        Unchanged: the author has it already.
    """
    changed = revise(
        tx,
        conversation_id,
        within_reach(author),
        Conversation.assignee_id.is_(None),
        public=True,
        assignee_id=author.id,
        lines=Conversation.lines + 1,
    )
    if changed is None:
        row = _row_within_reach(tx, author, conversation_id)
        if row.assignee_id == author.id:
            raise Unchanged(row.rev)
        raise AlreadyTaken
    _add_event(tx, changed, author, "taken")
    tx.happened(events.ConversationAssigned(conversation_id, author.id, author.id))
    return changed


def assign_conversation(tx: Tx, author: Author, conversation_id: Id, operator_id: Id) -> Change:
    """Make an operator responsible for a chat.

    Raises:
        NotFound: the conversation is out of reach, or there is no such operator at work.
        Unchanged: it is theirs already.
    """
    name = tx.session.scalar(
        select(Operator.name).where(Operator.id == operator_id, Operator.disabled_at.is_(None))
    )
    if name is None:
        raise NotFound(field="operator")
    before = _lock_assignee(tx, conversation_id)
    changed = revise(
        tx,
        conversation_id,
        within_reach(author),
        Conversation.assignee_id.is_distinct_from(operator_id),
        public=True,
        assignee_id=operator_id,
        lines=Conversation.lines + 1,
    )
    if changed is None:
        raise Unchanged(_row_within_reach(tx, author, conversation_id).rev)
    _add_event(tx, changed, author, "assigned", name)
    if before and not reaches_by_office(tx.session, before, changed.now.team_id):
        tx.publish(gone_frame(before, conversation_id))
    tx.happened(events.ConversationAssigned(conversation_id, operator_id, author.id))
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
        raise Unchanged(_row_within_reach(tx, author, conversation_id).rev)
    _add_event(tx, changed, author, "closed")
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
        raise Unchanged(_row_within_reach(tx, author, conversation_id).rev)
    _add_event(tx, changed, author, "reopened")
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
        _row_within_reach(tx, author, conversation_id)
    else:
        changed.skip = None  # the answer to a mark is empty


class Unchanged(Exception):
    """There was nothing to do: the conversation is as asked, at ``rev``."""

    def __init__(self, rev: int) -> None:
        super().__init__(rev)
        self.rev = rev


_INSERT = {
    name: dialect.insert(Message.__table__)
    .on_conflict_do_nothing(index_elements=["conversation_id", "author_id", "client_id"])
    .returning(Message.id)
    for name, dialect in DIALECTS.items()
}

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


def _reopen_or_refuse(tx: Tx, author: Author, conversation_id: Id, at: datetime) -> None:
    row = _row_within_reach(tx, author, conversation_id)
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


def _lock_assignee(tx: Tx, conversation_id: Id) -> Id | None:
    found = select(Conversation.assignee_id).where(Conversation.id == conversation_id)
    return tx.session.scalar(found.with_for_update())


def _row_within_reach(tx: Tx, author: Author, conversation_id: Id) -> Any:
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


def _add_event(
    tx: Tx, changed: Change, author: Author, event: str, text: str | None = None
) -> None:
    """Add a line that tells colleagues what happened."""
    draft = Draft(client_id=new_id(), text=text or "")
    _add_row(tx, changed, author, draft, kind=EVENT, event=event)


def _add_row(
    tx: Tx, changed: Change, author: Author, draft: Draft, *, kind: str, event: str | None = None
) -> Message:
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
    dialect = tx.session.get_bind().dialect.name
    inserted = tx.session.connection().execute(_INSERT[dialect], values)
    if inserted.first() is None:
        raise AlreadySent(draft.client_id)
    row = Message(**values)
    changed.rows[row.id] = row
    return row
