"""The list of conversations."""

from kell.accounts.access import require
from kell.accounts.models import Role
from kell.chat import lists, shapes
from kell.chat.filters import narrowed
from kell.chat.load import TeamLoad, team_load
from kell.chat.pages import Place
from kell.chat.wire import InboxCounts, InboxPage, InboxQuery
from kell.core import db
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("inbox.list", InboxQuery, who=OperatorCaller, limit="read")
def list_inbox(caller: OperatorCaller, given: InboxQuery) -> InboxPage:
    """Return a page of a view: who waits, longest first; then by last message, newest first."""
    after = Place.parse(given.after) if given.after else None
    with db.read() as session:
        rows, following = lists.inbox(session, caller.author, given.view, after, *narrowed(given))
        return shapes.inbox_page(
            session, caller.author, rows, following.cursor() if following else None
        )


@command("inbox.counts", Nothing, who=OperatorCaller, limit="read")
def count_inbox(caller: OperatorCaller, _given: Nothing) -> InboxCounts:
    """Return how many open conversations there are in each view."""
    with db.read() as session:
        found = lists.counts(session, caller.author)
    return InboxCounts(**found._asdict())


@command("team.load", Nothing, who=OperatorCaller, limit="read")
def show_load(caller: OperatorCaller, _given: Nothing) -> TeamLoad:
    """Return how many conversations everybody has. For supervisors and admins."""
    require(caller.role, Role.SUPERVISOR)
    with db.read() as session:
        return team_load(session)
