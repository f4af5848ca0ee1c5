"""Tables of visitors."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id


class Visitor(Model):
    """Somebody on one site, known by a token alone (CHAT-12)."""

    __tablename__ = "visitors"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    site_id: Mapped[Id] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    """As E.164 writes it."""
    answers: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    """What else was asked before a chat: ``id``, ``label``, ``value``; the last of each id."""
    ip: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(500))
    language: Mapped[str | None] = mapped_column(String(35))
    identity: Mapped[str | None] = mapped_column(String(200))
    """Who this is by the signed word of the site; nobody else there is the same."""
    claimed: Mapped[str | None] = mapped_column(String(200))
    """Who this is by a word that nobody has signed: shown as such, and good for nothing."""
    page_url: Mapped[str | None] = mapped_column(String(2000))
    page_title: Mapped[str | None] = mapped_column(String(300))
    page_at: Mapped[datetime | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    """By its IANA name, as the browser says it."""
    visits: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Half an hour away makes the next one."""
    customer_id: Mapped[Id | None] = mapped_column(String(32), index=True)
    known_by: Mapped[str | None] = mapped_column(String(16))
    """What they were known again by, if they were."""
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    __table_args__ = (Index("uq_visitors_site_id_identity", "site_id", "identity", unique=True),)


class VisitorPage(Model):
    """A page that a visitor was on; the last ones of each are kept."""

    __tablename__ = "visitor_pages"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    visitor_id: Mapped[Id] = mapped_column(ForeignKey("visitors.id", ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(String(2000))
    title: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_visitor_pages_visitor_id", "visitor_id", "id"),)


class Customer(Model):
    """Somebody whom we serve, whatever browsers they write from."""

    __tablename__ = "customers"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    company: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    merged_into_id: Mapped[Id | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )


class CustomerMerge(Model):
    """A card that was put into another one: kept until it is taken out again."""

    __tablename__ = "customer_merges"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    into_id: Mapped[Id] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[Id] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    operator_id: Mapped[Id] = mapped_column(String(32))
    visitors: Mapped[list[str]] = mapped_column(JSON)
    taken: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the other card didn't say and took over: it goes again with this one."""
    at: Mapped[datetime]


class VisitorToken(Model):
    """What a browser has to show: its first, and one for each link from a mail that it opened."""

    __tablename__ = "visitor_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    visitor_id: Mapped[Id] = mapped_column(
        ForeignKey("visitors.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]


class Consent(Model):
    """That a visitor agreed to something: to what, in which words, when (CHAT-3). Kept as it is."""

    __tablename__ = "consents"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    visitor_id: Mapped[Id] = mapped_column(
        ForeignKey("visitors.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(50))
    url: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]


class EndedToken(Model):
    """A token that has ended lately: other processes still have sockets that came with it."""

    __tablename__ = "ended_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
