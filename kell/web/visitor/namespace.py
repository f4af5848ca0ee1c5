"""The visitors' socket."""

from typing import Any

from kell.chat.access import visitor_room
from kell.core.wire import Nothing, Shape
from kell.customers.actions import token_room
from kell.web.identity import VisitorCaller
from kell.web.requests import visitor_by_token
from kell.web.sockets import Door
from kell.web.visitor.hello import hello
from kell.web.visitor.live import site_room


class VisitorDoor(Door[VisitorCaller]):
    """Namespace ``/visitor``, opened with ``{token}``."""

    side = "visitor"
    at_most = 10

    def identify(self, environ: dict[str, Any], auth: object) -> VisitorCaller:
        token = auth.get("token") if isinstance(auth, dict) else None
        return visitor_by_token(environ, token)

    def rooms(self, caller: VisitorCaller) -> list[str]:
        return [visitor_room(caller.id), site_room(caller.site_id), token_room(caller.token)]

    def welcome(self, sid: str, caller: VisitorCaller) -> Shape:
        self.running.presence.visitor_came(sid, caller.id)
        self.running.beacon.join(sid, self.namespace)
        greeting = hello(caller, Nothing())
        if greeting.conversation is not None:
            self.running.beacon.watch(sid, greeting.conversation.id)
        return greeting
