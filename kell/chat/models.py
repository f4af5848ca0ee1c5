"""Tables of conversations and messages."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

OPEN, CLOSED = "open", "closed"
MESSAGE, NOTE, EVENT = "message", "note", "event"
TAKEN, ASSIGNED, MOVED = "taken", "assigned", "moved"
"""Lines of a thread that say who answers from there on."""
WEB = "web"
VISITOR, OPERATOR, SYSTEM = "visitor", "operator", "system"


WAITS = "status = 'open' AND waiting_since IS NOT NULL"
RESTS = "status = 'open' AND waiting_since IS NULL"
PAST = "status = 'closed'"


def _part(name: str, where: str, *columns: str) -> Index:
    """Return an index of some conversations alone."""
    condition = sql(where)
    return Index(
        f"ix_conversations_{name}", *columns, sqlite_where=condition, postgresql_where=condition
    )


class Conversation(Model):
    """One thread between one visitor and the company.

    Four counters without gaps: ``rev`` counts its states for operators, ``public_rev`` those for
    the visitor, ``seq`` the messages that both see, ``lines`` all rows of the thread.
    """

    __tablename__ = "conversations"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    site_id: Mapped[Id] = mapped_column(ForeignKey("sites.id", ondelete="RESTRICT"))
    team_id: Mapped[Id] = mapped_column(ForeignKey("teams.id", ondelete="RESTRICT"))
    visitor_id: Mapped[Id] = mapped_column(ForeignKey("visitors.id", ondelete="CASCADE"))
    start_id: Mapped[str] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(server_default=sql("0"))
    """What people call it by, counted over the whole installation."""
    channel: Mapped[str] = mapped_column(String(16), default=WEB, server_default=WEB)
    topic: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(16), default=OPEN)
    assignee_id: Mapped[Id | None] = mapped_column(ForeignKey("operators.id", ondelete="SET NULL"))

    rev: Mapped[int] = mapped_column(default=0)
    public_rev: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)
    lines: Mapped[int] = mapped_column(default=0)

    waiting_since: Mapped[datetime | None]
    mailed_seq: Mapped[int] = mapped_column(default=0)
    """Up to which replies were looked at for the last mail."""
    last_line: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    delivered_visitor: Mapped[int] = mapped_column(default=0)
    delivered_operator: Mapped[int] = mapped_column(default=0)
    read_visitor: Mapped[int] = mapped_column(default=0)
    read_operator: Mapped[int] = mapped_column(default=0)

    started_url: Mapped[str | None] = mapped_column(String(2000))
    started_title: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    """When ``rev`` last moved: by it other processes and waiting requests find what is new."""

    __table_args__ = (
        UniqueConstraint("visitor_id", "start_id"),
        Index("ix_conversations_number", "number", unique=True),
        Index("ix_conversations_changed_at", "changed_at"),
        # A site's latest chats: how long do its visitors wait?
        Index("ix_conversations_site_id", "site_id", "created_at"),
        # The two parts of an inbox, each read in its own order: who waits, then the rest. A message
        # moves an entry of one of them; what views ask for stands in them too.
        _part("waiting", WAITS, "waiting_since", "id", "team_id", "assignee_id"),
        _part("answered", RESTS, "last_at", "id", "team_id", "assignee_id"),
        # The past, which no message moves: all of it, a team's, an operator's.
        _part("closed", PAST, "last_at", "id"),
        _part("closed_of_team", PAST, "team_id", "last_at", "id"),
        _part("closed_of_assignee", PAST, "assignee_id", "last_at", "id"),
    )


class Message(Model):
    """One row of a thread: a message, a private note, or a line that says what happened."""

    __tablename__ = "messages"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[Id] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    line: Mapped[int]
    seq: Mapped[int]
    rev: Mapped[int]
    public_rev: Mapped[int | None]
    kind: Mapped[Literal["message", "note", "event"]] = mapped_column(String(16))
    event: Mapped[str | None] = mapped_column(String(32))
    author_kind: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[str] = mapped_column(String(32))
    client_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    quote_id: Mapped[Id | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[Id | None] = mapped_column(ForeignKey("operators.id", ondelete="SET NULL"))

    __table_args__ = (
        UniqueConstraint("conversation_id", "author_id", "client_id"),
        UniqueConstraint("conversation_id", "line"),
        Index("ix_messages_rev", "conversation_id", "rev"),
        Index("ix_messages_public_rev", "conversation_id", "public_rev"),
        Index(
            "ix_messages_quote_id",
            "quote_id",
            postgresql_where=sql("quote_id IS NOT NULL"),
            sqlite_where=sql("quote_id IS NOT NULL"),
        ),
    )


class Participation(Model):
    """An operator takes part: was made responsible, or wrote to the visitor (REACH-3)."""

    __tablename__ = "participations"

    conversation_id: Mapped[Id] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    operator_id: Mapped[Id] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
    first_public_reply_at: Mapped[datetime | None]
