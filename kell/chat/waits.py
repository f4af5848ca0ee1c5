"""How long visitors have really waited lately."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from kell.chat.models import MESSAGE, OPERATOR, Conversation, Message
from kell.core.ids import Id

LOOKED_AT = 200


def first_answers(
    session: Session, site_id: Id, since: datetime, most: int
) -> list[tuple[datetime, datetime]]:
    """Return when a site's latest answered chats began, and when a person first replied.

    Newest first, at most ``most``, of the latest ``LOOKED_AT`` that began after ``since``.
    """
    latest = (
        select(Conversation.id, Conversation.created_at)
        .where(Conversation.site_id == site_id, Conversation.created_at > since)
        .order_by(Conversation.created_at.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    reply = aliased(Message)
    first = (
        select(reply.at)
        .where(
            reply.conversation_id == latest.c.id,
            reply.author_kind == OPERATOR,
            reply.kind == MESSAGE,
        )
        .order_by(reply.line)
        .limit(1)
        .scalar_subquery()
    )
    found = session.execute(select(latest.c.created_at, first).order_by(latest.c.created_at.desc()))
    answered = [(began, replied) for began, replied in found if replied is not None]
    return answered[:most]


def median(waits: list[timedelta]) -> timedelta:
    """Return the middle one; of two in the middle, the longer."""
    return sorted(waits)[len(waits) // 2]
