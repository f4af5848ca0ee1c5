"""What a widget has to know first."""

from kell.chat import queries
from kell.core import db
from kell.core.clock import now
from kell.core.ids import Id
from kell.core.wire import Moment, Nothing, Shape
from kell.sites.queries import site_by_id
from kell.sites.wire import SiteOnline
from kell.web.commands import command
from kell.web.identity import VisitorCaller
from kell.web.visitor.answering import answering


class CurrentConversation(Shape):
    """The conversation that the widget opens with, and how far it has come."""

    id: Id
    rev: int


class VisitorWelcome(Shape):
    """The first event after a connect. Sync if your rev is another."""

    at: Moment
    visitor: Id
    conversation: CurrentConversation | None
    online: SiteOnline


@command("hello", Nothing, who=VisitorCaller, limit="read")
def hello(caller: VisitorCaller, _given: Nothing) -> VisitorWelcome:
    """Return what a socket hears as `welcome`: for clients without one."""
    with db.read() as session:
        current = queries.current_of_visitor(session, caller.id)
        online = answering(session, site_by_id(session, caller.site_id))
    conversation = CurrentConversation(id=current[0], rev=current[1]) if current else None
    return VisitorWelcome(at=now(), visitor=caller.id, conversation=conversation, online=online)
