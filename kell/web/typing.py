"""Typing: stored nowhere, acknowledged by nobody, gone by itself."""

from datetime import timedelta

from kell.chat import queries
from kell.chat.access import Author, operator_rooms, visitor_room
from kell.chat.models import VISITOR
from kell.chat.wire import Person, Typing
from kell.core import db
from kell.core.clock import now
from kell.core.db import Frame
from kell.core.ids import Id
from kell.web.running import running

SHOWN_FOR = timedelta(seconds=6)


def tell_typing(author: Author, conversation_id: Id) -> None:
    """Tell the other side, and colleagues, that somebody is typing (CHAT-11, CHAT-14).

    Raises:
        NotFound: the conversation is out of the author's reach.
    """
    with db.read() as session:
        state = queries.state(session, author, conversation_id)
    person = Person(
        kind="visitor" if author.kind == VISITOR else "operator",
        id=author.id,
        # A socket knows its visitor as they came, perhaps before they said who they are.
        name=state.visitor_name if author.kind == VISITOR else author.name,
        photo=author.photo,
    )
    hint = Typing(conversation=conversation_id, author=person, until=now() + SHOWN_FOR)
    data = hint.model_dump(mode="json")
    hub = running().hub
    rooms = operator_rooms(state.team_id, state.assignee_id)
    hub.whisper(Frame("/operator", rooms, "typing", data, skip=db.origin.get()))
    if author.kind != VISITOR:
        hub.whisper(Frame("/visitor", (visitor_room(state.visitor_id),), "typing", data))
