"""Timers of conversations: rows, armed and cancelled in the transaction of what decides it.

There is one per conversation and step. It fires by a conditional UPDATE: once, whichever process
looks first, and whatever dies meanwhile.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    bindparam,
    delete,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from kell.chat.events import ConversationClosed, ConversationLate, MessageSent
from kell.chat.models import OPERATOR
from kell.core.clock import now
from kell.core.config.current import current
from kell.core.db import Model, Tx
from kell.core.ids import Id

LATE = "late"
FIRE_AT_ONCE = 50


class Timer(Model):
    """At ``due_at`` something is done about a conversation, unless it is cancelled before."""

    __tablename__ = "timers"

    conversation_id: Mapped[Id] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(16), primary_key=True)
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_timers_due_at",
            "due_at",
            sqlite_where=text("fired_at IS NULL"),
            postgresql_where=text("fired_at IS NULL"),
        ),
    )


def watch_waiting(tx: Tx, sent: MessageSent) -> None:
    """Arm the timers of a chat that became unanswered; an answer cancels them."""
    if sent.began_waiting:
        after = timedelta(seconds=current().late_after)
        arm(tx, sent.conversation_id, LATE, now() + after)
    elif sent.author_kind == OPERATOR:
        cancel(tx, sent.conversation_id)


def stop_waiting(tx: Tx, closed: ConversationClosed) -> None:
    """Nobody waits in a closed chat."""
    cancel(tx, closed.conversation_id)


def arm(tx: Tx, conversation_id: Id, step: str, due_at: datetime) -> None:
    """Set a timer; a timer of the same step that was set before begins anew."""
    values = {"conversation_id": conversation_id, "step": step, "due_at": due_at, "fired_at": None}
    tx.connection.execute(_ARM[tx.connection.dialect.name], values)


def cancel(tx: Tx, conversation_id: Id) -> None:
    """Forget all timers of a conversation."""
    tx.connection.execute(_CANCEL, {"conversation": conversation_id})


def any_due(session: Session, at: datetime) -> bool:
    """Say whether there is anything to fire."""
    return bool(
        session.scalar(select(exists().where(Timer.fired_at.is_(None), Timer.due_at <= at)))
    )


def fire(tx: Tx, at: datetime) -> int:
    """Fire timers that are due, at most ``FIRE_AT_ONCE``; return how many."""
    due = (
        select(Timer.conversation_id, Timer.step)
        .where(Timer.fired_at.is_(None), Timer.due_at <= at)
        .order_by(Timer.due_at)
        .limit(FIRE_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    count = 0
    for conversation_id, step in tx.connection.execute(due).all():
        fired = tx.connection.execute(
            update(Timer)
            .where(
                Timer.conversation_id == conversation_id,
                Timer.step == step,
                Timer.fired_at.is_(None),
            )
            .values(fired_at=at)
        )
        count += fired.rowcount
        if fired.rowcount and step == LATE:
            tx.happened(ConversationLate(conversation_id))
    return count


def _arming(dialect: Any) -> Any:
    made = dialect.insert(Timer.__table__)
    return made.on_conflict_do_update(
        index_elements=["conversation_id", "step"],
        set_={"due_at": made.excluded.due_at, "fired_at": None},
    )


# Built once: they belong to the way of a message.
_ARM = {name: _arming(each) for name, each in (("sqlite", sqlite), ("postgresql", postgresql))}
_CANCEL = delete(Timer).where(Timer.conversation_id == bindparam("conversation"))
