"""What a work is given: a session to change rows with, and the two ways to tell others."""

import contextvars
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, SessionTransaction

from kell.core.events import Event

log = logging.getLogger(__name__)

T = TypeVar("T")
Reaction = Callable[["Tx", Any], None]
Finish = Callable[["Tx", list[Any]], None]
OpenSession = Callable[[Connection], Session]

origin: contextvars.ContextVar[str | None] = contextvars.ContextVar("origin", default=None)
"""The socket that the running command came from, if any: it gets the answer, not the push."""


@dataclass(slots=True)
class Frame:
    """One event for one audience, sent after the commit.

    ``stream`` names the list of frames that this one is numbered in, if it is.
    """

    namespace: str
    rooms: tuple[str, ...]
    event: str
    data: dict[str, Any]
    stream: str | None = None
    skip: str | None = None
    disconnects: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What the application adds to a transaction; ``kell.wiring`` fills it in."""

    reactions: Mapping[type[Event], Sequence[Reaction]] = field(default_factory=dict)
    keep_failed: Callable[["Tx", Reaction, Event], None] | None = None


class Tx:
    """One unit of work. Its only effects are rows, ``happened`` and ``publish``.

    A work may run twice (its transaction was rolled back), so it keeps nothing outside.
    """

    def __init__(self, connection: Connection, open_session: OpenSession, rules: Rules) -> None:
        self.frames: list[Frame] = []
        self._connection = connection
        self._open_session = open_session
        self._session: Session | None = None
        self._guards = False
        self._savepoint: SessionTransaction | None = None
        self._rules = rules
        self._events: deque[Event] = deque()
        self._ends: list[tuple[Finish, Any]] = []
        self._undos: list[Callable[[], object]] = []

    @property
    def connection(self) -> Connection:
        """What Core statements run on."""
        self._guard()
        return self._connection

    @property
    def session(self) -> Session:
        """What objects are read and written with. It is made when somebody asks for it."""
        self._guard()
        if self._session is None:
            self._session = self._open_session(self._connection)
        return self._session

    def happened(self, event: Event) -> None:
        """Tell the others, in this transaction, once the work is done."""
        self._events.append(event)

    def publish(self, frame: Frame) -> None:
        """Send ``frame`` after the commit, or never."""
        self.frames.append(frame)

    def at_end(self, finish: Finish, value: Any) -> None:
        """Have ``finish`` called once, after all reactions, with every value given for it."""
        self._ends.append((finish, value))

    def on_undo(self, undo: Callable[[], object]) -> None:
        """Have ``undo`` called if the reaction that is running fails and the work goes on.

        For what it changed in memory: rows, frames, events and values for the end go by themselves.
        """
        self._undos.append(undo)

    def values_for(self, finish: Finish) -> list[Any]:
        """Return what has been given for ``finish`` so far."""
        return [value for known, value in self._ends if known is finish]

    def perform(self, work: Callable[["Tx"], T]) -> T:
        """Run the work, what follows from it, and the finishing steps."""
        try:
            value = self._perform(work)
            if self._session is not None:
                self._session.commit()
        finally:
            if self._session is not None:
                self._session.close()
        return value

    def _perform(self, work: Callable[["Tx"], T]) -> T:
        value = work(self)
        self._flush()
        while self._events:
            event = self._events.popleft()
            for reaction in self._rules.reactions.get(type(event), ()):
                self._react(reaction, event)
        for finish in dict.fromkeys(known for known, _ in self._ends):
            finish(self, self.values_for(finish))
        return value

    def _flush(self) -> None:
        if self._session is not None:
            self._session.flush()

    def _react(self, reaction: Reaction, event: Event) -> None:
        """Run one reaction in a savepoint: what it breaks is undone alone and kept for later."""
        frames, events = len(self.frames), list(self._events)
        ends, undos = len(self._ends), len(self._undos)
        self._guards = True
        try:
            reaction(self, event)
            self._leave_guard()
        except Exception as error:
            self._leave_guard(error)
            if self._rules.keep_failed is None or is_lost(self._connection, error):
                raise
            log.exception("a reaction failed and is kept: %s", reaction.__name__)
            del self.frames[frames:], self._ends[ends:]
            self._events = deque(events)
            while len(self._undos) > undos:
                self._undos.pop()()
            self._rules.keep_failed(self, reaction, event)

    def _guard(self) -> None:
        """Open the savepoint of a reaction, once it touches rows: most have nothing to do."""
        if self._guards:
            self._guards = False
            self._savepoint = self.session.begin_nested()
            # The session sends it only now that it is asked for its connection.
            self.session.connection()

    def _leave_guard(self, error: Exception | None = None) -> None:
        savepoint, self._savepoint = self._savepoint, None
        self._guards = False
        if savepoint is not None:
            # As at the end of "with": flushed and released, or rolled back.
            savepoint.__exit__(type(error) if error else None, error, None)


def is_lost(connection: Connection, error: BaseException) -> bool:
    """Say whether ``error`` took the whole transaction with it, not one statement."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if connection.dialect.name == "postgresql":
        return is_unreachable(error) or sqlstate(error).startswith("40")  # rolled back
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in FATAL_SQLITE


def is_unreachable(error: DBAPIError) -> bool:
    """Say whether PostgreSQL itself is the trouble: the same work may simply come again."""
    if not sqlstate(error):
        # The driver's own: the connection broke, unless it is a value that can't be sent.
        return isinstance(error, OperationalError)
    # 08…, 57P…: the connection is gone; 53…: no room left.
    return sqlstate(error).startswith(("08", "57P", "53"))


def sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


# SQLITE_NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB: sqlite.org/rescode.html.
# SQLite may or may not have rolled back by itself; nothing that the batch wrote is worth trusting
# after them.
FATAL_SQLITE = frozenset({7, 8, 10, 11, 13, 14, 15, 26})
