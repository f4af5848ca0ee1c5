"""The greenlets behind ``write``: one for SQLite, which batches; eight for PostgreSQL."""

import contextvars
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.queue import Empty, Queue
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from kell.core.chance import jitter
from kell.core.db.tx import Frame, Rules, Tx, is_lost, is_unreachable, sqlstate
from kell.core.errors import RetryLater

log = logging.getLogger(__name__)

BATCH = 64
POSTGRESQL_WRITERS = 8
LOCKED_FOR = 5.0
ATTEMPTS = 8
SQLITE_BUSY = 5
IN_ERROR = 3  # libpq's PQTRANS_INERROR
SERIALIZATION_FAILURE, DEADLOCK_DETECTED = "40001", "40P01"

Deliver = Callable[[Sequence[Frame]], None]


@dataclass(slots=True)
class Item:
    """A work in the queue, with the context of whoever waits for its answer."""

    work: Callable[[Tx], Any]
    context: contextvars.Context
    answer: "AsyncResult[Done]"


@dataclass(slots=True)
class Done:
    """How a work ended: with a value that is on disk, or with an error and nothing written."""

    value: Any = None
    frames: Sequence[Frame] = ()
    error: Exception | None = None


class Writer:
    """Takes works from the queue in order. Subclasses decide what one transaction holds."""

    def __init__(
        self, engine: Engine, queue: "Queue[Item | None]", rules: Rules, deliver: Deliver
    ) -> None:
        self.engine = engine
        self.queue = queue
        self.rules = rules
        self.deliver = deliver

    def run(self) -> None:
        """Work until the queue says that there is no more."""
        while (item := self.queue.get()) is not None:
            self.commit([item])

    def commit(self, batch: list[Item]) -> None:
        raise NotImplementedError  # pragma: no cover

    def perform(self, connection: Connection, item: Item) -> Done:
        """Run one work on a transaction that is already open."""
        session = Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        tx = Tx(session, self.rules)
        try:
            value = item.context.run(tx.perform, item.work)
        finally:
            session.close()
        return Done(value, tx.frames)

    def finish(self, item: Item, done: Done) -> None:
        """Publish, then answer: whoever hears the answer may rely on what the others were told."""
        try:
            self.deliver(done.frames)
        except Exception:
            log.exception("a frame could not be delivered; browsers will sync")
        item.answer.set(done)


class SqliteWriter(Writer):
    """Up to 64 works in one transaction, each in a savepoint; nothing yields but COMMIT."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._connection: Connection | None = None
        # A pool of its own: a password being hashed must not hold up a commit.
        self._disk = ThreadPool(1)

    def run(self) -> None:
        """Work until the queue says that there is no more, and leave nothing behind."""
        try:
            super().run()
        finally:
            self._disk.kill()
            self._give_up()

    def commit(self, batch: list[Item]) -> None:
        while len(batch) < BATCH:
            try:
                item = self.queue.get_nowait()
            except Empty:
                break
            if item is None:
                self.queue.put(None)  # for run() to find
                break
            batch.append(item)
        try:
            connection = self._begin()
            dones = [self._perform_alone(connection, item) for item in batch]
            self._disk.apply(connection.commit)
        except Exception:
            log.exception("a transaction was lost, %d works answered retry_later", len(batch))
            self._give_up()
            dones = [Done(error=RetryLater(retry_after=1)) for _ in batch]
        for item, done in zip(batch, dones, strict=True):
            self.finish(item, done)

    def _begin(self) -> Connection:
        """Open the write transaction, waiting for another process's without stopping the loop."""
        if self._connection is None:
            self._connection = self.engine.connect()
        with gevent.Timeout(LOCKED_FOR, RetryLater("the database is locked")):
            while True:
                try:
                    self._connection.begin()
                except OperationalError as error:
                    if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != SQLITE_BUSY:
                        raise
                    gevent.sleep(jitter(0.01))
                else:
                    return self._connection

    def _perform_alone(self, connection: Connection, item: Item) -> Done:
        savepoint = connection.begin_nested()
        try:
            done = self.perform(connection, item)
            savepoint.commit()
        except Exception as error:
            if not _in_transaction(connection) or _took_all(connection, error):
                raise
            if savepoint.is_active:  # a failed flush has rolled back to it already
                savepoint.rollback()
            return Done(error=error)
        return done

    def _give_up(self) -> None:
        """Drop the connection with whatever is left of its transaction."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


class PostgresqlWriter(Writer):
    """One work, one transaction; a lost race runs again."""

    def commit(self, batch: list[Item]) -> None:
        [item] = batch
        self.finish(item, self._retry(item))

    def _retry(self, item: Item) -> Done:
        for attempt in range(ATTEMPTS):
            try:
                with self.engine.begin() as connection:
                    done = self.perform(connection, item)
                    _refuse_empty_commit(connection)
                return done
            except DBAPIError as error:
                if sqlstate(error) not in (SERIALIZATION_FAILURE, DEADLOCK_DETECTED):
                    return Done(error=_explain(error))
                gevent.sleep(jitter(0.002 * 2**attempt))
            except Exception as error:  # noqa: BLE001  whoever waits gets it
                return Done(error=error)
        return Done(error=RetryLater("too many writers at the same row", retry_after=1))


def _refuse_empty_commit(connection: Connection) -> None:
    """PostgreSQL answers COMMIT without an error after one, and writes nothing."""
    if connection.connection.driver_connection.info.transaction_status == IN_ERROR:  # type: ignore[union-attr]
        raise RuntimeError("the work went on after an error that ended its transaction")


def _explain(error: DBAPIError) -> Exception:
    if is_unreachable(error):
        log.error("the database is unreachable: %s", type(error.orig).__name__)
        return RetryLater(retry_after=1)
    return error


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]


def _took_all(connection: Connection, error: Exception) -> bool:
    return is_lost(Session(connection), error)
