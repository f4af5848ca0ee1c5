"""Shapes of search on the wire."""

from typing import Annotated, Literal

import pydantic
from pydantic import StringConstraints

from kell.chat.wire import InboxRow, Person
from kell.core.ids import Id
from kell.core.wire import Moment, Shape


class SearchQuery(Shape):
    """Words of which all must stand in one message, or in what is known of a visitor."""

    q: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        pydantic.Field(
            description="the last word may be a beginning; case and accents don't matter"
        ),
    ]
    after: Annotated[str | None, pydantic.Field(max_length=200)] = None


class Span(Shape):
    """A part of a text, in UTF-16 units: ``text.slice(start, end)``."""

    start: int
    end: int


Field = Literal["message", "note", "name", "email", "phone", "number", "card"]
"""``card``: what an operator wrote on the customer's card."""


class Hit(Shape):
    """Why a conversation was found. Of a visitor's details there is only the text."""

    field: Field
    message: Id | None
    line: int | None
    author: Person | None
    at: Moment | None
    text: Annotated[str, pydantic.Field(description="the part where the words stand")]
    ranges: list[Span]


class FoundRow(InboxRow):
    """A row of the list, with what fits."""

    hit: Hit


class SearchPage(Shape):
    """Found by person first, then by message, newest first; each conversation once.

    Work per page is bounded: a page may be short, or empty, and more follow while ``next`` is set.
    A later page may bring an older match of a conversation that was found before.
    """

    rows: list[FoundRow]
    next: str | None
