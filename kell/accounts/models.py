"""Tables of the people who answer, and of the browsers in which they are signed in."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db.model import Model
from kell.core.ids import Id


class Role(StrEnum):
    """What an operator may do: answer; reach all chats and reports; set everything up."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


RoleName = Literal["operator", "supervisor", "admin"]
"""The same, as it is stored and sent."""

Chosen = Literal["online", "busy", "away"]
"""What operators say about themselves."""
State = Literal["online", "busy", "away", "offline"]
"""What their colleagues see."""


class Team(Model):
    """A conversation belongs to one team at a time (REACH-1)."""

    __tablename__ = "teams"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class Operator(Model):
    """One who answers. Never deleted, because messages name their writer: disabled instead."""

    __tablename__ = "operators"
    __table_args__ = (CheckConstraint("role IN ('operator', 'supervisor', 'admin')", name="role"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    """As ``kell.accounts.rules.email_key`` folds it."""
    name: Mapped[str]
    role: Mapped[RoleName] = mapped_column(String)
    photo: Mapped[str | None]
    """Address of the picture, on this server."""
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    reach: Mapped[int] = mapped_column(server_default=text("0"))
    """How often what they reach has changed: sockets from before must come anew."""
    chosen_state: Mapped[Chosen] = mapped_column(String(8), server_default="online")
    hours: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """A ``PersonHours``; nothing: they work whenever they are here."""
    active_at: Mapped[datetime | None]
    """When mouse or keys last moved, to the minute; nothing of clients that never say it."""


class TeamMember(Model):
    __tablename__ = "team_members"

    team_id: Mapped[Id] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    operator_id: Mapped[Id] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime]


INVITATION, RESET = "invitation", "reset"
# No hash: no password fits it.
NO_PASSWORD = ""


class AccountLink(Model):
    """What a mailed link opens: once, and until it is too old."""

    __tablename__ = "account_links"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    operator_id: Mapped[Id] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OperatorSession(Model):
    """One browser in which an operator is signed in. Ending a session deletes its row."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the cookie's secret: a stolen table opens no door."""
    operator_id: Mapped[Id] = mapped_column(
        ForeignKey("operators.id", ondelete="CASCADE"), index=True
    )
    user_agent: Mapped[str | None] = mapped_column(String(500))
    ip: Mapped[str | None] = mapped_column(String(45))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """Accurate to an hour, so that reading doesn't write."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """The end whatever happens; an idle session ends earlier."""
