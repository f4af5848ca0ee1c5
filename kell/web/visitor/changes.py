"""For networks that block WebSockets: one request that waits for what is new."""

from flask import Blueprint, request

from kell.chat import shapes
from kell.chat.access import visitor_room
from kell.chat.wire import SyncConversation, VisitorSync
from kell.core import db
from kell.core.errors import Unauthenticated
from kell.customers.actions import token_room
from kell.customers.queries import is_token
from kell.web.commands import validate
from kell.web.identity import VisitorCaller
from kell.web.routes import route
from kell.web.waiting import wait_for_news

bp = Blueprint("visitor_changes", __name__, url_prefix="/api/visitor")


@route(
    bp,
    "GET",
    "/changes",
    who=VisitorCaller,
    takes=SyncConversation,
    gives=VisitorSync,
    limit="read",
)
def changes(caller: VisitorCaller) -> VisitorSync:
    """Return what came after a rev, as soon as there is anything, or nothing after 25 s."""
    raw = request.args.to_dict()
    given = validate(SyncConversation, raw | {"after": _number(raw.get("after", "0"))})

    def look() -> VisitorSync:
        with db.read() as session:
            if not is_token(session, caller.token):
                raise Unauthenticated
            return shapes.visitor_sync(session, caller.author, given.conversation, given.after)

    rooms = [visitor_room(caller.id), token_room(caller.token)]
    return wait_for_news("/visitor", rooms, look, lambda answer: answer["rev"] != given.after)


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text
