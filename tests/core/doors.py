"""The two doors of a database with one small table behind them, and those who knock at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import gevent
from flask import Flask
from gevent.event import Event
from sqlalchemy import Connection, create_engine, make_url, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kell.core.config import Config
from kell.core.config.current import keep
from kell.core.db import Database, Frame, Rules, Tx

Work = Callable[[Tx], Any]

WAITING_FOR_LOCK = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event = 'advisory'"
)


class Table(DeclarativeBase):
    """Apart from the application's tables, which the migrations must match."""


class Entry(Table):
    """Something written down; two of one name can't be."""

    __tablename__ = "entries"

    name: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(default=0)


class Doors:
    """A process at a database: what it writes, what it reads, which frames left it."""

    def __init__(
        self,
        url: str,
        rules: Rules | None = None,
        deliver: Callable[[Sequence[Frame]], None] | None = None,
    ) -> None:
        self.url = url
        self.delivered: list[Frame] = []
        self._app = Flask("doors")
        keep(self._app, Config.load({"KELL_DATABASE_URL": url}))
        self.database = Database(self._app, url, rules or Rules(), deliver or self.delivered.extend)
        Table.metadata.create_all(self.database.writer)

    def write(self, work: Work) -> Any:
        with self._app.app_context():
            return self.database.write(work)

    def together(self, works: Iterable[Work]) -> list[Any]:
        """Ask for all works at once; return the value or the error of each, in order."""
        return outcomes([self.ask(work) for work in works])

    def ask(self, work: Work) -> "gevent.Greenlet[..., Any]":
        """Ask for a work and don't wait: ``value`` will be what it gives or raises."""
        return gevent.spawn(self._outcome, work)

    def entries(self) -> dict[str, int]:
        """Return what is on disk."""
        with self.database.read() as session:
            return {each.name: each.amount for each in session.scalars(select(Entry))}

    def jobs(self) -> list[Any]:
        """Return the outbox, in the order in which it will be done."""
        from kell.core.outbox.models import Job

        with self.database.read() as session:
            return list(session.scalars(select(Job).order_by(Job.due_at, Job.id)))

    @contextmanager
    def outside(self, **parts: str) -> Iterator[Connection]:
        """Connect past the doors, as another program does; each statement commits by itself."""
        engine = create_engine(make_url(self.url).set(**parts), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def waiting_for_lock(self) -> int:
        """Return how many of PostgreSQL's connections wait for an advisory lock."""
        with self.database.read() as session:
            return session.scalar(WAITING_FOR_LOCK) or 0

    def _outcome(self, work: Work) -> Any:
        try:
            return self.write(work)
        except Exception as error:  # noqa: BLE001  it is the outcome
            return error


def outcomes(asked: "Sequence[gevent.Greenlet[..., Any]]") -> list[Any]:
    """Wait for what was asked; return the value or the error of each, in order."""
    gevent.joinall(asked, raise_error=True)
    return [each.value for each in asked]


def add(name: str, amount: int = 0) -> Work:
    """Make a work that writes an entry down and returns its name."""

    def work(tx: Tx) -> str:
        tx.session.add(Entry(name=name, amount=amount))
        tx.session.flush()
        return name

    return work


def make_commits_wait(tx: Tx) -> None:
    """Have PostgreSQL's COMMIT of every new entry wait for a lock."""
    tx.session.execute(
        text(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END'"
        )
    )
    tx.session.execute(
        text(
            "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON entries DEFERRABLE "
            "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()"
        )
    )


def frame(name: str) -> Frame:
    return Frame("/nowhere", ("room",), name, {})


class Gate:
    """Stands in for ``deliver``: whoever has something to deliver waits here until it opens.

    The commit is done and the answer isn't given: that is as deep inside the writer as a greenlet
    of any database can be held.
    """

    def __init__(self) -> None:
        self.held = 0
        self._open = Event()

    def __call__(self, frames: Sequence[Frame]) -> None:
        if frames:
            self.held += 1
            self._open.wait()

    def open(self) -> None:
        self._open.set()


def publishing(name: str) -> Work:
    """Make a work that writes an entry down and tells of it."""

    def work(tx: Tx) -> str:
        tx.publish(frame(name))
        return add(name)(tx)

    return work
