"""What a list may be narrowed to."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement

from kell.chat.models import Conversation
from kell.chat.wire import InboxQuery

COLUMNS = {
    "site": Conversation.site_id,
    "team": Conversation.team_id,
    "assignee": Conversation.assignee_id,
    "channel": Conversation.channel,
    "topic": Conversation.topic,
}


def narrowed(given: InboxQuery) -> Iterator[ColumnElement[bool]]:
    """Return the conditions that a query names beside its view."""
    for name, column in COLUMNS.items():
        value = getattr(given, name)
        if value is not None:
            yield column == value
    if given.unread:
        yield Conversation.seq > Conversation.read_operator
