"""Servers that break a promise on purpose: a checker that lets them pass is worth nothing.

A program, too: ``python -m tests.fault.broken <variants> serve``, the variants joined with ``+``.
"""

from gevent import monkey

if __name__ == "__main__":
    monkey.patch_all()

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

import gevent
from alembic.migration import MigrationContext
from alembic.operations import Operations
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy import inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kell import app
from kell.chat import access, actions, changes, queries
from kell.chat.models import VISITOR, Message
from kell.core import clock
from kell.core.clock import now
from kell.core.db import Statement, migrate
from kell.core.db.writers import Done, PostgresqlWriter, SqliteWriter, Writer
from kell.core.errors import AppError
from kell.core.realtime.backlog import Limits
from kell.core.security.limits import limits
from kell.web import commands, sockets
from kell.web.operator.namespace import OperatorDoor
from kell.web.visitor import namespace as visitor_namespace
from kell.web.visitor.namespace import VisitorDoor

# As long as a slow disk takes; long enough for a test on a busy machine to come in between.
COMMIT_TAKES = 0.2

# Strangers' handshakes a second.
LET_IN = 60

UNIQUE = "uq_messages_conversation_id_author_id_client_id"


def acknowledge_before_commit() -> None:
    """Answer, then write: fast, and gone with the process."""

    def on_sqlite(self: Any, batch: list[Any]) -> None:
        connection = self._begin()
        self.finish(batch, [self._perform_alone(connection, item) for item in batch])
        gevent.sleep(COMMIT_TAKES)
        connection.commit()

    def on_postgresql(self: Any, batch: list[Any]) -> None:
        [item] = batch
        try:
            with self.engine.begin() as connection:
                self.finish(batch, [self.perform(connection, item)])
                gevent.sleep(COMMIT_TAKES)
        except Exception as error:  # noqa: BLE001  whoever waits gets it
            self.finish(batch, [Done(error=error)])

    SqliteWriter.commit = on_sqlite  # type: ignore[method-assign]
    PostgresqlWriter.commit = on_postgresql  # type: ignore[method-assign]


def publish_before_commit() -> None:
    """Tell the others at once what may never be."""
    perform = Writer.perform

    def tell_first(self: Any, connection: Any, item: Any) -> Any:
        done = perform(self, connection, item)
        self.deliver(done.frames)
        gevent.sleep(COMMIT_TAKES)
        return Done(done.value)

    Writer.perform = tell_first  # type: ignore[method-assign]


def no_unique_key() -> None:
    """Take whatever comes, as often as it comes."""
    upgrade = migrate.upgrade

    def without_key(engine: Any, revision: str = "head") -> None:
        upgrade(engine, revision)
        with engine.begin() as connection:
            known = inspect(connection).get_unique_constraints("messages")
            if UNIQUE in [each["name"] for each in known]:
                operations = Operations(MigrationContext.configure(connection))
                with operations.batch_alter_table("messages") as table:
                    table.drop_constraint(UNIQUE, type_="unique")

    migrate.upgrade = without_key
    dialects: Any = {"sqlite": sqlite, "postgresql": postgresql}
    actions._ADD = Statement(lambda name: dialects[name].insert(Message.__table__), actions._FILLED)


