"""Who works here, as colleagues and as admins see it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kell.accounts.hours import works, works_again
from kell.accounts.models import NO_PASSWORD, Operator, OperatorSession, State, Team, TeamMember
from kell.accounts.queries import teams_of
from kell.accounts.rules import state_of
from kell.accounts.wire import Colleague, Colleagues, PersonHours, PersonRow, TeamName, TeamRow
from kell.core.clock import now
from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.core.realtime.presence import present


def colleagues(session: Session) -> Colleagues:
    """Return everybody who may sign in, and all teams, by name."""
    at_work = select(Operator).where(Operator.disabled_at.is_(None))
    found = session.scalars(at_work.order_by(Operator.name, Operator.id)).all()
    teams, states, at = _teams(session, found), states_of(session, found), now()
    return Colleagues(
        people=[
            Colleague(
                id=each.id,
                name=each.name,
                photo=each.photo,
                role=each.role,
                teams=teams[each.id],
                state=states[each.id],
                works_again=works_again(each.hours, at),
            )
            for each in found
        ],
        teams=[TeamName(id=each.id, name=each.name) for each in teams_of(session, None)],
    )


def people(session: Session, only: Id | None = None) -> list[PersonRow]:
    """Return everybody who ever worked here, or one of them, as admins see them."""
    wanted = select(Operator).order_by(Operator.name, Operator.id)
    if only is not None:
        wanted = wanted.where(Operator.id == only)
    found = session.scalars(wanted).all()
    teams, states, seen = _teams(session, found), states_of(session, found), _seen(session)
    at = now()
    return [
        PersonRow(
            id=each.id,
            name=each.name,
            photo=each.photo,
            role=each.role,
            teams=teams[each.id],
            state=states[each.id],
            works_again=works_again(each.hours, at),
            email=each.email,
            created_at=each.created_at,
            invited=each.password_hash == NO_PASSWORD,
            disabled_at=each.disabled_at,
            last_seen_at=seen.get(each.id),
            hours=PersonHours.model_validate(each.hours) if each.hours else None,
        )
        for each in found
    ]


def person(session: Session, operator_id: Id) -> PersonRow:
    """Return somebody as admins see them.

    Raises:
        NotFound: there is nobody.
    """
    for found in people(session, operator_id):
        return found
    raise NotFound(field="operator")


def team_row(session: Session, team_id: Id) -> TeamRow:
    """Return a team with its members.

    Raises:
        NotFound: there is no such team.
    """
    team = session.get(Team, team_id)
    if team is None:
        raise NotFound(field="team")
    members = select(TeamMember.operator_id).where(TeamMember.team_id == team_id)
    ordered = session.scalars(members.order_by(TeamMember.operator_id))
    return TeamRow(id=team.id, name=team.name, members=list(ordered))


def states(session: Session) -> dict[Id, State]:
    """Return how colleagues see everybody who may sign in."""
    return states_of(
        session, session.scalars(select(Operator).where(Operator.disabled_at.is_(None))).all()
    )


def states_of(session: Session, operators: Collection[Operator]) -> dict[Id, State]:
    """Return how colleagues see each of some operators."""
    here, at = present(session, [each.id for each in operators]), now()
    return {
        each.id: state_of(
            each.chosen_state,
            each.active_at,
            here=each.id in here,
            at=at,
            works=works(each.hours, at),
        )
        for each in operators
    }


def _teams(session: Session, operators: Sequence[Operator]) -> dict[Id, list[Id]]:
    found = session.execute(
        select(TeamMember.operator_id, TeamMember.team_id)
        .where(TeamMember.operator_id.in_([each.id for each in operators]))
        .order_by(TeamMember.team_id)
    )
    teams: dict[Id, list[Id]] = defaultdict(list)
    for row in found:
        teams[row.operator_id].append(row.team_id)
    return teams


def _seen(session: Session) -> dict[Id, datetime]:
    last = func.max(OperatorSession.seen_at)
    found = session.execute(
        select(OperatorSession.operator_id, last.label("at")).group_by(OperatorSession.operator_id)
    )
    return {row.operator_id: row.at for row in found}
