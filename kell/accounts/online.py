"""Who is at work right now."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.accounts.hours import works
from kell.accounts.models import Operator, TeamMember
from kell.accounts.rules import state_of
from kell.core.clock import now
from kell.core.ids import Id
from kell.core.realtime.presence import Lease


@dataclass(frozen=True, slots=True)
class OnDuty:
    """An operator who is at work: online, or busy."""

    id: Id
    name: str
    photo: str | None
    busy: bool


def on_duty(session: Session, team_ids: Collection[Id]) -> list[OnDuty]:
    """Return who of these teams is at work, always in the same order."""
    at = now()
    found = session.scalars(
        select(Operator)
        .where(
            Operator.disabled_at.is_(None),
            Operator.id.in_(select(Lease.subject).where(Lease.until > at)),
            Operator.id.in_(select(TeamMember.operator_id).where(TeamMember.team_id.in_(team_ids))),
        )
        .order_by(Operator.name, Operator.id)
    )
    states = [
        (
            each,
            state_of(
                each.chosen_state, each.active_at, here=True, at=at, works=works(each.hours, at)
            ),
        )
        for each in found
    ]
    return [
        OnDuty(each.id, each.name, each.photo, busy=state == "busy")
        for each, state in states
        if state in ("online", "busy")
    ]


def photo_of(session: Session, operator_id: Id) -> str | None:
    """Return an operator's photo."""
    return session.scalar(select(Operator.photo).where(Operator.id == operator_id))


def photos_in_use(session: Session) -> set[str]:
    """Return the ids of all pictures that are somebody's photo."""
    photos = session.scalars(select(Operator.photo).where(Operator.photo.is_not(None)))
    return {photo.rpartition("/")[2].partition(".")[0] for photo in photos if photo}


def knows_operator(session: Session, operator_id: Id) -> bool:
    """Say whether there is such an operator, at work or not."""
    return session.get(Operator, operator_id) is not None
