"""Table of the mails that were sent, or are about to be."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

QUEUED, SENT, DROPPED = "queued", "sent", "dropped"


class Mail(Model):
    """One mail about replies that a visitor has not seen: from ``first_seq`` to ``last_seq``.

    It holds no text: that is read when the mail is sent, so a deleted reply isn't in it.
    """

    __tablename__ = "mails"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[Id] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    recipient: Mapped[str] = mapped_column(String(254))
    first_seq: Mapped[int]
    last_seq: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_mails_conversation_id", "conversation_id", "last_seq"),)
