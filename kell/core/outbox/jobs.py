"""Writing jobs: all inside somebody's transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kell.core.chance import jitter
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.ids import Id, new_id
from kell.core.outbox.models import DEAD, DONE, WAITING, Job

LEASE = timedelta(seconds=60)
FIRST_RETRY = 2.0
LONGEST_RETRY = 900.0
# Late, and tried often enough: a server that was off for a day gives nothing up at its first try.
GIVE_UP_AFTER = timedelta(hours=24)
TRIES_AT_LEAST = 10
KEEP_DONE = timedelta(days=7)


class Permanent(Exception):
    """Raised by a job that can't succeed, ever: it goes to the dead letters at once."""


def enqueue(
    tx: Tx,
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Have ``kind`` done once this transaction is on disk; the same ``key`` counts once."""
    at = now()
    values = {
        "id": new_id(),
        "kind": kind,
        "key": key,
        "payload": dict(payload),
        "state": WAITING,
        "due_at": due_at or at,
        "attempts": 0,
        "created_at": at,
    }
    if key is None:
        tx.session.execute(insert(Job).values(values))
        return
    dialect = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
    tx.session.execute(
        dialect.insert(Job).values(values).on_conflict_do_nothing(index_elements=["key"])
    )


def cancel(tx: Tx, key: str) -> None:
    """Forget the waiting job of ``key``; one that already ran stays as it is."""
    tx.session.execute(delete(Job).where(Job.key == key, Job.state == WAITING))


def claim(tx: Tx, at: datetime, *, most: int) -> list[tuple[Id, Id, str, dict[str, Any], int]]:
    """Take up to ``most`` due jobs for ``LEASE``.

    Returns:
        (job, lease, kind, payload, attempts) of each; the lease is the fencing token with which
        alone the job can be finished.
    """
    due = (
        select(Job.id)
        .where(
            Job.state == WAITING,
            Job.due_at <= at,
            or_(Job.leased_until.is_(None), Job.leased_until <= at),
        )
        .order_by(func.coalesce(Job.leased_until, Job.due_at), Job.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        # PostgreSQL runs this once; a plain subquery it may run for every row, and take them all.
        .cte("due")
    )
    lease = new_id()
    taken = tx.session.execute(
        update(Job)
        .where(Job.id.in_(select(due.c.id)))
        .values(lease=lease, leased_until=at + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.payload, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    return [(row.id, lease, row.kind, row.payload, row.attempts) for row in taken]


def finish(tx: Tx, job: Id, lease: Id) -> bool:
    """Mark a job as done, if the lease is still ours."""
    return _settle(tx, job, lease, state=DONE, finished_at=now(), error=None)


def fail(tx: Tx, job: Id, lease: Id, error: str, *, permanent: bool) -> bool:
    """Put a job back for later, or among the dead letters once it is hopeless.

    ``due_at`` stays: a day after it the job is given up. Until the next try it is nobody's.
    """
    at = now()
    row = tx.session.get(Job, job)
    if row is None:
        return False
    if permanent or (at - row.due_at > GIVE_UP_AFTER and row.attempts >= TRIES_AT_LEAST):
        return _settle(tx, job, lease, state=DEAD, finished_at=at, error=error[:500])
    # Full jitter: what failed together does not come back together.
    wait = jitter(min(LONGEST_RETRY, FIRST_RETRY * 2 ** min(row.attempts, 12)))
    until = at + timedelta(seconds=wait)
    return _settle(tx, job, lease, lease=None, leased_until=until, error=error[:500])


def sweep(tx: Tx) -> int:
    """Remove what was done long ago, and return how much; dead letters stay to be looked at."""
    old = delete(Job).where(Job.state == DONE, Job.finished_at < now() - KEEP_DONE)
    return tx.session.execute(old).rowcount  # type: ignore[attr-defined,no-any-return]


def _settle(tx: Tx, job: Id, ours: Id, **values: Any) -> bool:
    """Write the outcome unless a later worker took the job over."""
    changed = tx.session.execute(
        update(Job)
        .where(Job.id == job, Job.lease == ours, Job.state == WAITING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1  # type: ignore[attr-defined,no-any-return]
