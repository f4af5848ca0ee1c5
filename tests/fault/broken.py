"""Servers that break a promise on purpose: a checker that lets them pass is worth nothing.

A program, too: ``python -m tests.fault.broken <variants> serve``, the variants joined with ``+``.
"""

from gevent import monkey

if __name__ == "__main__":
    monkey.patch_all()

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gevent
from alembic.migration import MigrationContext
from alembic.operations import Operations
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy import func, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kell.chat import access, actions, changes, queries
from kell.chat.models import VISITOR, Message
from kell.core.db import migrate
from kell.core.db.writers import Done, PostgresqlWriter, SqliteWriter, Writer
from kell.core.errors import AppError
from kell.core.security.limits import limits
from kell.web import commands, sockets
from kell.web.operator.namespace import OperatorDoor
from kell.web.visitor import namespace as visitor_namespace
from kell.web.visitor.namespace import VisitorDoor

# As long as a slow disk takes.
COMMIT_TAKES = 0.05

UNIQUE = "uq_messages_conversation_id_author_id_client_id"


def acknowledge_before_commit() -> None:
    """Answer, then write: fast, and gone with the process."""

    def on_sqlite(self: Any, batch: list[Any]) -> None:
        connection = self._begin()
        for item in batch:
            self.finish(item, self._perform_alone(connection, item))
        gevent.sleep(COMMIT_TAKES)
        connection.commit()

    def on_postgresql(self: Any, batch: list[Any]) -> None:
        [item] = batch
        try:
            with self.engine.begin() as connection:
                self.finish(item, self.perform(connection, item))
                gevent.sleep(COMMIT_TAKES)
        except Exception as error:  # noqa: BLE001  whoever waits gets it
            self.finish(item, Done(error=error))

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
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        insert = dialect.insert(Message.__table__)
        actions._INSERT[name] = insert.returning(Message.id)


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

    def rows_since(session: Any, author: Any, conversation_id: str, after: int) -> Any:
        stamp = Message.public_rev if author.kind == VISITOR else Message.rev
        mine = Message.conversation_id == conversation_id
        last = select(func.max(Message.at)).where(mine, stamp <= after).scalar_subquery()
        rows = select(Message).where(mine, Message.at > last).order_by(Message.line)
        if author.kind == VISITOR:
            rows = rows.where(Message.public_rev.is_not(None))
        return list(session.scalars(rows)), False

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
    )
}


def break_it(names: str) -> None:
    """Apply variants, joined with ``+``."""
    for name in names.split("+"):
        VARIANTS[name]()


if __name__ == "__main__":
    from kell.app import main

    break_it(sys.argv.pop(1))
    main()
