"""Table of the websites that embed the widget."""

from datetime import datetime

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
    created_at: Mapped[datetime]
