"""Table of the replies that are kept ready."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

OWN, TEAM, ALL = "own", "team", "all"
Scope = Literal["own", "team", "all"]


class CannedReply(Model):
    """A text behind a shortcut. Variables in it are filled in by the browser."""

    __tablename__ = "canned_replies"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    place: Mapped[str] = mapped_column(String(40))
    """Whose it is, in one word: among these a shortcut stands for one reply."""
    scope: Mapped[Scope] = mapped_column(String(8))
    owner_id: Mapped[Id | None] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), index=True
    )
    team_id: Mapped[Id | None] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), index=True
    )
    shortcut: Mapped[str] = mapped_column(String(40))
    shortcut_key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("place", "shortcut_key"),)
