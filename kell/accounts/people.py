"""What admins do about the people who answer, and their teams. All of it is on record."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from kell.accounts.actions import end_sessions_of, locked_operator
from kell.accounts.errors import TeamInUse
from kell.accounts.events import OperatorDisabled, ReachChanged
from kell.accounts.hours import hours_in_words
from kell.accounts.models import NO_PASSWORD, Operator, Role, RoleName, Team, TeamMember
from kell.core.audit import Actor, record
from kell.core.clock import now
from kell.core.db import Frame, Tx
from kell.core.errors import Forbidden, NotFound
from kell.core.ids import Id, new_id


@dataclass(frozen=True, slots=True)
class Described:
    """What admins say about somebody."""

    name: str
    role: RoleName
    teams: Collection[Id]
    hours: dict[str, Any] | None


def change_operator(tx: Tx, actor: Actor, operator_id: Id, to: Described) -> None:
    """Give somebody another name or role, other teams or hours.

    Raises:
        NotFound: there is no such operator or team.
        Forbidden: it is the last admin, after whom nobody could let anybody in.
    """
    admins = _admins(tx)
    operator = locked_operator(tx, operator_id)
    if to.role != Role.ADMIN.value and admins == [operator_id]:
        raise Forbidden("the last admin stays", field="role")
    before = _described(tx, operator)
    operator.name, operator.role, operator.hours = to.name, to.role, to.hours
    put_into_teams(tx, operator_id, to.teams)
    after = _described(tx, operator)
    if {**after, "hours": None} != {**before, "hours": None}:
        _reach_changed(tx, [operator_id])
    record(tx, actor, "person.changed", subject=operator.email, before=before, after=after)


def disable_operator(tx: Tx, operator_id: Id, actor: Actor | None = None) -> None:
    """Shut somebody out, at once and on every device. Doing it twice is fine.

    Raises:
        NotFound: there is no such operator.
        Forbidden: it is the last admin, after whom nobody could let anybody in.
    """
    admins = _admins(tx)
    operator = locked_operator(tx, operator_id)
    if operator.disabled_at is not None:
        return
    if admins == [operator_id]:
        raise Forbidden("the last admin stays")
    operator.disabled_at = now()
    end_sessions_of(tx, operator_id)
    tx.happened(OperatorDisabled(operator_id))
    if actor is not None:
        record(tx, actor, "person.disabled", subject=operator.email)


def enable_operator(tx: Tx, actor: Actor, operator_id: Id) -> None:
    """Let somebody in again, with the password that they had. Doing it twice is fine.

    Raises:
        NotFound: there is no such operator.
    """
    operator = locked_operator(tx, operator_id)
    if operator.disabled_at is not None:
        operator.disabled_at = None
        record(tx, actor, "person.enabled", subject=operator.email)


def sign_operator_out(tx: Tx, actor: Actor, operator_id: Id) -> None:
    """End every session of somebody.

    Raises:
        NotFound: there is no such operator.
    """
    operator = locked_operator(tx, operator_id)
    end_sessions_of(tx, operator_id)
    record(tx, actor, "person.signed_out", subject=operator.email)


def save_team(
    tx: Tx, actor: Actor, team_id: Id | None, *, name: str, members: Collection[Id]
) -> Id:
    """Make a team, or give one another name or other members.

    Raises:
        NotFound: there is no such team or operator.
    """
    if team_id is None:
        team = Team(id=new_id(), name=name, created_at=now())
        tx.session.add(team)
        before: dict[str, Any] = {}
    else:
        found = tx.session.get(Team, team_id, with_for_update=True)
        if found is None:
            raise NotFound(field="team")
        team, before = found, {"name": found.name, "members": _member_names(tx, team_id)}
        team.name = name
    tx.session.flush()
    _fill_team(tx, team.id, members)
    after = {"name": name, "members": _member_names(tx, team.id)}
    done = "team.changed" if team_id else "team.made"
    record(tx, actor, done, subject=name, before=before, after=after)
    return team.id


def remove_team(tx: Tx, actor: Actor, team_id: Id) -> None:
    """Remove a team that nothing belongs to. Removing it twice is fine.

    Raises:
        TeamInUse: it has conversations or sites, or is the last one there is.
    """
    teams = tx.session.scalars(select(Team.id).order_by(Team.id).with_for_update()).all()
    if team_id not in teams:
        return
    team = tx.session.get_one(Team, team_id)
    members = _members(tx, team_id)
    try:
        with tx.session.begin_nested():
            tx.session.execute(delete(Team).where(Team.id == team_id))
    except IntegrityError:
        raise TeamInUse from None
    if len(teams) == 1:
        raise TeamInUse
    _reach_changed(tx, members)
    record(tx, actor, "team.removed", subject=team.name)


def reconnect(tx: Tx, changed: ReachChanged) -> None:
    """Have somebody who reaches other conversations now come anew.

    Their sockets are not ended here: one of them may wait for the answer to this very change.
    Every process looks for sockets with an old reach, and ends them within a second.
    """
    room = (f"operator:{changed.operator_id}",)
    tx.publish(Frame("/operator", room, "reach.changed", {}))


def _admins(tx: Tx) -> list[Id]:
    """Return who can let others in; locked in order, so that two can't disable each other."""
    return list(
        tx.session.scalars(
            select(Operator.id)
            .where(
                Operator.role == Role.ADMIN,
                Operator.disabled_at.is_(None),
                Operator.password_hash != NO_PASSWORD,  # who has not come yet lets nobody in
            )
            .order_by(Operator.id)
            .with_for_update()
        )
    )


