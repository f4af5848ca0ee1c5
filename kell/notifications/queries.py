"""What a mail says, read when it is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.accounts.models import AccountLink, Operator
from kell.accounts.queries import usable_link
from kell.chat.models import MESSAGE, OPERATOR, Conversation, Message
from kell.core.ids import Id
from kell.customers.models import Visitor
from kell.notifications.models import QUEUED, Mail
from kell.sites.models import Site


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operator wrote."""

    seq: int
    name: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with all that it needs."""

    id: Id
    recipient: str
    visitor_id: Id
    conversation_id: Id
    site_key: str
    site_name: str
    languages: tuple[str | None, ...]
    replies: tuple[Reply, ...]


def letter(session: Session, mail_id: Id) -> Letter | None:
    """Return a queued mail; replies that were deleted or seen meanwhile are not in it."""
    found = session.execute(
        select(Mail, Conversation, Visitor.language, Site)
        .join(Conversation, Conversation.id == Mail.conversation_id)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .join(Site, Site.id == Conversation.site_id)
        .where(Mail.id == mail_id, Mail.state == QUEUED)
    ).one_or_none()
    if found is None:
        return None
    mail, conversation, language, site = found
    replies = session.execute(
        select(Message.seq, Message.at, Message.text, Operator.name)
        .join(Operator, Operator.id == Message.author_id)
        .where(
            Message.conversation_id == conversation.id,
            Message.kind == MESSAGE,
            Message.author_kind == OPERATOR,
            Message.deleted_at.is_(None),
            Message.seq.between(
                max(mail.first_seq or 0, conversation.read_visitor + 1), mail.last_seq or 0
            ),
        )
        .order_by(Message.seq)
    )
    return Letter(
        id=mail.id,
        recipient=mail.recipient,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.id,
        site_key=site.key,
        site_name=site.name,
        languages=(language, site.language),
        replies=tuple(Reply(row.seq, row.name, row.at, row.text or "") for row in replies),
    )


def mails_with(session: Session, conversation_id: Id, seq: int) -> list[Id]:
    """Return the mails in which a message may have left."""
    found = session.scalars(
        select(Mail.id).where(
            Mail.conversation_id == conversation_id, Mail.first_seq <= seq, Mail.last_seq >= seq
        )
    )
    return list(found)


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """A mail with a link that lets an operator in."""

    id: Id
    recipient: str
    kind: str
    link_id: Id
    name: str
    usable: bool


def link_letter(session: Session, mail_id: Id) -> LinkLetter | None:
    """Return a queued mail that carries a link."""
    found = session.execute(
        select(Mail.recipient, AccountLink, Operator.name)
        .join(AccountLink, AccountLink.id == Mail.link_id)
        .join(Operator, Operator.id == AccountLink.operator_id)
        .where(Mail.id == mail_id, Mail.state == QUEUED)
    ).one_or_none()
    if found is None:
        return None
    recipient, link, name = found
    usable = usable_link(session, link.id) is not None
    return LinkLetter(mail_id, recipient, link.kind, link.id, name, usable)
