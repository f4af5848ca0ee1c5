"""The list of conversations."""

from kell.chat import queries, shapes
from kell.chat.pages import Place
from kell.chat.wire import InboxPage, InboxQuery
from kell.core import db
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("inbox.list", InboxQuery, who=OperatorCaller, limit="read")
def list_inbox(caller: OperatorCaller, given: InboxQuery) -> InboxPage:
    """Return a page of a view: who waits, longest first; then by last message, newest first."""
    after = Place.parse(given.after) if given.after else None
    with db.read() as session:
        rows, following = queries.inbox(session, caller.author, given.view, after)
        return shapes.inbox_page(
            session, caller.author, rows, following.cursor() if following else None
        )
