"""Shapes of visitors on the wire, and who may see which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from kell.core.browsers import described
from kell.core.ids import Id
from kell.core.wire import IdIn, Moment, Shape
from kell.customers.models import Visitor, VisitorPage
from kell.customers.networks import network_of

FieldName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
FieldText = Annotated[str, StringConstraints(max_length=1000)]


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


class PageVisit(Page):
    """The page that a visitor has opened, and what their clock goes by."""

    time_zone: Annotated[
        str | None,
        StringConstraints(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$"),
        Field(description="its IANA name"),
    ] = None


class PageSeen(Shape):
    """The page that a visitor is on, since when."""

    url: str
    title: str
    at: Moment


class VisitorAnswer(Shape):
    """What a visitor was asked before a chat, and answered."""

    id: str
    label: str
    value: str


class VisitorCard(Shape):
    """What an operator sees about a visitor beside the thread (CHAT-9)."""

    id: Id
    number: Annotated[int, Field(description="a short number to call the nameless by")]
    name: str | None
    email: str | None
    phone: str | None
    answers: list[VisitorAnswer]
    user_id: Annotated[str | None, Field(description="who this is on the site")]
    verified: Annotated[bool, Field(description="whether the site has signed that")]
    ip: str | None
    network: Annotated[str | None, Field(description="the /24 or /64 that the address is in")]
    network_private: bool
    user_agent: str | None
    browser: Annotated[str | None, Field(description="Firefox 144")]
    system: Annotated[str | None, Field(description="Android 15")]
    language: str | None
    time_zone: Annotated[str | None, Field(description="its IANA name")]
    started_on: Page | None
    page: PageSeen | None
    pages: Annotated[list[PageSeen], Field(description="the last 20, newest first")]
    visits: int
    first_seen_at: Moment
    last_seen_at: Moment
    here: Annotated[bool, Field(description="on the site now")] = False
    customer: Id | None
    known_by: Annotated[str | None, Field(description="identity, email or phone; null: new")]


class CardVisitor(Shape):
    """A browser in which a customer wrote."""

    id: Id
    number: int
    name: str | None
    email: str | None
    phone: str | None
    last_seen_at: Moment


class CardMerge(Shape):
    """A card that was put into this one, and can be taken out again."""

    id: Id
    name: str | None
    email: str | None
    at: Moment


class CustomerCard(Shape):
    """Whom we serve (ROUTE-1). Of all this the visitor is shown nothing."""

    id: Id
    name: str | None
    email: str | None
    phone: str | None
    company: str | None
    note: str
    fields: dict[str, str]
    created_at: Moment
    visitors: list[CardVisitor]
    merges: list[CardMerge]


class CustomerChanged(Shape):
    """A card is another now, or part of another: read it again."""

    id: Id


class OneCustomer(Shape):
    customer: IdIn


class SaveCustomer(OneCustomer):
    """What is left out stays as it was; an empty text empties."""

    name: Annotated[str | None, StringConstraints(strip_whitespace=True, max_length=200)] = None
    email: EmailStr | Literal[""] | None = None
    phone: Annotated[str | None, StringConstraints(pattern=r"^(\+[1-9][0-9]{4,18})?$")] = None
    company: Annotated[str | None, StringConstraints(strip_whitespace=True, max_length=200)] = None
    note: Annotated[str | None, StringConstraints(max_length=10_000)] = None
    fields: Annotated[dict[FieldName, FieldText] | None, Field(max_length=50)] = None


class FindCustomers(Shape):
    """Words of a name, of which the last may be a beginning; an e-mail or a phone."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class FoundCustomer(Shape):
    id: Id
    name: str | None
    email: str | None
    phone: str | None


class FoundCustomers(Shape):
    customers: list[FoundCustomer]


class MergeCustomers(Shape):
    """Put the card ``source`` into the card ``customer``."""

    customer: IdIn
    source: IdIn


class UnmergeCustomers(OneCustomer):
    merge: IdIn


class SplitCustomer(OneCustomer):
    """The visitors who get a card of their own."""

    visitors: Annotated[list[IdIn], Field(min_length=1, max_length=200)]


class CustomerConversations(OneCustomer):
    after: Annotated[str | None, Field(max_length=200)] = None


class VisitorMoved(Shape):
    """A visitor has opened another page, or left the site."""

    visitor: Id
    page: Annotated[PageSeen | None, Field(description="null: they have left")]
    here: bool
    last_seen_at: Moment


def visitor_number(visitor_id: Id) -> int:
    """Return four digits, the same each time, to call a nameless visitor by."""
    return int(visitor_id[-8:], 16) % 9000 + 1000


def visitor_card(
    visitor: Visitor, started_on: Page | None, pages: Sequence[VisitorPage] = ()
) -> VisitorCard:
    """Show a visitor to an operator."""
    network, browser = network_of(visitor.ip), described(visitor.user_agent)
    page = None
    if visitor.page_url and visitor.page_at:
        page = PageSeen(url=visitor.page_url, title=visitor.page_title or "", at=visitor.page_at)
    return VisitorCard(
        id=visitor.id,
        number=visitor_number(visitor.id),
        name=visitor.name,
        email=visitor.email,
        phone=visitor.phone,
        answers=[VisitorAnswer.model_validate(each) for each in visitor.answers or ()],
        user_id=visitor.identity or visitor.claimed,
        verified=visitor.identity is not None,
        ip=visitor.ip,
        network=network.name,
        network_private=network.private,
        user_agent=visitor.user_agent,
        browser=browser.browser,
        system=browser.system,
        language=visitor.language,
        time_zone=visitor.time_zone,
        started_on=started_on,
        page=page,
        pages=[PageSeen(url=each.url, title=each.title, at=each.at) for each in pages],
        visits=visitor.visits,
        first_seen_at=visitor.created_at,
        customer=visitor.customer_id,
        known_by="identity" if visitor.identity else visitor.known_by,
        last_seen_at=visitor.last_seen_at,
    )
