"""For networks that block WebSockets: one request that waits for what is new in the lists."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from flask import Blueprint, request
from pydantic import AwareDatetime, Field

from kell.chat import queries, shapes
from kell.chat.wire import OperatorChange
from kell.core import db
from kell.core.clock import now
from kell.core.errors import Invalid
from kell.core.wire import Moment, Shape
from kell.web.commands import validate
from kell.web.identity import OperatorCaller
from kell.web.operator.namespace import rooms_of
from kell.web.routes import route
from kell.web.waiting import wait_for_news

bp = Blueprint("operator_changes", __name__, url_prefix="/api/operator")

# A commit may become visible after a later one was seen; who has it drops it by its rev.
OVERLAP = timedelta(seconds=10)
AT_MOST = 200


class ChangesAfter(Shape):
    """The ``at`` of the answer before."""

    after: AwareDatetime


class OperatorChanges(Shape):
    """Conversations that changed, each with its last step: like pushes of which some got lost.

    With ``more``, read the lists that are shown again.
    """

    at: Moment
    changes: list[OperatorChange]
    more: Annotated[bool, Field(description="too many have changed to name them")]


@route(
    bp,
    "GET",
    "/changes",
    who=OperatorCaller,
    takes=ChangesAfter,
    gives=OperatorChanges,
    limit="read",
)
def changes(caller: OperatorCaller) -> OperatorChanges:
    """Return the conversations that changed after a moment, as soon as there is one."""
    given: ChangesAfter = validate(ChangesAfter, request.args.to_dict())
    try:
        after = given.after.astimezone(UTC)
        overlapping = after - OVERLAP
    except OverflowError:
        raise Invalid("at the end of time", field="after") from None

    def look() -> tuple[datetime, list[queries.State], bool]:
        at = now()
        with db.read() as session:
            found = queries.changed_within_reach(session, caller.author, overlapping, AT_MOST + 1)
        return at, list(found[:AT_MOST]), len(found) > AT_MOST

    at, states, more = wait_for_news(
        "/operator",
        rooms_of(caller),
        look,
        lambda found: any(state.changed_at > after for state in found[1]),
    )
    with db.read() as session:
        last_steps = shapes.last_steps(session, states)
    return OperatorChanges(at=at, changes=last_steps, more=more)
