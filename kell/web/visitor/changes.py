"""For networks that block WebSockets: one request that waits for what is new."""

from time import monotonic

from flask import Blueprint, request

from kell.chat import shapes
from kell.chat.access import visitor_room
from kell.chat.wire import SyncConversation, VisitorSync
from kell.core import db
from kell.core.security.limits import limits
from kell.web.commands import validate
from kell.web.identity import VisitorCaller
from kell.web.requests import visitor_of
from kell.web.routes import route
from kell.web.running import running

bp = Blueprint("visitor_changes", __name__, url_prefix="/api/visitor")

WAITS = 25.0
LOOKS_EVERY = 3.0


@route(
    bp, "GET", "/changes", who=VisitorCaller, takes=SyncConversation, gives=VisitorSync, limit=None
)
def changes() -> VisitorSync:
    """Return what came after a rev, as soon as there is anything, or nothing after 25 s."""
    caller = visitor_of(request.environ)
    limits().hit("read", "visitor", caller.id)
    raw = request.args.to_dict()
    given = validate(SyncConversation, raw | {"after": _number(raw.get("after", "0"))})
    until = monotonic() + WAITS
    # Wait first, then read: what is committed in between wakes us.
    with running().hub.waiting_for("/visitor", visitor_room(caller.id)) as woken:
        while True:
            woken.clear()
            answer = _sync(caller, given)
            left = until - monotonic()
            if answer.rev != given.after or left <= 0:
                return answer
            # Another process may have committed it: look from time to time all the same.
            woken.wait(min(left, LOOKS_EVERY))


def _sync(caller: VisitorCaller, given: SyncConversation) -> VisitorSync:
    with db.read() as session:
        return shapes.visitor_sync(session, caller.author, given.conversation, given.after)


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text
