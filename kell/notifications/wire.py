"""Shapes of notifications on the wire."""

from typing import Annotated

from pydantic import Field

from kell.core.ids import Id
from kell.core.wire import IdIn, Moment, Shape


class MailQuery(Shape):
    """A page of the log; ``after`` is the ``next`` of the page before."""

    after: IdIn | None = None


class MailRow(Shape):
    """A mail without its words: those are in no log."""

    id: Id
    at: Moment
    to: str
    kind: Annotated[str, Field(description="reply, invitation, reset")]
    state: Annotated[str, Field(description="queued, sent, failed, dropped (nothing to say)")]
    tries: int
    error: str | None
    sent_at: Moment | None
    conversation: Id | None


class MailPage(Shape):
    """Newest first. Unless ``ready``, mails are only kept in the data folder."""

    mails: list[MailRow]
    next: Id | None
    ready: Annotated[bool, Field(description="a server that takes mails is named")]
