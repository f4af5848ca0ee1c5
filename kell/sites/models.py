"""Table of the websites that embed the widget."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db.model import Model
from kell.core.ids import Id


class Site(Model):
    __tablename__ = "sites"

    id: Mapped[Id] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Public: it stands in the page's ``<script>`` line."""
    name: Mapped[str]
    team_id: Mapped[Id] = mapped_column(ForeignKey("teams.id", ondelete="RESTRICT"), index=True)
    """Whose chats these become, unless a topic names another team (REACH-1)."""
    language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")
    """For visitors whose browser asks for none that we speak."""
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Counts the admins' savings: who saves names the one that they have seen."""
    parts: Mapped[dict[str, Any] | None]
    """The rest of ``kell.sites.settings.SiteSettings``; what is missing is as it comes."""
    secret: Mapped[str | None] = mapped_column(String(64))
    """What the site's own server signs its visitors' identities with."""
    created_at: Mapped[datetime]


class SiteOrigin(Model):
    """A page's origin on which the widget was seen; empty where the page hides it."""

    __tablename__ = "site_origins"

    site_id: Mapped[Id] = mapped_column(
        ForeignKey("sites.id", ondelete="CASCADE"), primary_key=True
    )
    origin: Mapped[str] = mapped_column(String(300), primary_key=True)
    seen_at: Mapped[datetime]
    """Accurate to an hour."""
