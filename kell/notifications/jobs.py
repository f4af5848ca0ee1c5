"""What the worker does about notifications."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any

from kell.core import db
from kell.core.config.current import current
from kell.core.outbox import Permanent
from kell.core.security.account_links import words_of
from kell.core.security.resume import resume_link
from kell.notifications import actions, queries
from kell.notifications.letters import compose, compose_link
from kell.notifications.providers import Refused, smtp


def check_reply(payload: dict[str, Any]) -> None:
    """Look whether a reply was seen."""
    said_at = datetime.fromisoformat(payload["said_at"])
    db.write(
        lambda tx: actions.check_reply(tx, payload["conversation_id"], payload["seq"], said_at)
    )


def send_mail(payload: dict[str, Any]) -> None:
    """Send a mail, then note that it has left. Cut off in between, it may leave twice."""
    with db.read() as session:
        letter = queries.letter(session, payload["mail_id"])
        invitation = queries.link_letter(session, payload["mail_id"])
    if invitation is not None:
        _send_link(invitation)
    if letter is None:
        return
    if not letter.replies:
        db.write(lambda tx: actions.mail_was_dropped(tx, letter.id))
        return
    config = current()
    resume = resume_link(letter.visitor_id, letter.conversation_id)
    _send(compose(letter, config, resume), letter.id)
    seqs = [reply.seq for reply in letter.replies]
    db.write(lambda tx: actions.mail_was_sent(tx, letter.id, seqs))


def scrub_copies(payload: dict[str, Any]) -> None:
    """Remove a deleted message from what lies in files: kept mails, and the database's log."""
    with db.read() as session:
        mails = queries.mails_with(session, payload["conversation_id"], payload["seq"])
    for mail_id in mails:
        smtp.file_of(current().data, mail_id).unlink(missing_ok=True)
    db.database().scrub()


def _send_link(letter: queries.LinkLetter) -> None:
    if not letter.usable:
        db.write(lambda tx: actions.mail_was_dropped(tx, letter.id))
        return
    _send(compose_link(letter, current(), words_of(letter.link_id)), letter.id)
    db.write(lambda tx: actions.mail_was_sent(tx, letter.id, []))


def _send(message: EmailMessage, mail_id: str) -> None:
    """Hand a mail over.

    Raises:
        Permanent: it will never be taken.
        Refused: it wasn't taken this time.
    """
    try:
        smtp.send(message, mail_id, current())
    except Refused as refused:
        if refused.permanent:
            raise Permanent(str(refused)) from refused
        raise