def read_before_join() -> None:
    """Read, then listen: what happens in between reaches nobody."""

    def connect(self: Any, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        try:
            caller = self.identify(environ, auth)
            self.callers[sid] = caller
            welcome = self.welcome(sid, caller)
            for room in self.rooms(caller):
                self.enter_room(sid, room)
            self.emit("welcome", welcome.model_dump(mode="json"), to=sid)
        except AppError as error:
            self._forget(sid)
            raise Refused(error.code, dict(error.body())) from None

    sockets.Door._connect = connect  # type: ignore[method-assign]


def resume_by_time() -> None:
    """Give whoever comes back what was written since, not what was changed since."""
    moments: dict[str, list[tuple[int, int, datetime]]] = defaultdict(list)
    publish = changes.Change.publish
    rows_after = queries.rows_after

    def remember(self: Any, tx: Any) -> None:
        moments[self.now.id].append((self.now.rev, self.now.public_rev, now()))
        publish(self, tx)

    def rows_since(session: Any, author: Any, conversation_id: str, after: int) -> Any:
        is_public = author.kind == VISITOR
        before = [each[2] for each in moments[conversation_id] if each[is_public] <= after]
        if not before:
            return rows_after(session, author, conversation_id, after)
        since = Message.at > max(before)
        rows = select(Message).where(Message.conversation_id == conversation_id, since)
        if is_public:
            rows = rows.where(Message.public_rev.is_not(None))
        return list(session.scalars(rows.order_by(Message.line))), False

    changes.Change.publish = remember  # type: ignore[method-assign]
    queries.rows_after = rows_since


def limits_before_earlier_answer() -> None:
    """Refuse the retry of what was accepted."""

    def run(side: str, name: str, caller: Any, raw: Any) -> Any:
        entry = commands.commands[side, name]
        given = commands.validate(entry.takes, raw)
        limits().hit(entry.limit, side, caller.id)
        try:
            return entry.run(caller, given)
        except AppError:
            before = entry.earlier(caller, given) if entry.earlier else None
            if before is None:
                raise
            return before

    commands.run_command = run


def quotes_are_not_restamped() -> None:
    """Delete a message, and leave it in what quotes it."""

    def restamp(tx: Any, changed: Any, message_id: str) -> None:
        stamps = {"rev": changed.now.rev}
        if changed.public:
            stamps["public_rev"] = changed.now.public_rev
        tx.session.execute(update(Message).where(Message.id == message_id).values(stamps))
        changed.rows[message_id] = None

    actions.restamp = restamp


def one_room_for_all_visitors() -> None:
    """Send each visitor what is meant for another."""

    def room(_visitor_id: str) -> str:
        return "visitor:everybody"

    for module in (access, changes, visitor_namespace):
        module.visitor_room = room


def pauses() -> None:
    """Break nothing, but let a test stop a connect before and after its read."""
    folder = Path(os.environ["KELL_DATA"]).parent

    def wait(where: str) -> None:
        if (folder / f"{where}-wanted").exists():
            (folder / f"{where}-reached").touch()
            while (folder / f"{where}-wanted").exists():
                gevent.sleep(0.005)

    for door in (VisitorDoor, OperatorDoor):
        _wrap(door, wait)


def low_ceiling() -> None:
    """Break nothing, but let few in at once: a test needn't bring thousands."""
    app.SocketLimits = partial(Limits, handshakes_per_second=LET_IN)  # type: ignore[misc]


def moved_clock() -> None:
    """Break nothing, but let a test move the time: by as many seconds as stand in a file."""
    moved = Path(os.environ["KELL_DATA"]).parent / "moved"

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Moved":
            by = float(moved.read_text() or 0) if moved.exists() else 0
            return super().now(tz) + timedelta(seconds=by)

    clock.datetime = Moved  # type: ignore[misc]


def _wrap(door: Any, wait: Callable[[str], None]) -> None:
    welcome = door.welcome

    def slowly(self: Any, sid: str, caller: Any) -> Any:
        wait("before")
        found = welcome(self, sid, caller)
        wait("after")
        return found

    door.welcome = slowly


VARIANTS: Mapping[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        acknowledge_before_commit,
        publish_before_commit,
        no_unique_key,
        read_before_join,
        resume_by_time,
        limits_before_earlier_answer,
        quotes_are_not_restamped,
        one_room_for_all_visitors,
        pauses,
        low_ceiling,
        moved_clock,
    )
}


def break_it(names: str) -> None:
    """Apply variants, joined with ``+``."""
    for name in names.split("+"):
        VARIANTS[name]()


if __name__ == "__main__":
    break_it(sys.argv.pop(1))
    app.main()
