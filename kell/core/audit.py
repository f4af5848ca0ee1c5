"""What admins did: who, when, what, from where, with what was there before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kell.core.clock import now
from kell.core.db import Model, Tx
from kell.core.ids import Id, new_id

PAGE = 50


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and the address from which it came."""

    id: Id
    address: str


class AuditEntry(Model):
    """One act of somebody who sets things up. Never changed, never removed."""

    __tablename__ = "audit_entries"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    operator_id: Mapped[Id] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str | None] = mapped_column(String(300))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    address: Mapped[str] = mapped_column(String(45))


def record(
    tx: Tx,
    actor: Actor,
    action: str,
    *,
    subject: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note an act in the transaction of the act itself.

    ``before`` and ``after`` are cut to what differs; if both are given and nothing does, nothing
    was done. Never pass secrets: every admin reads this.
    """
    was, is_now = dict(before or {}), dict(after or {})
    changed = {name for name in {*was, *is_now} if was.get(name) != is_now.get(name)}
    if before is not None and after is not None and not changed:
        return
    entry = AuditEntry(
        id=new_id(),
        at=now(),
        operator_id=actor.id,
        action=action,
        subject=subject[:300] if subject else None,
        before={name: value for name, value in was.items() if name in changed} or None,
        after={name: value for name, value in is_now.items() if name in changed} or None,
        address=actor.address,
    )
    tx.session.add(entry)


def entries(session: Session, after: Id | None) -> list[AuditEntry]:
    """Return a page of the log and one more, newest first: ids made later sort later."""
    found = select(AuditEntry).order_by(AuditEntry.id.desc())
    if after is not None:
        found = found.where(AuditEntry.id < after)
    return list(session.scalars(found.limit(PAGE + 1)))
