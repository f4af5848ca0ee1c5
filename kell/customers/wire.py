"""Shapes of visitors on the wire, and who may see which."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from kell.core.ids import Id
from kell.core.wire import Moment, Shape
from kell.customers.models import Visitor


@dataclass(frozen=True, slots=True)
class Browser:
    """What a request tells about the browser that sent it."""

    ip: str | None
    user_agent: str | None
    language: str | None


class Page(Shape):
    """A page of the embedding site."""

    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://")]
    title: Annotated[str, StringConstraints(max_length=300)] = ""


class PageSeen(Shape):
    """The page that a visitor is on, since when."""

    url: str
    title: str
    at: Moment


class VisitorCard(Shape):
    """What an operator sees about a visitor beside the thread (CHAT-9)."""

    id: Id
    number: Annotated[int, Field(description="a short number to call the nameless by")]
    name: str | None
    email: str | None
    ip: str | None
    user_agent: str | None
    language: str | None
    started_on: Page | None
    page: PageSeen | None
    last_seen_at: Moment


def visitor_number(visitor_id: Id) -> int:
    """Return four digits, the same each time, to call a nameless visitor by."""
    return int(visitor_id[-8:], 16) % 9000 + 1000


def visitor_card(visitor: Visitor, started_on: Page | None) -> VisitorCard:
    """Show a visitor to an operator."""
    page = None
    if visitor.page_url and visitor.page_at:
        page = PageSeen(url=visitor.page_url, title=visitor.page_title or "", at=visitor.page_at)
    return VisitorCard(
        id=visitor.id,
        number=visitor_number(visitor.id),
        name=visitor.name,
        email=visitor.email,
        ip=visitor.ip,
        user_agent=visitor.user_agent,
        language=visitor.language,
        started_on=started_on,
        page=page,
        last_seen_at=visitor.last_seen_at,
    )
