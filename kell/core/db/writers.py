"""The greenlets behind ``write``: one for SQLite, which batches; eight for PostgreSQL."""

import contextvars
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

import gevent
from gevent.hub import Waiter
from gevent.queue import Empty, Queue
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from kell.core import metrics
from kell.core.chance import jitter
from kell.core.db.statements import run
from kell.core.db.tx import Frame, Rules, Tx, is_lost, is_unreachable, sqlstate
from kell.core.errors import RetryLater

log = logging.getLogger(__name__)

BATCH = 64
# From one in which a work failed so many batches keep a savepoint for each: one more may be near.
GUARDED = 100
POSTGRESQL_WRITERS = 8
LOCKED_FOR = 5.0
ATTEMPTS = 8
SQLITE_BUSY = 5
IN_ERROR = 3  # libpq's PQTRANS_INERROR
LOST_RACES = {"40001", "40P01"}  # serialization_failure, deadlock_detected

Deliver = Callable[[Sequence[Frame]], None]


@dataclass(slots=True)
class Item:
    """A work in the queue, with the context of whoever waits for its answer."""

    work: Callable[[Tx], Any]
    context: contextvars.Context
    answer: "Waiter[Done]"
    asked: float = field(default_factory=perf_counter)


@dataclass(slots=True)
class Done:
    """How a work ended: with a value that is on disk, or with an error and nothing written."""

    value: Any = None
    frames: Sequence[Frame] = ()
    error: Exception | None = None


