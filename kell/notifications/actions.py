"""Everything that is written about notifications."""

from datetime import datetime

from sqlalchemy import func, select, update

from kell.accounts.events import LinkIssued
from kell.accounts.models import AccountLink, Operator
from kell.chat.changes import revise
from kell.chat.events import MessageDeleted, MessageSent
from kell.chat.models import MESSAGE, OPERATOR, Conversation, Message
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.ids import Id, new_id
from kell.core.outbox import enqueue
from kell.customers.models import Visitor
from kell.notifications.models import DROPPED, QUEUED, SENT, Mail
from kell.notifications.rules import AWAY_AFTER, UNSEEN_AFTER, Verdict, about_reply

CHECK, SEND, SCRUB = "reply.check", "mail.send", "mail.scrub"


def watch_reply(tx: Tx, sent: MessageSent) -> None:
    """Look after a reply: has the visitor seen it?"""
    if sent.author_kind == OPERATOR:
        at = now()
        _check_later(tx, sent.conversation_id, sent.seq, said_at=at, due_at=at + AWAY_AFTER)


def check_reply(tx: Tx, conversation_id: Id, seq: int, said_at: datetime) -> None:
    """Mail a reply that the visitor has not seen, with all others since the last mail, once."""
    row = tx.session.execute(
        select(Conversation, Visitor.email)
        .join(Visitor, Visitor.id == Conversation.visitor_id)
        .where(Conversation.id == conversation_id)
        .with_for_update(of=Conversation)
    ).one_or_none()
    if row is None or row.email is None or row.Conversation.mailed_seq >= seq:
        return
    conversation: Conversation = row.Conversation
    verdict = about_reply(
        seq=seq,
        delivered=conversation.delivered_visitor,
        read=conversation.read_visitor,
        waited=now() - said_at,
    )
    if verdict is Verdict.WAIT:
        _check_later(tx, conversation_id, seq, said_at=said_at, due_at=said_at + UNSEEN_AFTER)
    elif verdict is Verdict.MAIL:
        _queue_mail(tx, conversation, row.email)


def mail_was_sent(tx: Tx, mail_id: Id, seqs: list[int]) -> None:
    """Note that a mail has left, and show operators which messages left with it."""
    mail = tx.session.get_one(Mail, mail_id)
    mail.state, mail.sent_at = SENT, now()
    if mail.conversation_id is None:
        return
    changed = revise(tx, mail.conversation_id, public=False)
    if changed is None:
        return
    stamped = tx.session.execute(
        update(Message)
        .where(Message.conversation_id == mail.conversation_id, Message.kind == MESSAGE)
        .where(Message.seq.in_(seqs))
        .values(mailed_at=mail.sent_at, rev=changed.now.rev)
        .returning(Message.id, Message.seq, Message.deleted_at)
        .execution_options(synchronize_session=False)
    ).all()
    changed.rows.update(dict.fromkeys(row.id for row in stamped))
    for row in stamped:
        # While it was being sent: whoever looked for copies came too early for this one.
        if row.deleted_at is not None:
            _scrub_later(tx, mail.conversation_id, row.seq, key=f"{SCRUB}:{row.id}:{mail.id}")


def mail_was_dropped(tx: Tx, mail_id: Id) -> None:
    """Note that nothing was left to say."""
    tx.session.get_one(Mail, mail_id).state = DROPPED


def mail_link(tx: Tx, issued: LinkIssued) -> None:
    """Mail an operator the link that lets them in."""
    link = tx.session.get_one(AccountLink, issued.link_id)
    operator = tx.session.get_one(Operator, link.operator_id)
    mail = Mail(
        id=new_id(),
        kind=link.kind,
        link_id=link.id,
        recipient=operator.email,
        state=QUEUED,
        created_at=now(),
    )
    tx.session.add(mail)
    enqueue(tx, SEND, {"mail_id": mail.id}, key=f"{SEND}:{mail.id}")


def scrub_copies(tx: Tx, deleted: MessageDeleted) -> None:
    """Have what a deletion leaves behind in files removed, once it is on disk."""
    key = f"{SCRUB}:{deleted.message_id}"
    _scrub_later(tx, deleted.conversation_id, deleted.seq, key=key)


def _scrub_later(tx: Tx, conversation_id: Id, seq: int, *, key: str) -> None:
    enqueue(tx, SCRUB, {"conversation_id": conversation_id, "seq": seq}, key=key)


def _check_later(
    tx: Tx, conversation_id: Id, seq: int, *, said_at: datetime, due_at: datetime
) -> None:
    payload = {
        "conversation_id": conversation_id,
        "seq": seq,
        "said_at": said_at.isoformat(),
    }
    step = "unseen" if due_at - said_at > AWAY_AFTER else "away"
    enqueue(tx, CHECK, payload, key=f"{step}:{conversation_id}:{seq}", due_at=due_at)


def _queue_mail(tx: Tx, conversation: Conversation, recipient: str) -> None:
    first = max(conversation.mailed_seq, conversation.read_visitor) + 1
    last = tx.session.scalar(
        select(func.max(Message.seq)).where(
            Message.conversation_id == conversation.id,
            Message.kind == MESSAGE,
            Message.author_kind == OPERATOR,
            Message.deleted_at.is_(None),
            Message.seq >= first,
        )
    )
    if last is None:
        return
    conversation.mailed_seq = last
    mail = Mail(
        id=new_id(),
        conversation_id=conversation.id,
        recipient=recipient,
        first_seq=first,
        last_seq=last,
        state=QUEUED,
        created_at=now(),
    )
    tx.session.add(mail)
    enqueue(tx, SEND, {"mail_id": mail.id}, key=f"{SEND}:{mail.id}")
