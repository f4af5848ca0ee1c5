"""Who reaches which conversation: the one rule of lists, sync, sockets and writes (REACH-2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session

from kell.accounts.models import Operator, Role, TeamMember
from kell.chat.models import OPERATOR, VISITOR, Conversation
from kell.core.ids import Id

SEE_ALL = frozenset({Role.SUPERVISOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever reads or writes: proven by the door, not by what came through it."""

    kind: str
    id: Id
    name: str | None = None
    photo: str | None = None
    sees_all: bool = False

    @classmethod
    def visitor(cls, visitor_id: Id, name: str | None = None) -> "Author":
        return cls(VISITOR, visitor_id, name)

    @classmethod
    def operator(
        cls, operator_id: Id, name: str, photo: str | None = None, *, sees_all: bool
    ) -> "Author":
        return cls(OPERATOR, operator_id, name, photo, sees_all)


def within_reach(author: Author) -> ColumnElement[bool]:
    """Return the condition under which a row of ``conversations`` is the author's to see."""
    if author.kind == VISITOR:
        return Conversation.visitor_id == author.id
    if author.sees_all:
        return true()
    return or_(Conversation.assignee_id == author.id, Conversation.team_id.in_(own_teams(author)))


def own_teams(author: Author) -> Select[Id]:
    """Return the teams that an operator is in."""
    return select(TeamMember.team_id).where(TeamMember.operator_id == author.id)


Hands = tuple[Id, Id | None]
"""In which a conversation is: the team, and who is responsible."""


def reaching(session: Session, operators: Iterable[Id], hands: Hands) -> set[Id]:
    """Return those of some operators who reach a conversation in these hands."""
    team_id, assignee_id = hands
    member = exists().where(TeamMember.team_id == team_id, TeamMember.operator_id == Operator.id)
    reach = or_(Operator.role.in_(SEE_ALL), Operator.id == assignee_id, member)
    return set(session.scalars(select(Operator.id).where(Operator.id.in_(list(operators)), reach)))


def who_reach_no_more(session: Session, before: Hands, after: Hands) -> list[Id]:
    """Return who reached a conversation, and has lost it as it went from hand to hand."""
    team_id, assignee_id = before
    members = select(TeamMember.operator_id).where(TeamMember.team_id == team_id)
    had = set(session.scalars(members)) | ({assignee_id} if assignee_id else set())
    return sorted(had - reaching(session, had, after))


def operator_rooms(team_id: Id, assignee_id: Id | None) -> tuple[str, ...]:
    """Return the rooms whose members reach a conversation: the same rule, for sockets."""
    rooms = (f"team:{team_id}", "all")
    return rooms if assignee_id is None else (*rooms, f"operator:{assignee_id}")


def visitor_room(visitor_id: Id) -> str:
    """Return the room of all tabs of a visitor."""
    return f"visitor:{visitor_id}"
