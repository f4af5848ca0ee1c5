"""Where visitors are, told to whoever reaches their chats (CHAT-9)."""

from collections.abc import Mapping
from datetime import datetime

from kell.chat.customers import rooms_of_visitors
from kell.core.clock import now
from kell.core.db import Frame, Tx
from kell.core.ids import Id
from kell.customers.actions import mark_seen, move_to_page
from kell.customers.wire import PageSeen, PageVisit, VisitorMoved


def moved(tx: Tx, visitor_id: Id, page: PageVisit) -> None:
    """Note that a visitor has opened a page, and tell it."""
    move_to_page(tx, visitor_id, page)
    at = now()
    seen = PageSeen(url=page.url, title=page.title, at=at)
    _tell(tx, [VisitorMoved(visitor=visitor_id, page=seen, here=True, last_seen_at=at)])


def left(tx: Tx, seen: Mapping[Id, datetime]) -> None:
    """Note when visitors who have left were last here, and tell it."""
    mark_seen(tx, list(seen.items()))
    _tell(
        tx,
        [
            VisitorMoved(visitor=who, page=None, here=False, last_seen_at=at)
            for who, at in seen.items()
        ],
    )


def _tell(tx: Tx, news: list[VisitorMoved]) -> None:
    rooms = rooms_of_visitors(tx.session, [each.visitor for each in news])
    for each in news:
        if each.visitor in rooms:
            data = each.model_dump(mode="json")
            tx.publish(Frame("/operator", rooms[each.visitor], "visitor.moved", data))
