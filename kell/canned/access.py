"""Who may use a canned reply, and who may change it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from kell.accounts.models import TeamMember
from kell.canned.models import ALL, OWN, TEAM, CannedReply, Scope
from kell.core.errors import Forbidden, NotFound
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class Writer:
    """An operator, and whether everybody's and every team's replies are theirs to change."""

    id: Id
    leads: bool


def within_reach(writer: Writer) -> ColumnElement[bool]:
    """Return the condition under which a reply is offered: others' own ones are nobody's."""
    teams = select(TeamMember.team_id).where(TeamMember.operator_id == writer.id)
    of_team = true() if writer.leads else CannedReply.team_id.in_(teams)
    return or_(
        CannedReply.scope == ALL,
        CannedReply.owner_id == writer.id,
        (CannedReply.scope == TEAM) & of_team,
    )


def may_change(writer: Writer, scope: Scope) -> bool:
    """Say whether a reply within reach is the writer's to change."""
    return scope != ALL or writer.leads


def check_place(session: Session, writer: Writer, scope: Scope, team_id: Id | None) -> None:
    """Let a reply be put only where the writer may change one.

    Raises:
        NotFound: the team is none of theirs.
        Forbidden: everybody's replies are not theirs to write.
    """
    if not may_change(writer, scope):
        raise Forbidden(field="scope")
    if scope in (OWN, ALL) or writer.leads:
        return
    member = select(TeamMember.team_id).where(
        TeamMember.operator_id == writer.id, TeamMember.team_id == team_id
    )
    if session.scalar(member) is None:
        raise NotFound(field="team")
