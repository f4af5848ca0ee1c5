"""The log of mails, as admins read it."""

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from kell.core.ids import Id
from kell.core.outbox.models import DEAD, Job
from kell.notifications.actions import SEND
from kell.notifications.models import QUEUED, Mail
from kell.notifications.wire import MailRow

PAGE = 50
FAILED = "failed"


def mails(session: Session, after: Id | None) -> tuple[list[MailRow], Id | None]:
    """Return a page of mails, newest first, and where the next one begins."""
    found = (
        select(Mail, Job.attempts, Job.error, Job.state.label("job"))
        .outerjoin(Job, Job.key == literal(f"{SEND}:").concat(Mail.id))
        .order_by(Mail.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        found = found.where(Mail.id < after)
    rows = session.execute(found).all()
    page = [_row(*each) for each in rows[:PAGE]]
    return page, page[-1].id if len(rows) > PAGE else None


def _row(mail: Mail, tries: int | None, error: str | None, job: str | None) -> MailRow:
    hopeless = mail.state == QUEUED and job == DEAD
    return MailRow(
        id=mail.id,
        at=mail.created_at,
        to=mail.recipient,
        kind=mail.kind,
        state=FAILED if hopeless else mail.state,
        # A job that was done is forgotten after a week.
        tries=tries if tries is not None else int(mail.state != QUEUED),
        error=error,
        sent_at=mail.sent_at,
        conversation=mail.conversation_id,
    )
