"""Tables of visitors."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
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
    ip: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(500))
    language: Mapped[str | None] = mapped_column(String(35))
    page_url: Mapped[str | None] = mapped_column(String(2000))
    page_title: Mapped[str | None] = mapped_column(String(300))
    page_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class VisitorToken(Model):
    """What a browser has to show: its first, and one for each link from a mail that it opened."""

    __tablename__ = "visitor_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    visitor_id: Mapped[Id] = mapped_column(
        ForeignKey("visitors.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
