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
VISITOR, OPERATOR, SYSTEM = "visitor", "operator", "system"


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
    status: Mapped[str] = mapped_column(String(16), default=OPEN)
    assignee_id: Mapped[Id | None] = mapped_column(
        ForeignKey("operators.id", ondelete="SET NULL"), index=True
    )

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
        Index("ix_conversations_changed_at", "changed_at"),
        # The two parts of an inbox, each read in its own order: who waits, then the rest.
        Index("ix_conversations_waiting", "status", "waiting_since", "id"),
        Index("ix_conversations_answered", "status", "last_at", "id"),
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
