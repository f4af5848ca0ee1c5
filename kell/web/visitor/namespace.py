"""The visitors' socket."""

from typing import Any

from kell.chat import queries
from kell.chat.access import visitor_room
from kell.core import db
from kell.core.ids import Id
from kell.core.wire import Moment, Shape
from kell.web.identity import VisitorCaller
from kell.web.requests import visitor_by_token
from kell.web.sockets import Door


class CurrentConversation(Shape):
    """The conversation that the widget opens with, and how far it has come."""

    id: Id
    rev: int


class VisitorWelcome(Shape):
    """The first event after a connect. Sync if your rev is another."""

    at: Moment
    visitor: Id
    conversation: CurrentConversation | None


class VisitorDoor(Door[VisitorCaller]):
    """Namespace ``/visitor``, opened with ``{token}``."""

    side = "visitor"

    def identify(self, environ: dict[str, Any], auth: object) -> VisitorCaller:
        token = auth.get("token") if isinstance(auth, dict) else None
        return visitor_by_token(environ, token)

    def rooms(self, caller: VisitorCaller) -> list[str]:
        return [visitor_room(caller.id)]

    def welcome(self, sid: str, caller: VisitorCaller) -> dict[str, Any]:
        self.running.presence.visitor_came(sid, caller.id)
        self.running.beacon.join(sid, self.namespace)
        with db.read() as session:
            current = queries.current_of_visitor(session, caller.id)
        if current is None:
            return {"visitor": caller.id, "conversation": None}
        self.running.beacon.watch(sid, current[0])
        return {"visitor": caller.id, "conversation": {"id": current[0], "rev": current[1]}}
