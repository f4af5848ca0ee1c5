"""Nobody waits unseen: who should answer a chat, and is away, hears of it by e-mail, once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.accounts.models import Operator, TeamMember
from kell.chat.events import ConversationLate
from kell.chat.models import OPEN, Conversation
from kell.core import db
from kell.core.config.current import current
from kell.core.db import Tx
from kell.core.ids import Id, new_id
from kell.core.outbox import Permanent, enqueue
from kell.core.realtime.presence import present
from kell.core.words import language_of
from kell.customers.models import Visitor
from kell.notifications.letters import Wait, compose_late
from kell.notifications.providers import Refused, smtp
from kell.sites.models import Site

MAIL = "late.mail"


def tell_who_is_away(tx: Tx, late: ConversationLate) -> None:
    """Queue a mail to whoever should answer and is away."""
    row = tx.session.execute(
        select(Conversation.team_id, Conversation.assignee_id, Conversation.seq).where(
            Conversation.id == late.conversation_id,
            Conversation.status == OPEN,
            Conversation.waiting_since.is_not(None),
        )
    ).one_or_none()
    if row is None:
        return
    for operator_id in _away(tx.session, row.team_id, row.assignee_id):
        enqueue(
            tx,
            MAIL,
            {"mail": new_id(), "conversation": late.conversation_id, "operator": operator_id},
            key=f"{MAIL}:{late.conversation_id}:{row.seq}:{operator_id}",
        )


def send_mail(payload: dict[str, Any]) -> None:
    """Send a mail about a chat, unless it was answered meanwhile."""
    with db.read() as session:
        wait = _wait(session, payload["conversation"], payload["operator"])
    if wait is None:
        return
    config = current()
    try:
        smtp.send(compose_late(wait, payload["mail"], config), payload["mail"], config)
    except Refused as refused:
        if refused.permanent:
            raise Permanent(str(refused)) from refused
        raise


def _away(session: Session, team_id: Id, assignee_id: Id | None) -> Sequence[Id]:
    """Return who should answer, if none of them is there to see it."""
    found = select(Operator.id).where(Operator.disabled_at.is_(None)).order_by(Operator.id)
    if assignee_id is not None:
        found = found.where(Operator.id == assignee_id)
    else:
        members = select(TeamMember.operator_id).where(TeamMember.team_id == team_id)
        found = found.where(Operator.id.in_(members))
    asked = session.scalars(found).all()
    return [] if present(session, asked) else asked


def _wait(session: Session, conversation_id: Id, operator_id: Id) -> Wait | None:
    found = session.execute(
        select(Conversation, Visitor.name, Site)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .join(Site, Site.id == Conversation.site_id)
        .where(Conversation.id == conversation_id, Conversation.waiting_since.is_not(None))
    ).one_or_none()
    operator = session.get(Operator, operator_id)
    if found is None or operator is None or operator.disabled_at is not None:
        return None
    conversation, visitor_name, site = found
    return Wait(
        conversation_id=conversation.id,
        number=conversation.number,
        visitor_name=visitor_name,
        site_name=site.name,
        language=language_of(site.language),
        recipient=operator.email,
    )
