"""Invitations and forgotten passwords: a link by mail that lets its receiver in once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from kell.accounts.actions import end_sessions_of, locked_operator
from kell.accounts.errors import EmailTaken, LinkExpired
from kell.accounts.events import LinkIssued, OperatorDisabled, PasswordChanged
from kell.accounts.models import INVITATION, NO_PASSWORD, RESET, AccountLink, Operator, RoleName
from kell.accounts.people import put_into_teams
from kell.accounts.queries import operator_by_email
from kell.accounts.rules import email_key
from kell.core.audit import Actor, record
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import NotFound
from kell.core.ids import Id, new_id
from kell.core.outbox import enqueue

FORGOT = "account.forgot"
LASTS = {INVITATION: timedelta(days=7), RESET: timedelta(hours=2)}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is asked to join."""

    email: str
    name: str
    role: RoleName
    teams: Collection[Id]


def invite(tx: Tx, actor: Actor, who: Newcomer) -> Id:
    """Add somebody who can't sign in yet, and have them mailed a link that lets them.

    Raises:
        EmailTaken: somebody signs in with this e-mail, or did.
        NotFound: there is no such team.
    """
    email = email_key(who.email)
    if tx.session.scalar(select(Operator.id).where(Operator.email == email)):
        raise EmailTaken(field="email")
    operator = Operator(
        id=new_id(),
        email=email,
        name=who.name,
        role=who.role,
        password_hash=NO_PASSWORD,
        created_at=now(),
    )
    tx.session.add(operator)
    tx.session.flush()  # members and links refer to it
    put_into_teams(tx, operator.id, who.teams)
    _issue(tx, operator.id, INVITATION)
    record(tx, actor, "person.invited", subject=email, after={"role": who.role})
    return operator.id


def invite_again(tx: Tx, actor: Actor, operator_id: Id) -> None:
    """Mail another link to somebody who has not come yet; the earlier ones end.

    Raises:
        NotFound: there is no such operator, or they came long ago.
    """
    operator = locked_operator(tx, operator_id)
    if operator.password_hash != NO_PASSWORD or operator.disabled_at is not None:
        raise NotFound(field="operator")
    _issue(tx, operator_id, INVITATION)
    record(tx, actor, "person.invited", subject=operator.email)


def ask_for_reset(tx: Tx, email: str) -> None:
    """Look later whether anybody has this e-mail: here it would take longer if somebody does."""
    enqueue(tx, FORGOT, {"email": email_key(email)})


def issue_reset(tx: Tx, email: str) -> None:
    """Mail a link for a new password, if anybody signs in with this e-mail."""
    operator = operator_by_email(tx.session, email)
    if operator is not None and operator.password_hash != NO_PASSWORD:
        _issue(tx, operator.id, RESET)


def use_link(tx: Tx, link_id: Id, password_hash: str, name: str | None) -> Id:
    """Give whoever has the link a password, and end all that was before; return who it is.

    Raises:
        LinkExpired: it was used, it is too old, or its owner was shut out.
    """
    link = tx.session.get(AccountLink, link_id, with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= now():
        raise LinkExpired
    operator = locked_operator(tx, link.operator_id)
    if operator.disabled_at is not None:
        raise LinkExpired
    _use_up(tx, operator.id)
    operator.password_hash = password_hash
    if link.kind == INVITATION and name:
        operator.name = name
    end_sessions_of(tx, operator.id)
    tx.happened(PasswordChanged(operator.id))
    return operator.id


def void_links(tx: Tx, changed: PasswordChanged | OperatorDisabled) -> None:
    """End the links of somebody whose password is another one now, or who was shut out."""
    _use_up(tx, changed.operator_id)


def _issue(tx: Tx, operator_id: Id, kind: str) -> None:
    _use_up(tx, operator_id)
    at = now()
    link = AccountLink(
        id=new_id(),
        operator_id=operator_id,
        kind=kind,
        created_at=at,
        expires_at=at + LASTS[kind],
    )
    tx.session.add(link)
    tx.session.flush()  # the mail refers to it
    tx.happened(LinkIssued(link.id))


def _use_up(tx: Tx, operator_id: Id) -> None:
    tx.session.execute(
        update(AccountLink)
        .where(AccountLink.operator_id == operator_id, AccountLink.used_at.is_(None))
        .values(used_at=now())
    )
