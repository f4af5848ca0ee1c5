"""The two doors: ``write(work)`` and ``read()``."""

import contextvars
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TypeVar, cast

import gevent
from flask import Flask, current_app
from gevent.greenlet import Greenlet
from gevent.hub import Waiter
from gevent.queue import Queue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from kell.core.db.engines import is_sqlite, make_reader, make_writer
from kell.core.db.tx import Frame, Rules, Tx, is_unreachable
from kell.core.db.writers import (
    POSTGRESQL_WRITERS,
    Deliver,
    Item,
    PostgresqlWriter,
    SqliteWriter,
)
from kell.core.errors import RetryLater

log = logging.getLogger(__name__)

T = TypeVar("T")

WAITING_AT_MOST = 10_000
CLOSES_WITHIN = 2.0
# It holds up every write meanwhile; the job that asks comes again.
SCRUBS_WITHIN = 0.05


class Database:
    """The application's database: an engine that reads, a queue that writes.

    Greenlets start with the first write, so that a command line tool may only read.
    """

    def __init__(self, app: Flask, url: str, rules: Rules, deliver: Deliver | None = None) -> None:
        self.sqlite = is_sqlite(url)
        self.reader = make_reader(app, url)
        self.writer = make_writer(url, connections=1 if self.sqlite else POSTGRESQL_WRITERS)
        self._queue: Queue[Item | None] = Queue()
        self._rules = rules
        self._deliver = deliver or _nobody
        self._closed = False
        self._writers: list[Greenlet[[], None]] = []
        app.extensions["kell.db"] = self

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run ``work`` in a transaction and return its value once it is on disk.

        Raises:
            RetryLater: nothing was written; the same work may come again.
            Exception: whatever the work raised; nothing of it was written.
        """
        if gevent.getcurrent() in self._writers:
            raise RuntimeError("a work can't write through the door: it has its tx")
        if self._closed:
            raise RetryLater("the process stops", retry_after=1)
        if self._queue.qsize() >= WAITING_AT_MOST:
            raise RetryLater("too many works are waiting", retry_after=2)
        self._start()
        item = Item(work, contextvars.copy_context(), Waiter())
        self._queue.put(item)
        done = item.answer.get()
        if done.error is not None:
            raise done.error
        return cast("T", done.value)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session on one snapshot of the database; it refuses to write.

        Raises:
            RetryLater: PostgreSQL can't be reached, or all connections are busy; the same may be
                asked again.
        """
        try:
            with Session(self.reader, autoflush=False) as session:
                yield session
        except PoolTimeout:
            log.warning("no connection to the database came free")
            raise RetryLater(retry_after=1) from None
        except DBAPIError as error:
            if self.sqlite or not is_unreachable(error):
                raise
            log.warning("the database can't be reached: %s", type(error.orig).__name__)
            raise RetryLater(retry_after=1) from None

    @property
    def waiting(self) -> int:
        """How many works wait for a transaction."""
        return self._queue.qsize()

    def check_durability(self) -> None:
        """Refuse a server that would acknowledge what isn't on disk.

        Raises:
            RuntimeError: names the weak setting and its right value.
        """
        if self.sqlite:
            return
        with self.read() as session:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                if session.execute(text(f"SHOW {name}")).scalar_one() == "off":
                    raise RuntimeError(
                        f"PostgreSQL runs with {name}=off: an acknowledged message could be lost. "
                        f"Set {name}=on."
                    )

    def scrub(self) -> None:
        """Empty the write-ahead log, where what was deleted from a SQLite file may still stand.

        PostgreSQL's vacuum does the like by itself.

        Raises:
            RetryLater: somebody reads an older state; come again.
        """
        if not self.sqlite:
            return
        file = self.writer.url.database or ""
        # In a thread: it waits for readers to finish, and the loop has to let them.
        if not gevent.get_hub().threadpool.apply(_empty_log, (file,)):
            raise RetryLater("the log is in use", retry_after=5)

    def close(self) -> None:
        """Write what waits, stop the writers, and close every connection."""
        self._closed = True
        for _ in self._writers:
            self._queue.put(None)
        gevent.joinall(self._writers, timeout=CLOSES_WITHIN)
        gevent.killall(self._writers, block=False)
        self.writer.dispose()
        self.reader.dispose()

    def _start(self) -> None:
        if not self._writers:
            kind, count = (
                (SqliteWriter, 1) if self.sqlite else (PostgresqlWriter, POSTGRESQL_WRITERS)
            )
            workers = [
                kind(self.writer, self._queue, self._rules, self._deliver) for _ in range(count)
            ]
            self._writers = [gevent.spawn(worker.run) for worker in workers]


def _empty_log(file: str) -> bool:
    with closing(sqlite3.connect(file, timeout=SCRUBS_WITHIN)) as connection:
        (busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _nobody(frames: Sequence[Frame]) -> None:
    """Deliver to no one: a command line tool has no sockets."""


def database() -> Database:
    """Return the running app's database."""
    found: Database = current_app.extensions["kell.db"]
    return found


def write(work: Callable[[Tx], T]) -> T:
    """Run ``work`` in the running app's database; see ``Database.write``."""
    return database().write(work)


@contextmanager
def read() -> Iterator[Session]:
    """Read the running app's database; see ``Database.read``."""
    with database().read() as session:
        yield session
