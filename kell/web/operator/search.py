"""Finding conversations."""

from kell.core import db
from kell.search import queries
from kell.search.pages import parse
from kell.search.wire import SearchPage, SearchQuery
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("inbox.search", SearchQuery, who=OperatorCaller, limit="read")
def search(caller: OperatorCaller, given: SearchQuery) -> SearchPage:
    """Return a page of conversations by what was said in them, and by whom."""
    after = parse(given.after) if given.after else None
    with db.read() as session:
        return queries.search(session, caller.author, given.q, after)
