"""Everything that changes operators and their sessions."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, text, update

from kell.accounts.errors import EmailTaken, LoginFailed
from kell.accounts.events import PasswordChanged, SessionEnded
from kell.accounts.models import Operator, OperatorSession, Role, Team, TeamMember
from kell.accounts.queries import has_operators
from kell.accounts.rules import (
    IDLE_FOR_AT_MOST,
    SEEN_IS_ACCURATE_TO,
    SIGNED_IN_FOR_AT_MOST,
    email_key,
)
from kell.core.clock import now
from kell.core.db import Frame, Tx
from kell.core.errors import NotFound
from kell.core.ids import Id, new_id
from kell.core.outbox import enqueue

SWEPT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who and what a fresh installation begins with."""

    operator_id: Id
    team_id: Id


@dataclass(frozen=True, slots=True)
class Place:
    """The browser in which somebody signs in."""

    user_agent: str | None = None
    ip: str | None = None
    session_id: str | None = None
    """Of the session that is there already."""


def make_first_admin(
    tx: Tx, *, email: str, password_hash: str, name: str = "Admin", team: str = "Support"
) -> FirstAdmin | None:
    """Make the first team with an admin in it, or return nothing if there is an operator."""
    if tx.session.get_bind().dialect.name == "postgresql":
        # Two servers may start together on one empty database; SQLite has one writer anyway.
        tx.session.execute(text("LOCK TABLE operators IN SHARE ROW EXCLUSIVE MODE"))
    if has_operators(tx.session):
        return None
    moment = now()
    made = FirstAdmin(operator_id=new_id(), team_id=new_id())
    tx.session.add_all(
        [
            Team(id=made.team_id, name=team, created_at=moment),
            Operator(
                id=made.operator_id,
                email=email_key(email),
                name=name,
                role=Role.ADMIN,
                password_hash=password_hash,
                created_at=moment,
            ),
        ]
    )
    tx.session.flush()  # the member's foreign keys need both
    tx.session.add(TeamMember(team_id=made.team_id, operator_id=made.operator_id, joined_at=moment))
    return made


def add_operator(tx: Tx, *, email: str, name: str, role: str, password_hash: str) -> Id:
    """Make an operator, in the only team there is, or in none when there are several.

    Raises:
        EmailTaken: somebody signs in with this e-mail.
    """
    if tx.session.scalar(select(Operator.id).where(Operator.email == email_key(email))):
        raise EmailTaken(field="email")
    moment = now()
    operator = Operator(
        id=new_id(),
        email=email_key(email),
        name=name,
        role=role,
        password_hash=password_hash,
        created_at=moment,
    )
    tx.session.add(operator)
    tx.session.flush()  # the member's foreign key needs it
    teams = tx.session.scalars(select(Team.id).limit(2)).all()
    if len(teams) == 1:
        tx.session.add(TeamMember(team_id=teams[0], operator_id=operator.id, joined_at=moment))
    return operator.id


def sign_in(
    tx: Tx,
    operator_id: Id,
    session_id: str,
    *,
    checked_hash: str | None = None,
    place: Place = Place(),
) -> None:
    """Open a session for somebody whose password was right.

    ``session_id`` is the digest of the secret that goes into the cookie; it is always a new one,
    whatever cookie the browser had, and the session of that one ends (ASVS 7.2.4).

    Raises:
        LoginFailed: meanwhile the operator was disabled, or has another password than the one
            with ``checked_hash``.
    """
    operator = tx.session.get(Operator, operator_id)
    if operator is None or operator.disabled_at is not None:
        raise LoginFailed
    if checked_hash is not None and operator.password_hash != checked_hash:
        raise LoginFailed
    if place.session_id is not None:
        sign_out(tx, place.session_id)
    moment = now()
    tx.session.add(
        OperatorSession(
            id=session_id,
            operator_id=operator_id,
            user_agent=place.user_agent,
            ip=place.ip,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + SIGNED_IN_FOR_AT_MOST,
        )
    )


def touch_session(tx: Tx, session_id: str) -> None:
    """Note that a session is in use; at most once an hour, whoever asks how often."""
    moment = now()
    tx.session.execute(
        update(OperatorSession)
        .where(
            OperatorSession.id == session_id,
            OperatorSession.seen_at <= moment - SEEN_IS_ACCURATE_TO,
        )
        .values(seen_at=moment)
    )


def sign_out(tx: Tx, session_id: str) -> None:
    """End one session. Ending it twice is fine."""
    found = tx.session.scalars(select(OperatorSession).where(OperatorSession.id == session_id))
    _end(tx, found.all())


def end_session_of(tx: Tx, operator_id: Id, shown_id: Id) -> None:
    """End one of an operator's own sessions. Ending it twice is fine."""
    mine = _sessions_of(tx, operator_id)
    _end(tx, [each for each in mine if each.id.startswith(shown_id)])


def end_other_sessions(tx: Tx, operator_id: Id, session_id: str) -> None:
    """End all sessions of an operator but this one."""
    _end(tx, [each for each in _sessions_of(tx, operator_id) if each.id != session_id])


def end_old_sessions(tx: Tx) -> int:
    """End sessions that are idle or too old, some at a time; return how many."""
    moment = now()
    found = tx.session.scalars(
        select(OperatorSession)
        .where(
            or_(
                OperatorSession.expires_at <= moment,
                OperatorSession.seen_at <= moment - IDLE_FOR_AT_MOST,
            )
        )
        .limit(SWEPT_AT_ONCE)
    ).all()
    _end(tx, found)
    return len(found)


def change_password(tx: Tx, operator_id: Id, password_hash: str) -> None:
    """Store a new password and end every session of its owner: one of them may be a thief's.

    The browser that asked is signed in anew in the same work.

    Raises:
        NotFound: there is no such operator.
    """
    operator = locked_operator(tx, operator_id)
    operator.password_hash = password_hash
    _end(tx, _sessions_of(tx, operator_id))
    tx.happened(PasswordChanged(operator_id))


def end_sessions_of(tx: Tx, operator_id: Id) -> None:
    """Sign somebody out everywhere."""
    _end(tx, _sessions_of(tx, operator_id))


def disconnect_session(tx: Tx, ended: SessionEnded) -> None:
    """Tell the sockets of a session that it has ended, and end them."""
    room = (f"session:{ended.session_id}",)
    tx.publish(Frame("/operator", room, "session.ended", {}, disconnects=True))


def forget_first_login(tx: Tx, changed: PasswordChanged) -> None:
    """Have the written-down first password removed, once the new one is on disk."""
    enqueue(tx, "first_login.forget", {"operator_id": changed.operator_id})


def locked_operator(tx: Tx, operator_id: Id) -> Operator:
    """Return an operator whom nobody else changes meanwhile.

    Raises:
        NotFound: there is no such operator.
    """
    found = tx.session.get(Operator, operator_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def _sessions_of(tx: Tx, operator_id: Id) -> list[OperatorSession]:
    found = select(OperatorSession).where(OperatorSession.operator_id == operator_id)
    return list(tx.session.scalars(found))


def _end(tx: Tx, sessions: Iterable[OperatorSession]) -> None:
    ended = {browser.id: browser.operator_id for browser in sessions}
    if not ended:
        return
    tx.session.execute(delete(OperatorSession).where(OperatorSession.id.in_(ended)))
    for session_id, operator_id in ended.items():
        tx.happened(SessionEnded(session_id, operator_id))
