"""Somebody has left: what they were responsible for goes back to whoever is free in its team."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kell.accounts.events import OperatorDisabled
from kell.accounts.models import Operator, Team
from kell.chat.access import Author
from kell.chat.actions import add_event
from kell.chat.changes import revise
from kell.chat.events import ConversationMoved
from kell.chat.models import MOVED, Conversation
from kell.chat.timers import LATE, arm
from kell.core import db
from kell.core.clock import now
from kell.core.config.current import current
from kell.core.db import Tx
from kell.core.ids import Id
from kell.core.outbox import enqueue

RELEASE = "chat.release"
AT_ONCE = 20


def release_later(tx: Tx, disabled: OperatorDisabled) -> None:
    """Have their conversations released, however many there are."""
    enqueue(tx, RELEASE, {"operator": disabled.operator_id})


def release(payload: dict[str, Any]) -> None:
    """Release all conversations of somebody who is disabled, some at a time."""
    while db.write(lambda tx: _release_some(tx, payload["operator"])):
        pass


def _release_some(tx: Tx, operator_id: Id) -> int:
    """Release some; the closed ones too, because a visitor may reopen one."""
    left = tx.session.get(Operator, operator_id, with_for_update=True)
    if left is None or left.disabled_at is None:
        return 0
    theirs = tx.session.execute(
        select(Conversation.id, Team.name)
        .join(Team, Team.id == Conversation.team_id)
        .where(Conversation.assignee_id == operator_id)
        .order_by(Conversation.id)
        .limit(AT_ONCE)
    ).all()
    author = Author.operator(operator_id, left.name, left.photo, sees_all=False)
    for row in theirs:
        _release(tx, author, row.id, row.name)
    return len(theirs)


def _release(tx: Tx, author: Author, conversation_id: Id, team: str) -> None:
    changed = revise(
        tx,
        conversation_id,
        Conversation.assignee_id == author.id,
        public=True,
        assignee_id=None,
        lines=Conversation.lines + 1,
    )
    if changed is None:
        return
    add_event(tx, changed, author, MOVED, team)
    if changed.now.waiting_since is not None:
        # Whoever was told that somebody waits has left: now the team is to be told.
        arm(tx, conversation_id, LATE, now() + timedelta(seconds=current().late_after))
    tx.happened(ConversationMoved(conversation_id, changed.now.team_id, author.id))
