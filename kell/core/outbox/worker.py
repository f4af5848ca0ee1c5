"""The worker: one greenlet that claims, a few that do."""

import logging
from collections.abc import Callable, Mapping
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Any

import gevent
from gevent.pool import Pool

from kell.core.chance import jitter
from kell.core.clock import now
from kell.core.db import Database
from kell.core.errors import RetryLater
from kell.core.ids import Id
from kell.core.outbox import jobs

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]

AT_ONCE = 8
LOOK_EVERY = 1.0
SWEEP_EVERY = 3600.0
# Before the lease runs out, and somebody else begins the job.
DO_WITHIN = jobs.LEASE.total_seconds() - 10


class Worker:
    """Does what the table of jobs says. Any number may run on one database."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler]) -> None:
        self._database = database
        self._handlers = handlers
        self._pool = Pool(AT_ONCE)
        self.looked_at: datetime | None = None

    def run(self) -> None:
        """Claim and do, for ever."""
        swept = 0.0
        while True:
            try:
                busy = self.run_once()
                if swept <= 0:
                    self._database.write(jobs.sweep)
                    swept = SWEEP_EVERY
            except RetryLater:
                busy = False
            except Exception:
                log.exception("the worker stumbled and goes on")
                busy = False
            if not busy:
                gevent.sleep(LOOK_EVERY)
                swept -= LOOK_EVERY

    def run_once(self) -> bool:
        """Claim what is due and start it; say whether there may be more."""
        free = self._pool.free_count()
        if not free:
            self._pool.wait_available()
            return True
        at = now()
        taken = self._database.write(lambda tx: jobs.claim(tx, at, most=free))
        self.looked_at = at
        for job, lease, kind, payload, attempts in taken:
            # A greenlet starts in an empty context; the handlers need the app's.
            self._pool.spawn(copy_context().run, self._do, job, lease, kind, payload, attempts)
        return len(taken) == free

    def is_alive(self) -> bool:
        """Say whether it has looked at the table lately."""
        return self.looked_at is not None and now() - self.looked_at < timedelta(seconds=30)

    def join(self) -> None:
        """Wait for what has been started."""
        self._pool.join()

    def _do(self, job: Id, lease: Id, kind: str, payload: dict[str, Any], attempts: int) -> None:
        handler = self._handlers.get(kind)
        try:
            if handler is None:
                raise jobs.Permanent(f"nobody does {kind!r}")  # noqa: TRY301
            with gevent.Timeout(DO_WITHIN, TimeoutError()):
                handler(payload)
        except Exception as error:  # noqa: BLE001  it is written down, and tried again
            permanent = isinstance(error, jobs.Permanent)
            log.warning("job %s (%s) failed at attempt %d: %s", job, kind, attempts, _name(error))
            reason = _name(error)
            self._settle(lambda tx: jobs.fail(tx, job, lease, reason, permanent=permanent))
        else:
            self._settle(lambda tx: jobs.finish(tx, job, lease))

    def _settle(self, work: Callable[[Any], bool]) -> None:
        """Write the outcome. If the database can't, the lease runs out and the job comes again."""
        for _ in range(5):
            try:
                if not self._database.write(work):
                    log.warning("a job's lease had run out before it was done")
            except RetryLater:
                gevent.sleep(jitter(2.0))
            else:
                return


def _name(error: Exception) -> str:
    """Say what went wrong without repeating what the message may quote."""
    return (
        f"{type(error).__name__}: {error}"
        if isinstance(error, jobs.Permanent)
        else type(error).__name__
    )
