"""For networks that block WebSockets: one request that waits for what is new in the lists."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, NamedTuple

from flask import Blueprint, request
from pydantic import AwareDatetime, Field, TypeAdapter
from sqlalchemy import Row

from kell.chat import queries, shapes
from kell.chat.wire import OperatorChange
from kell.core import db
from kell.core.clock import now
from kell.core.errors import Invalid
from kell.core.ids import Id
from kell.core.wire import Moment, Shape, iso
from kell.web.commands import validate
from kell.web.identity import OperatorCaller
from kell.web.operator.namespace import rooms_of
from kell.web.requests import operator_of
from kell.web.routes import route
from kell.web.waiting import wait_for_news

bp = Blueprint("operator_changes", __name__, url_prefix="/api/operator")

# A commit may become visible after a later one was seen; who has it drops it by its rev.
OVERLAP = timedelta(seconds=10)
AT_MOST = 200
MOMENT = TypeAdapter(AwareDatetime)


class ChangesAfter(Shape):
    """The ``at`` of `hello`, then the ``next`` of the answer before."""

    after: Annotated[str, Field(max_length=100)]


class OperatorChanges(Shape):
    """Conversations that changed, each with its last step: like pushes of which some got lost.

    With ``more``, read the lists that are shown again.
    """

    at: Moment
    next: str
    changes: list[OperatorChange]
    gone: Annotated[list[Id], Field(description="has left your reach: forget it")]
    more: Annotated[bool, Field(description="too many have changed to name them")]


class News(NamedTuple):
    """What there is after a moment: what changed within reach, and what has left it."""

    at: datetime
    changed: Sequence[Row[Any]]
    gone: Sequence[Row[Any]]


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
    after, known = _cursor(given.after)

    def look() -> News:
        operator_of(request.environ)  # the session may have ended while the request waited
        at = now()
        with db.read() as session:
            changed = queries.changed_within_reach(session, caller.author, after, AT_MOST + 1)
            gone = queries.gone_from_reach(session, caller.author, after, AT_MOST + 1)
        return News(at, changed, gone)

    news = wait_for_news(
        "/operator", rooms_of(caller), look, lambda found: _known(found, after) != known
    )
    shown = news.changed[:AT_MOST]
    with db.read() as session:
        changes = shapes.last_steps(session, shown)
    since = news.at - OVERLAP
    return OperatorChanges(
        at=news.at,
        next=f"{iso(since)}~{_known(news, since)}",
        changes=changes,
        gone=[each.id for each in news.gone[:AT_MOST]],
        more=max(len(news.changed), len(news.gone)) > AT_MOST,
    )


def _cursor(text: str) -> tuple[datetime, str]:
    """Return the moment after which to look, and a digest of what was seen after it before."""
    moment, _, known = text.partition("~")
    try:
        after = MOMENT.validate_python(moment).astimezone(UTC)
        return (after, known) if known else (after - OVERLAP, NOTHING)
    except (ValueError, OverflowError):
        raise Invalid("neither a moment nor a cursor of ours", field="after") from None


def _known(news: News, after: datetime) -> str:
    """Digest the revs of what changed after a moment: equal if there is no news."""
    states = [*news.changed, *news.gone]
    revs = sorted(f"{state.id}{state.rev}" for state in states if state.changed_at > after)
    return hashlib.sha256("".join(revs).encode()).hexdigest()[:16]


NOTHING = _known(News(now(), [], []), now())
