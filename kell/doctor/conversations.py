"""Do the counters of every conversation agree with its rows? Read in pieces, oldest first."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Row, and_, case, func, select

from kell.chat.models import MESSAGE, OPEN, VISITOR, Conversation, Message
from kell.core.db import Database
from kell.core.db.aside import read_aside
from kell.doctor.findings import Finding, Tally

PIECE = 1000
RESTORE = "Restore it from a backup, or correct the row by hand while Kell is stopped."
Progress = Callable[[int, int], None]

_messages = Message.kind == MESSAGE


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _last(value: Any, condition: Any) -> Any:
    return func.max(case((condition, value)))


_QUESTION = (
    select(
        *Conversation.__table__.c,
        func.count(Message.id).label("rows"),
        func.max(Message.line).label("top_line"),
        func.max(Message.rev).label("top_rev"),
        func.max(Message.public_rev).label("top_public_rev"),
        _last(Message.seq, _messages).label("top_seq"),
        _count(_messages).label("messages"),
        _last(Message.line, _messages).label("last_message"),
        _last(Message.author_kind, Message.line == Conversation.last_line).label("last_author"),
        _last(Message.line, Message.event.in_(("closed", "reopened"))).label("last_turn"),
        _count(and_(Message.deleted_at.is_not(None), Message.text.is_not(None))).label("kept"),
    )
    .select_from(Conversation)
    .outerjoin(Message, Message.conversation_id == Conversation.id)
    .group_by(Conversation.id)
    .order_by(Conversation.id)
)


def check(database: Database, progress: Progress) -> Iterator[Finding]:
    """Look at every conversation."""
    tallies = {name: Tally(name, about, do) for name, (about, do, _) in RULES.items()}
    with database.read() as session:
        total = session.scalar(select(func.count()).select_from(Conversation)) or 0
    after, done = "", 0
    while rows := _piece(database, after):
        for row in rows:
            for name, (_, _, holds) in RULES.items():
                if not holds(row):
                    tallies[name].add(row.id)
        after, done = rows[-1].id, done + len(rows)
        progress(done, total)
    for tally in tallies.values():
        yield from tally.findings()


def _piece(database: Database, after: str) -> list[Row[Any]]:
    with database.read() as session:
        ids = session.scalars(
            select(Conversation.id)
            .where(Conversation.id > after)
            .order_by(Conversation.id)
            .limit(PIECE)
        ).all()
        if not ids:
            return []
        # Up to the last of them: what is begun meanwhile is for the next piece.
        piece = _QUESTION.where(Conversation.id > after, Conversation.id <= ids[-1])
        return list(read_aside(session, piece))


def _lines(row: Any) -> bool:
    return bool(row.lines == row.rows == (row.top_line or 0))


def _seq(row: Any) -> bool:
    return bool(row.seq == row.messages == (row.top_seq or 0))


def _revs(row: Any) -> bool:
    top, public = row.top_rev or 0, row.top_public_rev or 0
    return bool(top <= row.rev and public <= row.public_rev <= row.rev)


def _last_line(row: Any) -> bool:
    return bool(row.last_line == (row.last_message or 0))


def _cursors(row: Any) -> bool:
    pairs = (
        (row.read_visitor, row.delivered_visitor),
        (row.read_operator, row.delivered_operator),
    )
    return all(0 <= read <= delivered <= row.seq for read, delivered in pairs)


def _waiting(row: Any) -> bool:
    turned = (row.last_turn or 0) > row.last_line  # closed since: nobody waits any more
    asked = row.status == OPEN and row.last_author == VISITOR
    if row.waiting_since is not None:
        return bool(asked)
    return bool(not asked or turned)


def _deleted(row: Any) -> bool:
    return bool(row.kept == 0)


RULES: dict[str, tuple[str, str, Callable[[Any], bool]]] = {
    "lines": ("`lines` isn't the number of rows in the thread", RESTORE, _lines),
    "seq": ("`seq` isn't the number of messages in the thread", RESTORE, _seq),
    "revs": ("a row has a higher rev than its conversation", RESTORE, _revs),
    "last_line": ("`last_line` isn't the line of the newest message", RESTORE, _last_line),
    "cursors": ("a cursor stands after the newest message", RESTORE, _cursors),
    "waiting_since": ("who wrote last says otherwise than `waiting_since`", RESTORE, _waiting),
    "deleted_text": (
        "a deleted message still has its text",
        "Empty it: UPDATE messages SET text = NULL WHERE deleted_at IS NOT NULL.",
        _deleted,
    ),
}
