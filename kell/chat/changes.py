"""One work, one step: moves a conversation's revs once and sends one frame per audience."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from kell.chat import queries, shapes
from kell.chat.access import Author, operator_rooms, visitor_room, within_reach
from kell.chat.models import OPEN, VISITOR, Conversation, Message
from kell.chat.queries import Line, State
from kell.chat.wire import Gone, OperatorChange, VisitorChange
from kell.core.clock import now
from kell.core.db import Frame, Statement, Tx, UtcDateTime, origin
from kell.core.ids import Id

CHANGED = "conversation.changed"

TABLE = cast(Table, Conversation.__table__)
NOW = bindparam("now", type_=UtcDateTime())
STEPS: dict[str, Any] = {
    "rev": TABLE.c.rev + 1,
    "changed_at": NOW,
    "public_rev": TABLE.c.public_rev + 1,
}


@dataclass(slots=True)
class Change:
    """What this work does to one conversation.

    ``now`` is its row after the last update. The shapes are there once the work has ended.
    """

    now: Row[Any]
    public: bool
    skip: str | None = field(default_factory=origin.get)
    """The socket that hears of it in its answer, if there is one."""
    rows: dict[Id, Line | None] = field(default_factory=dict)
    _for_visitor: VisitorChange | None = None
    _for_operators: OperatorChange | None = None

    @property
    def public_rev(self) -> int | None:
        """What a row that the visitor sees is stamped with."""
        return self.now.public_rev if self.public else None

    def for_visitor(self) -> VisitorChange | None:
        """Return what the visitor is told, once the work is committed."""
        return self._for_visitor

    def for_operators(self) -> OperatorChange | None:
        """Return what operators are told, with the number that the hub gave it."""
        return self._for_operators

    def going_back(self) -> Callable[[], None]:
        """Return what undoes all that comes now, for a reaction whose rows are rolled back."""
        now, public, rows = self.now, self.public, dict(self.rows)

        def go_back() -> None:
            self.now, self.public, self.rows = now, public, rows

        return go_back

    def publish(self, tx: Tx) -> None:
        """Make the frames, one per audience."""
        rows = self._fresh_rows(tx)
        state = self._state(tx, rows)
        names = shapes.Names.read(tx.connection, state, rows)
        self._for_operators = shapes.operator_change(state, rows, names)
        tx.publish(operators_frame(self._for_operators, self.skip))
        if self.public:
            self._for_visitor = shapes.visitor_change(state, rows, names)
            tx.publish(visitor_frame(state.visitor_id, self._for_visitor, self.skip))

    def _state(self, tx: Tx, rows: list[Line]) -> State:
        """Return the state; after a visitor's message all of it is known already."""
        last = rows[-1] if rows else None
        if (
            last is not None
            and last.line == self.now.last_line
            and last.author_kind == VISITOR
            and "site_name" in self.now._fields
        ):
            return queries.state_with_last(self.now, last)
        return queries.state_for_all(tx.connection, self.now.id)

    def _fresh_rows(self, tx: Tx) -> list[Line]:
        """Return the changed rows in order; those that were only stamped are read again."""
        known: list[Line] = [row for row in self.rows.values() if row is not None]
        unknown = [row_id for row_id, row in self.rows.items() if row is None]
        if unknown:
            known += tx.session.scalars(
                select(Message)
                .where(Message.id.in_(unknown))
                .execution_options(populate_existing=True)
            )
        return sorted(known, key=lambda row: row.line)


def revise(
    tx: Tx, conversation_id: Id, *where: ColumnElement[bool], public: bool, **values: Any
) -> Change | None:
    """Change a conversation's row, and move its revs, each at most once in this work.

    The row is locked from here on. The frames leave when the work is committed.

    Returns:
        The change, or None if no row fits ``where``: then nothing was changed.
    """
    known = _known(tx, conversation_id)
    steps = _steps(known, public=public)
    statement = (
        update(TABLE)
        .where(TABLE.c.id == conversation_id, *where)
        .values({**values, **steps} or {"rev": TABLE.c.rev})
        .returning(*TABLE.c)
    )
    moments = {"now": now()} if "changed_at" in steps else {}
    return _noted(tx, known, tx.session.execute(statement, moments).one_or_none(), public=public)


def count_message(tx: Tx, author: Author, conversation_id: Id, at: datetime) -> Change | None:
    """Count a message of the author's up in an open conversation within reach.

    This is what happens most often, so its statement is built once.

    Returns:
        The change, or None if there is no such conversation: then nothing was changed.
    """
    known = _known(tx, conversation_id)
    steps = tuple(_steps(known, public=True))
    statement = _counting(author.kind, steps, sees_all=author.sees_all)
    given = {"conversation": conversation_id, "author": author.id, "now": at}
    return _noted(tx, known, statement.first(tx.connection, given), public=True)