class Writer:
    """Takes works from the queue in order. Subclasses decide what one transaction holds."""

    joins: Literal["create_savepoint", "rollback_only"]
    """What a session may do with the transaction of its work."""

    def __init__(
        self, engine: Engine, queue: "Queue[Item | None]", rules: Rules, deliver: Deliver
    ) -> None:
        self.engine = engine
        self.queue = queue
        self.rules = rules
        self.deliver = deliver
        self._connection: Connection | None = None

    def run(self) -> None:
        """Work until the queue says that there is no more, and leave nothing behind."""
        try:
            while (item := self.queue.get()) is not None:
                self.commit([item])
        finally:
            self.close()

    def commit(self, batch: list[Item]) -> None:
        raise NotImplementedError  # pragma: no cover

    def close(self) -> None:
        self.give_up()

    @property
    def connection(self) -> Connection:
        """The writer's own, as long as it works: a look whether it does costs a round trip."""
        if self._connection is None:
            self._connection = self.connect()
        return self._connection

    def connect(self) -> Connection:
        return self.engine.connect()

    def give_up(self) -> None:
        """Drop the connection with whatever is left of its transaction."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def open_session(self, connection: Connection) -> Session:
        return Session(connection, join_transaction_mode=self.joins, expire_on_commit=False)

    def perform(self, connection: Connection, item: Item) -> Done:
        """Run one work on a transaction that is already open.

        Raises:
            Exception: whatever it raised; what is none (gevent's Timeout) would end the writer.
        """
        tx = Tx(connection, self.open_session, self.rules)
        try:
            value = item.context.run(tx.perform, item.work)
        except (Exception, gevent.GreenletExit):
            raise
        except BaseException as error:
            raise RuntimeError(f"a work must not raise {type(error).__name__}") from error
        return Done(value, tx.frames)

    @staticmethod
    def measure(batch: Sequence[Item], begun: float, store: str) -> None:
        """Count a transaction that is on disk."""
        metrics.TRANSACTIONS.observe(perf_counter() - begun, store)
        metrics.BATCHES.observe(len(batch))
        for item in batch:
            metrics.WRITE_WAITS.observe(begun - item.asked)

    def finish(self, batch: Sequence[Item], dones: Sequence[Done]) -> None:
        """Publish, then answer: whoever hears the answer may rely on what the others were told."""
        for done in dones:
            try:
                self.deliver(done.frames)
            except Exception:
                log.exception("a frame could not be delivered; browsers will sync")
        gevent.get_hub().loop.run_callback(_answer, batch, dones)


class SqliteWriter(Writer):
    """Up to 64 works in one transaction; nothing yields but COMMIT.

    One that fails is undone alone: its batch runs again, with a savepoint for each work. While none
    fails the writer makes none, because each keeps a copy of all pages that its work touches.
    """

    # A failed flush must not roll back the works before.
    joins = "create_savepoint"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # A pool of its own: a password being hashed must not hold up a commit.
        self._disk = ThreadPool(1)
        self._guarded = 0

    def connect(self) -> Connection:
        connection = super().connect()
        # Copies of pages for savepoints: else they are in files outside of the data folder.
        run(connection, "PRAGMA temp_store=MEMORY")
        return connection

    def close(self) -> None:
        self._disk.kill()
        super().close()

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
            begun = perf_counter()
            dones = self._perform_all(connection, batch)
            self._disk.apply(connection.commit)
            self.measure(batch, begun, "sqlite")
        except Exception:
            metrics.DATABASE_ERRORS.add("sqlite")
            log.exception("a transaction was lost, %d works answered retry_later", len(batch))
            self.give_up()
            dones = [Done(error=RetryLater(retry_after=1)) for _ in batch]
        self.finish(batch, dones)

    def _begin(self) -> Connection:
        """Open the write transaction, waiting for another process's without stopping the loop."""
        connection = self.connection
        with gevent.Timeout(LOCKED_FOR, RetryLater("the database is locked")):
            while True:
                try:
                    connection.begin()
                except OperationalError as error:
                    if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != SQLITE_BUSY:
                        raise
                    metrics.DATABASE_RETRIES.add("sqlite")
                    gevent.sleep(jitter(0.01))
                else:
                    return connection

    def _perform_all(self, connection: Connection, batch: Sequence[Item]) -> list[Done]:
        if self._guarded:
            self._guarded -= 1
            return [self._perform_alone(connection, item) for item in batch]
        dones = []
        try:
            for item in batch:
                dones.append(self.perform(connection, item))
                _refuse_lost_transaction(connection)
            return dones
        except Exception as error:
            if _is_over(connection, error):
                raise
            connection.rollback()
        self._guarded = GUARDED
        return self._perform_all(self._begin(), batch)

    def _perform_alone(self, connection: Connection, item: Item) -> Done:
        run(connection, "SAVEPOINT work")
        try:
            done = self.perform(connection, item)
        except Exception as error:
            if _is_over(connection, error):
                raise
            run(connection, "ROLLBACK TO work")
            done = Done(error=error)
        run(connection, "RELEASE work")
        return done


class PostgresqlWriter(Writer):
    """One work, one transaction; a lost race runs again."""

    joins = "rollback_only"

    def commit(self, batch: list[Item]) -> None:
        [item] = batch
        self.finish(batch, [self._retry(item)])

    def _retry(self, item: Item) -> Done:
        for attempt in range(ATTEMPTS):
            try:
                with self._begin() as transaction:
                    begun = perf_counter()
                    done = self.perform(transaction.connection, item)
                    _refuse_empty_commit(transaction.connection)
                self.measure([item], begun, "postgresql")
                return done
            except DBAPIError as error:
                if error.connection_invalidated:
                    self.give_up()
                if sqlstate(error) not in LOST_RACES:
                    return Done(error=_explain(error))
                metrics.DATABASE_RETRIES.add("postgresql")
                gevent.sleep(jitter(0.002 * 2**attempt))
            except Exception as error:  # noqa: BLE001  whoever waits gets it
                return Done(error=error)
        return Done(error=RetryLater("too many writers at the same row", retry_after=1))

    def _begin(self) -> RootTransaction:
        """Open the transaction, on a new connection if the old one is dead."""
        try:
            return self.connection.begin()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            self.give_up()
            return self.connection.begin()


def _answer(batch: Sequence[Item], dones: Sequence[Done]) -> None:
    """Wake who waits, one after the other: the loop calls this once for all."""
    for item, done in zip(batch, dones, strict=True):
        item.answer.switch(done)


def _refuse_empty_commit(connection: Connection) -> None:
    """PostgreSQL answers COMMIT without an error after one, and writes nothing."""
    if connection.connection.driver_connection.info.transaction_status == IN_ERROR:  # type: ignore[union-attr]
        raise RuntimeError("the work went on after an error that ended its transaction")


def _refuse_lost_transaction(connection: Connection) -> None:
    """Outside of one SQLite's driver says no COMMIT, and no error either."""
    if not _in_transaction(connection):
        raise RuntimeError("a work went on after its transaction had ended")


def _explain(error: DBAPIError) -> Exception:
    if is_unreachable(error):
        log.error("the database is unreachable: %s", type(error.orig).__name__)
        metrics.DATABASE_ERRORS.add("postgresql")
        return RetryLater(retry_after=1)
    return error


def _is_over(connection: Connection, error: Exception) -> bool:
    """Say whether SQLite's transaction has ended, or nothing that it wrote is worth trusting."""
    return not _in_transaction(connection) or is_lost(connection, error)


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]
