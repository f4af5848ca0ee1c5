"""Table of the mails that were sent, or are about to be."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

QUEUED, SENT, DROPPED = "queued", "sent", "dropped"
REPLY = "reply"


class Mail(Model):
    """One mail: about replies that a visitor has not seen, or with a link that lets somebody in.

    The replies are those from ``first_seq`` to ``last_seq``. It holds no text: that is read when
    the mail is sent, so a deleted reply isn't in it.
    """

    __tablename__ = "mails"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default=REPLY, server_default=REPLY)
    conversation_id: Mapped[Id | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    link_id: Mapped[Id | None] = mapped_column(ForeignKey("account_links.id", ondelete="CASCADE"))
    recipient: Mapped[str] = mapped_column(String(254))
    first_seq: Mapped[int | None]
    last_seq: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default=QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_mails_conversation_id", "conversation_id", "last_seq"),)
