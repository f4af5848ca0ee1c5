"""Questions about operators, teams and sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.accounts.models import AccountLink, Operator, OperatorSession, RoleName, Team, TeamMember
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
    reach: int
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
        reach=operator.reach,
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


def sessions_of(session: Session, operator_id: Id) -> Sequence[OperatorSession]:
    """Return the browsers in which an operator is signed in, the newest first."""
    moment = now()
    return session.scalars(
        select(OperatorSession)
        .where(
            OperatorSession.operator_id == operator_id,
            OperatorSession.expires_at > moment,
            OperatorSession.seen_at > moment - IDLE_FOR_AT_MOST,
        )
        .order_by(OperatorSession.created_at.desc())
    ).all()


def usable_link(session: Session, link_id: Id) -> tuple[AccountLink, Operator] | None:
    """Return a link that still lets its owner in, and who that is."""
    found = session.execute(
        select(AccountLink, Operator)
        .join(Operator, Operator.id == AccountLink.operator_id)
        .where(
            AccountLink.id == link_id,
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > now(),
            Operator.disabled_at.is_(None),
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def teams_of(session: Session, operator_id: Id | None) -> Sequence[Team]:
    """Return an operator's teams by name, or with ``None`` all there are."""
    teams = select(Team).order_by(Team.name, Team.id)
    if operator_id is not None:
        teams = teams.join(TeamMember).where(TeamMember.operator_id == operator_id)
    return session.scalars(teams).all()


def reaches(session: Session, operators: Collection[Id]) -> dict[Id, int]:
    """Return how often the reach of each of some operators has changed."""
    found = session.execute(
        select(Operator.id, Operator.reach).where(Operator.id.in_(list(operators)))
    )
    return {row.id: row.reach for row in found}


def names_of(session: Session, operators: Collection[Id]) -> dict[Id, str]:
    """Return what operators are called, those who left too."""
    found = session.execute(
        select(Operator.id, Operator.name).where(Operator.id.in_(list(operators)))
    )
    return {row.id: row.name for row in found}
