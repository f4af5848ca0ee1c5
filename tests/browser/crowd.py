"""A house with years behind it: copies of the chats that are there, written past the server."""

import itertools
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, NullPool, Table, create_engine, func, select

from kell.core.config.values import database_url as normalised
from tests.fault.cluster import Home

NAMES = ("Žanna Šiškina", "Kadri-Liis Põldsepp-Rummukainen", "Олександра Ґалаґан-Яворівська", "Anu")
BATCH = 2_000


def multiply_chats(home: Home, *, opened: int = 0, closed: int = 0) -> None:
    """Copy the first chat with its visitor and its first message; every third open one waits."""
    engine = create_engine(normalised(home.url), poolclass=NullPool)
    with engine.connect() as connection:
        tables = _tables(connection, "visitors", "conversations", "messages")
        rows = {name: _first(connection, table) for name, table in tables.items()}
        numbers = {name: _numbered(connection, table) for name, table in tables.items()}
    made = _copies(rows, numbers, opened, closed)
    # In pieces: the server wants to write too.
    while batch := list(itertools.islice(made, BATCH)):
        with engine.begin() as connection:
            for name, table in tables.items():
                connection.execute(table.insert(), [each[name] for each in batch])


def lengthen_thread(home: Home, lines: int) -> None:
    """Make the first chat's thread that long, as if visitor and operator had gone on for a year."""
    engine = create_engine(normalised(home.url), poolclass=NullPool)
    with engine.begin() as connection:
        tables = _tables(connection, "conversations", "messages")
        chat = _first(connection, tables["conversations"])
        message = _first(connection, tables["messages"])
        more = [
            message
            | {
                "id": uuid.uuid4().hex,
                "client_id": uuid.uuid4().hex,
                **dict.fromkeys(("line", "seq", "rev", "public_rev"), line),
                "text": f"Line {line}. " + "It goes on and on. " * (line * 7 % 23),
                "at": _moment(message["at"]) + timedelta(minutes=7 * line),
            }
            for line in range(2, lines + 1)
        ]
        connection.execute(tables["messages"].insert(), more)
        counted = dict.fromkeys(("rev", "public_rev", "seq", "lines", "last_line"), lines)
        connection.execute(
            tables["conversations"]
            .update()
            .where(tables["conversations"].c.id == chat["id"])
            .values(last_at=more[-1]["at"], **counted)
        )


def _copies(
    rows: Mapping[str, dict[str, Any]],
    numbers: Mapping[str, Iterator[int] | None],
    opened: int,
    closed: int,
) -> Iterator[dict[str, dict[str, Any]]]:
    visitor, chat, message = rows["visitors"], rows["conversations"], rows["messages"]
    began = _moment(chat["created_at"])
    for index in range(opened + closed):
        is_open = index < opened
        waits = is_open and index % 3 == 0
        at = began - timedelta(seconds=1 + index % (opened or 1), days=0 if is_open else 30 + index)
        ids = {"visitor_id": uuid.uuid4().hex, "conversation_id": uuid.uuid4().hex}
        copies: dict[str, dict[str, Any]] = {
            "visitors": visitor
            | {"id": ids["visitor_id"], "name": f"{NAMES[index % len(NAMES)]} {index}"},
            "conversations": chat
            | {
                "id": ids["conversation_id"],
                "visitor_id": ids["visitor_id"],
                "start_id": uuid.uuid4().hex,
                "status": "open" if is_open else "closed",
                "closed_at": None if is_open else at,
                "waiting_since": at if waits else None,
                **dict.fromkeys(("rev", "public_rev", "seq", "lines", "last_line"), 1),
                **dict.fromkeys(("created_at", "last_at", "changed_at"), at),
            },
            "messages": message
            | {
                "id": uuid.uuid4().hex,
                "client_id": uuid.uuid4().hex,
                "conversation_id": ids["conversation_id"],
                "author_id": ids["visitor_id"],
                "text": f"Question number {index}, on a line of its own",
                "at": at,
            },
        }
        for name, row in copies.items():
            count = numbers[name]
            if count is not None:
                row["number"] = next(count)
        yield copies


def _tables(connection: Connection, *names: str) -> dict[str, Table]:
    meta = MetaData()
    meta.reflect(connection, only=names, resolve_fks=False)
    return {name: meta.tables[name] for name in names}


def _first(connection: Connection, table: Table) -> dict[str, Any]:
    first = table.c.line if "line" in table.c else table.c.created_at
    return dict(connection.execute(select(table).order_by(first).limit(1)).mappings().one())


def _numbered(connection: Connection, table: Table) -> Iterator[int] | None:
    """Return the free running numbers of a table that has some."""
    column = table.c.get("number")
    if column is None or not isinstance(column.type, Integer):
        return None
    return itertools.count((connection.scalar(select(func.max(column))) or 0) + 1)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
