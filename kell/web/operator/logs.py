"""What admins read afterwards: who changed what, which mails left."""

import json
from typing import Any

from kell.accounts.access import require
from kell.accounts.models import Role
from kell.accounts.queries import names_of
from kell.accounts.wire import AuditChange, AuditPage, AuditQuery, AuditRow
from kell.core import audit, db
from kell.notifications.log import mails
from kell.notifications.wire import MailPage, MailQuery
from kell.web.commands import command
from kell.web.identity import OperatorCaller
from kell.web.running import running


@command("audit.list", AuditQuery, who=OperatorCaller, limit="read")
def list_audit(caller: OperatorCaller, given: AuditQuery) -> AuditPage:
    """Return a page of what admins did, newest first. For admins."""
    require(caller.role, Role.ADMIN)
    with db.read() as session:
        found = audit.entries(session, given.after)
        names = names_of(session, {each.operator_id for each in found})
    page = found[: audit.PAGE]
    return AuditPage(
        entries=[_row(each, names.get(each.operator_id)) for each in page],
        next=page[-1].id if len(found) > audit.PAGE else None,
    )


def _row(entry: audit.AuditEntry, who: str | None) -> AuditRow:
    before, after = entry.before or {}, entry.after or {}
    return AuditRow(
        id=entry.id,
        at=entry.at,
        who=who,
        action=entry.action,
        subject=entry.subject,
        changes=[
            AuditChange(field=name, before=_said(before.get(name)), after=_said(after.get(name)))
            for name in sorted({*before, *after})
        ],
        address=entry.address,
    )


def _said(value: Any) -> str | None:
    """Return a value as a person reads it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@command("mails.list", MailQuery, who=OperatorCaller, limit="read")
def list_mails(caller: OperatorCaller, given: MailQuery) -> MailPage:
    """Return a page of the mails that were sent, or could not be, newest first. For admins."""
    require(caller.role, Role.ADMIN)
    with db.read() as session:
        page, following = mails(session, given.after)
    ready = running().config.smtp_url is not None
    return MailPage(mails=page, next=following, ready=ready)