@cache
def _counting(kind: str, steps: tuple[str, ...], *, sees_all: bool) -> Statement:
    author = Author(kind, cast(Id, bindparam("author")), sees_all=sees_all)
    following = TABLE.c.seq + 1
    return Statement(
        update(TABLE)
        .where(
            TABLE.c.id == bindparam("conversation"), within_reach(author), TABLE.c.status == OPEN
        )
        .values(
            {
                "seq": following,
                "lines": TABLE.c.lines + 1,
                "last_line": TABLE.c.lines + 1,
                "last_at": NOW,
                "waiting_since": func.coalesce(TABLE.c.waiting_since, NOW)
                if kind == VISITOR
                else None,
                # Whoever writes has seen what stands above.
                f"delivered_{kind}": following,
                f"read_{kind}": following,
                **{name: STEPS[name] for name in steps},
            }
        )
        .returning(*TABLE.c, *queries.NAMES)
    )


def _steps(known: Change | None, *, public: bool) -> dict[str, Any]:
    """Return what moves the revs, unless this work has moved them already."""
    moving = [] if known else ["rev", "changed_at"]
    if public and not (known and known.public):
        moving.append("public_rev")
    return {name: STEPS[name] for name in moving}


def _noted(tx: Tx, known: Change | None, row: Row[Any] | None, *, public: bool) -> Change | None:
    if row is None:
        return None
    if known is None:
        known = Change(row, public)
    else:
        tx.on_undo(known.going_back())
    known.now, known.public = row, known.public or public
    tx.at_end(publish, known)
    return known


def restamp(tx: Tx, changed: Change, message_id: Id) -> None:
    """Stamp a message and those that quote it: they look different now."""
    affected = or_(Message.id == message_id, Message.quote_id == message_id)
    stamps = {"rev": changed.now.rev}
    if changed.public:
        stamps["public_rev"] = changed.now.public_rev
    found = tx.session.execute(
        update(Message)
        .where(Message.conversation_id == changed.now.id, affected)
        .values(stamps)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    changed.rows.update(dict.fromkeys(found.scalars()))


def publish(tx: Tx, changes: list[Change]) -> None:
    """Finish a work: make the frames of everything that it changed."""
    for changed in {known.now.id: known for known in changes}.values():
        changed.publish(tx)


def last_step(
    session: Session, conversation_id: Id, sent: int, sent_public: int
) -> Iterator[Frame]:
    """Make the frames of a conversation's last step, unless it was sent up to there already.

    Whoever has the rev before it takes it; all others see a hole, and sync.
    """
    connection = session.connection()
    state = queries.state_for_all(connection, conversation_id)
    rows = queries.rows_of_last_step(session, conversation_id)
    names = shapes.Names.read(connection, state, rows)
    if state.rev > sent:
        own = [row for row in rows if row.rev == state.rev]
        yield operators_frame(shapes.operator_change(state, own, names))
    if state.public_rev > sent_public:
        public = [row for row in rows if row.public_rev == state.public_rev]
        yield visitor_frame(state.visitor_id, shapes.visitor_change(state, public, names))


def operators_frame(shape: OperatorChange, skip: str | None = None) -> Frame:
    """Address a change to everybody who reaches the conversation."""
    assignee = shape["conversation"]["assignee"]
    return Frame(
        namespace="/operator",
        rooms=operator_rooms(shape["team"], assignee["id"] if assignee else None),
        event=CHANGED,
        data=cast(dict[str, Any], shape),
        stream=shape["team"],
        skip=skip,
    )


def visitor_frame(visitor_id: Id, shape: VisitorChange, skip: str | None = None) -> Frame:
    """Address a change to all of the visitor's tabs."""
    return Frame(
        namespace="/visitor",
        rooms=(visitor_room(visitor_id),),
        event=CHANGED,
        data=cast(dict[str, Any], shape),
        skip=skip,
    )


def gone_frame(operators: Iterable[Id], conversation_id: Id) -> Frame:
    """Tell operators that a conversation has left their reach (REACH-2)."""
    return Frame(
        namespace="/operator",
        rooms=tuple(f"operator:{each}" for each in operators),
        event="conversation.gone",
        data=Gone(id=conversation_id).model_dump(mode="json"),
    )


def _known(tx: Tx, conversation_id: Id) -> Change | None:
    for known in tx.values_for(publish):
        if known.now.id == conversation_id:
            found: Change = known
            return found
    return None
