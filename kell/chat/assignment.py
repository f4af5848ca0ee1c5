"""Who is responsible for a conversation: taking, handing over to a colleague or a team."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from kell.accounts.models import Operator, Team
from kell.chat import events, participations
from kell.chat.access import Author, who_reach_no_more, within_reach
from kell.chat.actions import Draft, Unchanged, add_event, add_note, row_within_reach
from kell.chat.changes import Change, gone_frame, revise
from kell.chat.errors import AlreadyTaken
from kell.chat.models import ASSIGNED, MOVED, TAKEN, Conversation
from kell.core.db import Tx
from kell.core.errors import NotFound
from kell.core.events import Event
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who becomes responsible."""

    id: Id

    event = ASSIGNED

    def is_other(self) -> ColumnElement[bool]:
        """Say whether the conversation is not theirs yet."""
        return Conversation.assignee_id.is_distinct_from(self.id)

    def values(self) -> dict[str, Any]:
        return {"assignee_id": self.id}

    def name(self, tx: Tx) -> str:
        """Return what they are called.

        Raises:
            NotFound: there is no such operator at work.
        """
        at_work = Operator.disabled_at.is_(None)
        name = tx.session.scalar(select(Operator.name).where(Operator.id == self.id, at_work))
        if name is None:
            raise NotFound(field="operator")
        return name

    def said(self, conversation_id: Id, by: Id) -> Event:
        return events.ConversationAssigned(conversation_id, self.id, by)


@dataclass(frozen=True, slots=True)
class Queue:
    """A team in which whoever is free takes the conversation."""

    team_id: Id

    event = MOVED

    def is_other(self) -> ColumnElement[bool]:
        """Say whether the conversation doesn't wait in this queue yet."""
        return or_(Conversation.team_id != self.team_id, Conversation.assignee_id.is_not(None))

    def values(self) -> dict[str, Any]:
        return {"team_id": self.team_id, "assignee_id": None}

    def name(self, tx: Tx) -> str:
        """Return what the team is called.

        Raises:
            NotFound: there is no such team.
        """
        name = tx.session.scalar(select(Team.name).where(Team.id == self.team_id))
        if name is None:
            raise NotFound(field="team")
        return name

    def said(self, conversation_id: Id, by: Id) -> Event:
        return events.ConversationMoved(conversation_id, self.team_id, by)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A conversation in other hands."""

    change: Change
    kept: bool
    """Whether whoever handed it over still reaches it."""


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
        row = row_within_reach(tx, author, conversation_id)
        if row.assignee_id == author.id:
            raise Unchanged(row.rev)
        raise AlreadyTaken
    add_event(tx, changed, author, TAKEN)
    participations.became_responsible(tx, conversation_id, author.id, changed.now.changed_at)
    tx.happened(events.ConversationAssigned(conversation_id, author.id, author.id))
    return changed


def hand_over(
    tx: Tx, author: Author, conversation_id: Id, to: Colleague | Queue, note: Draft | None = None
) -> HandedOver:
    """Give a conversation to a colleague or a team, with a note that stands before it.

    Whoever reaches it no more is told so at once (REACH-2).

    Raises:
        NotFound: the conversation is out of reach, or there is no such colleague or team.
        AlreadySent: the note's client id was accepted before.
        Unchanged: it is theirs already, and there is no note.
    """
    name = to.name(tx)
    before = tx.session.execute(
        select(Conversation.team_id, Conversation.assignee_id)
        .where(Conversation.id == conversation_id)
        .with_for_update()
    ).one_or_none()
    noted = add_note(tx, author, conversation_id, note) if note else None
    changed = revise(
        tx,
        conversation_id,
        within_reach(author),
        to.is_other(),
        public=True,
        lines=Conversation.lines + 1,
        **to.values(),
    )
    if changed is None or before is None:
        row = row_within_reach(tx, author, conversation_id)
        if noted is None:
            raise Unchanged(row.rev)
        return HandedOver(noted.change, kept=True)
    add_event(tx, changed, author, to.event, name)
    after = (changed.now.team_id, changed.now.assignee_id)
    lost = who_reach_no_more(tx.session, (before.team_id, before.assignee_id), after)
    if lost:
        tx.publish(gone_frame(lost, conversation_id))
    if changed.now.assignee_id is not None:
        participations.became_responsible(
            tx, conversation_id, changed.now.assignee_id, changed.now.changed_at
        )
    tx.happened(to.said(conversation_id, author.id))
    return HandedOver(changed, kept=author.id not in lost)
