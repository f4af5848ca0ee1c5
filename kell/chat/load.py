"""How much everybody has to do, for whoever leads."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kell.accounts.directory import colleagues
from kell.accounts.wire import Colleague
from kell.chat.models import OPEN, Conversation
from kell.core.wire import Moment, Shape


class Load(Shape):
    """Open conversations, those of them that wait, and since when the longest does."""

    open: int
    waiting: int
    longest: Moment | None


class LoadRow(Shape):
    operator: Colleague
    load: Load


class TeamLoad(Shape):
    """How much everybody has, and how much nobody has yet."""

    people: list[LoadRow]
    queue: Load


def team_load(session: Session) -> TeamLoad:
    """Return the open conversations of each operator and of the queue, and who waits there."""
    found = session.execute(
        select(
            Conversation.assignee_id,
            func.count().label("open"),
            func.count(Conversation.waiting_since).label("waiting"),
            func.min(Conversation.waiting_since).label("longest"),
        )
        .where(Conversation.status == OPEN)
        .group_by(Conversation.assignee_id)
    )
    loads = {
        row.assignee_id: Load(open=row.open, waiting=row.waiting, longest=row.longest)
        for row in found
    }
    none = Load(open=0, waiting=0, longest=None)
    people = colleagues(session).people
    return TeamLoad(
        people=[LoadRow(operator=each, load=loads.get(each.id, none)) for each in people],
        queue=loads.get(None, none),
    )
