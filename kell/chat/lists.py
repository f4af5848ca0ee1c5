"""The pages of the inbox, and how much is in it: by index alone, however long the past is."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from kell.chat.access import Author, own_teams
from kell.chat.models import CLOSED, Conversation
from kell.chat.pages import Place
from kell.chat.queries import State, states
from kell.core.db.aside import read_aside
from kell.core.ids import Id

LIST_PAGE = 50

# As words of the statement, not as parameters: only so do partial indexes serve it.
_OPEN = Conversation.status == literal_column("'open'")
_CLOSED = Conversation.status == literal_column("'closed'")
_WAITS = and_(_OPEN, Conversation.waiting_since.is_not(None))
_RESTS = and_(_OPEN, Conversation.waiting_since.is_(None))


def inbox(
    session: Session,
    author: Author,
    view: str,
    after: Place | None,
    *where: ColumnElement[bool],
) -> tuple[list[State], Place | None]:
    """Return a page of the list, and where the next one begins. ``where`` narrows the view."""
    teams = _teams(session, author)
    if view == CLOSED:
        keys = _closed(session, author, teams, after, where)
    else:
        keys = _open(session, _in_view(author, teams, view), after, where)
    page = keys[:LIST_PAGE]
    known = {state.id: state for state in states(session, [key.id for key in page])}
    following = Place.of(page[-1]) if len(keys) > LIST_PAGE else None
    return [known[key.id] for key in page], following


def waiting_count(session: Session, author: Author) -> int:
    """Return how many open conversations within reach wait for a person (CHAT-5)."""
    reach = _in_view(author, _teams(session, author), "all")
    return session.execute(select(func.count()).where(_WAITS, reach)).scalar_one()


def counts(session: Session, author: Author) -> Row[Any]:
    """Return how many open conversations within reach there are, per view."""
    teams = _teams(session, author)
    reach = _in_view(author, teams, "all")
    columns = (
        Conversation.assignee_id,
        Conversation.team_id,
        Conversation.waiting_since,
        (Conversation.seq > Conversation.read_operator).label("unread"),
    )
    # In two parts, as the indexes are.
    parts = (select(*columns).where(part, reach) for part in (_WAITS, _RESTS))
    found = union_all(*parts).subquery()

    def those(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row: Row[Any]
    [row] = read_aside(
        session,
        select(
            those(found.c.assignee_id == author.id).label("mine"),
            those(found.c.team_id.in_(teams)).label("team"),
            those(found.c.assignee_id.is_(None)).label("queue"),
            func.count().label("all"),
            those(found.c.waiting_since.is_not(None)).label("waiting"),
            those(found.c.unread).label("unread"),
        ),
    )
    return row


def _teams(session: Session, author: Author) -> Sequence[Id]:
    return session.scalars(own_teams(author)).all()


def _in_view(author: Author, teams: Sequence[Id], view: str) -> ColumnElement[bool]:
    """Return the condition of a view among the open ones, which are read in their order.

    ``coalesce`` keeps the databases from reading by assignee first, and sorting then.
    """
    assignee, team = func.coalesce(Conversation.assignee_id, ""), Conversation.team_id + ""
    # No team has an empty id: "none of them" must not be a condition that planners reason about.
    mine, ours = assignee == author.id, team.in_(teams or [""])
    if view == "mine":
        return mine
    if view == "team":
        return ours
    if view == "queue":
        return and_(assignee == "", true() if author.sees_all else ours)
    return true() if author.sees_all else or_(mine, ours)


def _open(
    session: Session,
    in_view: ColumnElement[bool],
    after: Place | None,
    where: Sequence[ColumnElement[bool]],
) -> list[Row[Any]]:
    """Return the keys of a page and one more: who waits, longest first; then the rest."""
    keys: list[Row[Any]] = []
    if after is None or after.waits:
        order = (Conversation.waiting_since, Conversation.id)
        found = _keys(_WAITS, in_view, *where).order_by(*order)
        if after is not None:
            found = found.where(tuple_(*order) > (after.at, after.id))
        keys += session.execute(found.limit(LIST_PAGE + 1)).all()
    if len(keys) <= LIST_PAGE:
        rest = after if after is not None and not after.waits else None
        found = _newest(rest, _RESTS, in_view, *where)
        keys += session.execute(found.limit(LIST_PAGE + 1 - len(keys))).all()
    return keys


def _closed(
    session: Session,
    author: Author,
    teams: Sequence[Id],
    after: Place | None,
    where: Sequence[ColumnElement[bool]],
) -> list[Row[Any]]:
    """Return the keys of a page and one more, by last message.

    The past is long: the newest of each team's, and of the author's, are read and put together.
    """
    place = after if after is not None and not after.waits else None
    parts = [
        _newest(place, _CLOSED, part, *where).limit(LIST_PAGE + 1).subquery()
        for part in _parts_of_reach(author, teams)
    ]
    # A narrowed list may have to look far: nobody waits for it.
    found = read_aside(session, union_all(*(select(part) for part in parts)))
    once = {key.id: key for key in found}
    ordered = sorted(once.values(), key=lambda key: (key.last_at, key.id), reverse=True)
    return ordered[: LIST_PAGE + 1]


def _parts_of_reach(author: Author, teams: Sequence[Id]) -> Iterator[ColumnElement[bool]]:
    if author.sees_all:
        yield true()
        return
    yield Conversation.assignee_id == author.id
    for team in teams:
        yield Conversation.team_id == team


def _newest(after: Place | None, *where: ColumnElement[bool]) -> Select[Any]:
    order = (Conversation.last_at, Conversation.id)
    found = _keys(*where).order_by(*(column.desc() for column in order))
    if after is not None:
        found = found.where(tuple_(*order) < (after.at, after.id))
    return found


def _keys(*where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Conversation.id,
        Conversation.waiting_since,
        Conversation.last_at,
    )
    return select(*columns).where(*where)
