"""``python -m bench.seed``: a database with a past, as large as you like."""

# ruff: noqa: E402  gevent patches first
from gevent import monkey

monkey.patch_all()

import argparse
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Table, make_url

from bench.past import House, Past, Row
from kell.accounts.actions import add_operator
from kell.accounts.models import Role, Team, TeamMember
from kell.accounts.passwords import hash_password
from kell.app import close, prepare
from kell.chat.models import Conversation, Message
from kell.core import db
from kell.core.clock import now
from kell.core.config import Config
from kell.core.ids import new_id
from kell.customers.models import Visitor
from kell.customers.wire import visitor_number
from kell.search.index import Index
from kell.search.models import VisitorWord
from kell.search.rules import words_of_person
from kell.sites.models import Site

TEAMS = ("Sales", "Orders", "Returns", "Yarn", "Partners", "Evenings")
OPERATORS, SUPERVISORS = 24, 12
PASSWORD = "a past that never was"  # noqa: S105  of a bench's database
PIECE = 2000


def main() -> None:
    """Fill a database, and print how long each part took."""
    parser = argparse.ArgumentParser("python -m bench.seed", description=__doc__)
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--data", type=Path, required=True, help="the data folder; made if missing")
    parser.add_argument("--database-url", help="by default the SQLite file in it")
    given = parser.parse_args()
    url = given.database_url or f"sqlite:///{given.data.absolute()}/kell.db"
    print(json.dumps(fill(given.conversations, given.data, url)))


def fill(size: int, data: Path, url: str) -> dict[str, float]:
    """Make the people, then the past; return seconds by part."""
    app = prepare(Config.load({"KELL_DATA": str(data), "KELL_DATABASE_URL": url}))
    with app.app_context():
        house = db.write(_people)
    close(app)
    spent, begun = {}, monotonic()
    past = Past(size, house)
    store = _sqlite if make_url(url).get_backend_name() == "sqlite" else _postgresql
    store(url, past)
    spent["rows_s"] = monotonic() - begun
    if store is _sqlite:
        begun = monotonic()
        index = Index(Path(make_url(url).database or ""))
        while index.catch_up():
            pass
        spent["index_s"] = monotonic() - begun
    return spent


def _people(tx: db.Tx) -> House:
    """Add teams, a site each, operators of one team, and supervisors; all have one password."""
    hashed = hash_password(PASSWORD)
    teams = [Team(id=new_id(), name=name, created_at=now()) for name in TEAMS]
    tx.session.add_all(teams)
    tx.session.flush()
    sites = [
        Site(
            id=new_id(),
            key=new_id()[-16:],
            name=f"{team.name} shop",
            team_id=team.id,
            created_at=now(),
        )
        for team in teams
    ]
    tx.session.add_all(sites)
    by_team: dict[str, list[str]] = {team.id: [] for team in teams}
    for number in range(OPERATORS + SUPERVISORS):
        boss = number >= OPERATORS
        kind = Role.SUPERVISOR if boss else Role.OPERATOR
        who = add_operator(
            tx,
            email=f"{kind.value}{number % OPERATORS}@example.org",
            name=f"Operator {number}",
            role=kind.value,
            password_hash=hashed,
        )
        if not boss:
            team = teams[number % len(teams)]
            tx.session.add(TeamMember(team_id=team.id, operator_id=who, joined_at=now()))
            by_team[team.id].append(who)
    return House([(site.id, site.team_id) for site in sites], {**by_team})


def _tables(past: Past) -> Iterator[tuple[Table, list[Row]]]:
    """Yield rows in pieces, parents first."""
    pieces = past.conversations()
    while piece := list(islice(pieces, PIECE)):
        visitors = [visitor for visitor, _, _ in piece if visitor]
        yield _table(Visitor), visitors
        yield _table(VisitorWord), [word for each in visitors for word in _words(each)]
        yield _table(Conversation), [conversation for _, conversation, _ in piece]
        yield _table(Message), [row for _, _, rows in piece for row in rows]


def _words(visitor: Row) -> Iterable[Row]:
    number = visitor_number(visitor["id"])
    for word in words_of_person(number, visitor["name"], visitor["email"]):
        yield {"word": word, "visitor_id": visitor["id"]}


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _columns(table: Table, row: Row) -> tuple[list[str], list[Any]]:
    """Return the names of columns, ours first, then those that must not be empty, with values."""
    more = {
        column.name: column.default.arg  # type: ignore[union-attr]
        for column in table.c
        if column.name not in row and not column.nullable and column.server_default is None
    }
    return [*row, *more], list(more.values())


def _tuples(rows: Sequence[Row], more: list[Any]) -> Iterator[list[Any]]:
    return ([*row.values(), *more] for row in rows)


def _sqlite(url: str, past: Past) -> None:
    """Insert without waiting for the disk, for these minutes alone."""
    with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as file:
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-500000"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        for number, (table, rows) in enumerate(_tables(past)):
            if rows:
                names, more = _columns(table, rows[0])
                statement = (
                    f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608  names of ours
                    f" VALUES ({', '.join('?' * len(names))})"
                )
                file.executemany(statement, _tuples(rows, more))
            if number % 40 == 0:
                file.execute("COMMIT")
                file.execute("BEGIN")
        file.execute("COMMIT")
        file.execute("PRAGMA synchronous=FULL")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _postgresql(url: str, past: Past) -> None:
    """Copy rows in, and index the words afterwards, all at once."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("DROP INDEX ix_messages_words")
        for table, rows in _tables(past):
            if rows:
                names, more = _columns(table, rows[0])
                statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
                with connection.cursor().copy(statement) as copy:
                    for each in _tuples(rows, more):
                        copy.write_row(each)
        connection.execute("SELECT setval('conversation_numbers', %s)", (past.size,))
        connection.execute("CREATE INDEX ix_messages_words ON messages USING gin (words)")
        connection.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
