"""The table of jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

WAITING, DONE, DEAD = "waiting", "done", "dead"


class Job(Model):
    """Something to be done outside of a transaction, at ``due_at`` or later.

    ``payload`` holds ids and plain values, never what somebody wrote: it is looked up when the
    job runs. ``key`` makes enqueuing idempotent and is what a timer is cancelled by. Before
    ``leased_until`` nobody takes it: it is being done under ``lease``, or waits to be tried again.
    """

    __tablename__ = "jobs"

    id: Mapped[Id] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[Id | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_jobs_waiting",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
