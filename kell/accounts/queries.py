"""Questions about operators, teams and sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.accounts.models import Operator, OperatorSession, RoleName, Team, TeamMember
from kell.accounts.rules import (
    IDLE_FOR_AT_MOST,
    SEEN_IS_ACCURATE_TO,
    email_key,
    is_alive,
)
from kell.core.clock import now
from kell.core.ids import Id
from kell.core.security.tokens import digest


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An operator in one browser."""

    id: Id
    name: str
    email: str
    role: RoleName
    photo: str | None
    session_id: str
    seen_lately: bool
    """If not, the session must be touched, or it ends for being idle."""


def has_operators(session: Session) -> bool:
    """Whether anybody could sign in: a fresh installation has nobody."""
    return session.scalar(select(Operator.id).limit(1)) is not None


def operator_by_email(session: Session, email: str) -> Operator | None:
    """Return who signs in with ``email``; the disabled don't."""
    return session.scalar(
        select(Operator).where(Operator.email == email_key(email), Operator.disabled_at.is_(None))
    )


def operator_of_session(session: Session, secret: str) -> SignedIn | None:
    """Return whose browser holds ``secret``, unless the session has ended."""
    found = session.execute(
        select(Operator, OperatorSession)
        .join(Operator, Operator.id == OperatorSession.operator_id)
        .where(OperatorSession.id == digest(secret), Operator.disabled_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    operator, browser = found
    moment = now()
    if not is_alive(seen_at=browser.seen_at, expires_at=browser.expires_at, at=moment):
        return None
    return SignedIn(
        id=operator.id,
        name=operator.name,
        email=operator.email,
        role=operator.role,
        photo=operator.photo,
        session_id=browser.id,
        seen_lately=moment < browser.seen_at + SEEN_IS_ACCURATE_TO,
    )


def live_sessions(session: Session, ids: Collection[str]) -> set[str]:
    """Return which of the sessions still are: the sockets of all others must close."""
    moment = now()
    return set(
        session.scalars(
            select(OperatorSession.id)
            .join(Operator, Operator.id == OperatorSession.operator_id)
            .where(
                OperatorSession.id.in_(ids),
                OperatorSession.expires_at > moment,
                OperatorSession.seen_at > moment - IDLE_FOR_AT_MOST,
                Operator.disabled_at.is_(None),
            )
        )
    )


def teams_of(session: Session, operator_id: Id | None) -> Sequence[Team]:
    """Return an operator's teams by name, or with ``None`` all there are."""
    teams = select(Team).order_by(Team.name, Team.id)
    if operator_id is not None:
        teams = teams.join(TeamMember).where(TeamMember.operator_id == operator_id)
    return session.scalars(teams).all()