def _described(tx: Tx, operator: Operator) -> dict[str, Any]:
    tx.session.flush()
    names = (
        select(Team.name)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.operator_id == operator.id)
        .order_by(Team.name)
    )
    teams = list(tx.session.scalars(names))
    return {
        "name": operator.name,
        "role": operator.role,
        "teams": teams,
        "hours": hours_in_words(operator.hours),
    }


def put_into_teams(tx: Tx, operator_id: Id, teams: Collection[Id]) -> None:
    """Make these the teams of an operator.

    Raises:
        NotFound: there is no such team.
    """
    known = set(tx.session.scalars(select(Team.id).where(Team.id.in_(teams))))
    if known != set(teams):
        raise NotFound(field="teams")
    mine = select(TeamMember.team_id).where(TeamMember.operator_id == operator_id)
    before = set(tx.session.scalars(mine))
    left = TeamMember.team_id.in_(before - known)
    tx.session.execute(delete(TeamMember).where(TeamMember.operator_id == operator_id, left))
    _join(tx, [(each, operator_id) for each in known - before])


def _fill_team(tx: Tx, team_id: Id, members: Collection[Id]) -> None:
    known = set(tx.session.scalars(select(Operator.id).where(Operator.id.in_(members))))
    if known != set(members):
        raise NotFound(field="members")
    before = _members(tx, team_id)
    left = TeamMember.operator_id.in_(before - known)
    tx.session.execute(delete(TeamMember).where(TeamMember.team_id == team_id, left))
    _join(tx, [(team_id, each) for each in known - before])
    _reach_changed(tx, known ^ before)


def _join(tx: Tx, pairs: Collection[tuple[Id, Id]]) -> None:
    at = now()
    tx.session.add_all(
        TeamMember(team_id=team, operator_id=who, joined_at=at) for team, who in pairs
    )
    tx.session.flush()


def _members(tx: Tx, team_id: Id) -> set[Id]:
    found = select(TeamMember.operator_id).where(TeamMember.team_id == team_id)
    return set(tx.session.scalars(found))


def _member_names(tx: Tx, team_id: Id) -> list[str]:
    found = (
        select(Operator.name)
        .join(TeamMember, TeamMember.operator_id == Operator.id)
        .where(TeamMember.team_id == team_id)
        .order_by(Operator.name)
    )
    return list(tx.session.scalars(found))


def _reach_changed(tx: Tx, operators: Collection[Id]) -> None:
    if not operators:
        return
    tx.session.execute(
        update(Operator).where(Operator.id.in_(operators)).values(reach=Operator.reach + 1)
    )
    for each in sorted(operators):
        tx.happened(ReachChanged(each))
