"""The words of all messages, on SQLite: FTS5 in a file of its own beside the database.

The index follows the table of messages by rowid, from a thread, with its own connection: sending a
message costs nothing more, and nobody waits for the index. It is cut into shards of rowids: the
newest is asked first, and a deleted message really goes by building its shard anew. What it holds
can be built again from the database at any time, and is when it doesn't fit it.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from gevent.threadpool import ThreadPool

from kell.core.errors import RetryLater
from kell.search.rules import Terms

log = logging.getLogger(__name__)

SHARD = 2**17
# Rows per transaction while catching up: it reads the database for as long.
PIECE = 5000
LOCKED_FOR = 5.0
# Of one page's search; where it ended the next page goes on.
LOOKS_FOR = 0.1

_STATE = """
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS state (
        one INTEGER PRIMARY KEY CHECK (one = 1), upto INTEGER NOT NULL, upto_id TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS shards (shard INTEGER PRIMARY KEY, built_at REAL NOT NULL);
    INSERT OR IGNORE INTO state VALUES (1, 0, '');
    COMMIT;
"""
_WORDS = """
    INSERT INTO words_{shard} (rowid, text)
    SELECT rowid, replace(replace(text, 'ё', 'е'), 'Ё', 'е') FROM chat.messages
    WHERE rowid > ? AND rowid <= ? AND text IS NOT NULL AND kind <> 'event'
"""


@cache
def keeper() -> ThreadPool:
    """Return the one thread that writes indexes: it never waits for another's lock."""
    return ThreadPool(1)


class Index:
    """The index beside one SQLite file. Its methods block: call them in a thread."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.file = database.with_name(f"{database.name}-search")

    def catch_up(self) -> bool:
        """Add the next piece of what was written since; say whether there may be more.

        What comes in meanwhile waits for the next look: many words at once cost much less.
        """
        if self.file.exists() and self.behind() == 0:
            return False  # and nothing was written
        began = time.time()
        with self._writing() as connection:
            upto = self._checked_upto(connection)
            most = min(PIECE, SHARD - upto % SHARD)
            # The id is that of the row with the max (sqlite.org/lang_select.html#bareagg).
            rowid, message_id, count = connection.execute(
                "SELECT max(rowid), id, count(*) FROM"
                " (SELECT rowid, id FROM chat.messages WHERE rowid > ? ORDER BY rowid LIMIT ?)",
                (upto, most),
            ).fetchone()
            if rowid is None:
                return False
            for shard in range(upto // SHARD, (rowid - 1) // SHARD + 1):
                _make(connection, shard, began)
                connection.execute(_WORDS.format(shard=shard), _range(shard, upto, rowid))
            connection.execute("UPDATE state SET upto = ?, upto_id = ?", (rowid, message_id))
            return bool(count == most)

    def forget(self, message_id: str, asked_at: float) -> None:
        """Remove the words of a message that was emptied before ``asked_at``, from the file too.

        Raises:
            RetryLater: somebody reads an older state; come again.
        """
        began = time.time()
        with self._writing() as connection:
            found = connection.execute(
                "SELECT rowid FROM chat.messages WHERE id = ?", (message_id,)
            ).fetchone()
            (upto,) = connection.execute("SELECT upto FROM state").fetchone()
            if found is not None and found[0] <= upto:
                shard = (found[0] - 1) // SHARD
                if not _is_newer(connection, shard, asked_at):
                    _rebuild(connection, shard, upto, began)
        with closing(self._connect(self.file)) as connection:
            (busy, *_pages) = connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RetryLater("the index is in use", retry_after=5)

    def matching(self, terms: Terms, before: int | None, most: int) -> tuple[list[int], int | None]:
        """Return the newest messages with all the words, and before which to go on, if anywhere."""
        question = _question(terms)
        ends = time.monotonic() + LOOKS_FOR
        found: list[int] = []
        with self._reading() as connection:
            for shard in _shards(connection, before or 2**62):
                if time.monotonic() > ends:
                    return found, (shard + 1) * SHARD + 1
                found += _in_shard(connection, shard, question, before, most - len(found))
                if len(found) == most:
                    return found, found[-1]
        return found, None

    def behind(self) -> int | None:
        """Return how many rows it hasn't seen; None if it is another database's, or only begun."""
        if not self.file.exists():
            return 0
        with self._reading() as connection:
            upto = _known(connection)
            if upto is None:
                return None
            newest = connection.execute("SELECT max(rowid) FROM chat.messages").fetchone()[0]
            return (newest or 0) - upto

    def leftovers(self) -> Iterator[str]:
        """Yield the ids of deleted messages whose words it still has."""
        with self._reading() as connection:
            connection.execute(
                "CREATE TEMP TABLE gone AS SELECT rowid AS n, id FROM chat.messages"
                " WHERE deleted_at IS NOT NULL"
            )
            for shard in _shards(connection):
                ours = connection.execute(
                    "SELECT 1 FROM gone WHERE n > ? AND n <= ? LIMIT 1",
                    (shard * SHARD, (shard + 1) * SHARD),
                ).fetchone()
                if ours is None:
                    continue
                connection.execute(
                    f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, words_{shard}, instance)"
                )
                found = connection.execute(
                    "SELECT DISTINCT id FROM seen JOIN gone ON gone.n = seen.doc"
                ).fetchall()
                connection.execute("DROP TABLE temp.seen")
                yield from (message_id for (message_id,) in found)

    def _checked_upto(self, connection: sqlite3.Connection) -> int:
        """Return up to where the index goes; if the database isn't the one it knew, begin anew."""
        upto = _known(connection)
        if upto is not None:
            return upto
        log.warning("the search index doesn't fit the database and is built anew")
        for shard in _shards(connection):
            connection.execute(f"DROP TABLE words_{shard}")
        connection.execute("DELETE FROM shards")
        connection.execute("UPDATE state SET upto = 0, upto_id = ''")
        return 0

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that holds the index's lock and reads the database."""
        self.file.touch(mode=0o600)
        with closing(self._connect(self.file)) as connection:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(_STATE)
            connection.execute("BEGIN")
            # A write first: a lock that is asked for after a read may be refused at once.
            connection.execute("UPDATE state SET one = 1")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Open one state of the index and of the database, be there tables already or not."""
        # Whoever looked into an empty file would be in the way of whom it gets its log from.
        begun = self.file.exists() and self.file.stat().st_size > 0
        with closing(self._connect(self.file if begun else None)) as connection:
            connection.execute("BEGIN")
            yield connection

    def _connect(self, file: Path | None) -> sqlite3.Connection:
        name = file.absolute().as_uri() if file else "file::memory:"
        connection = sqlite3.connect(name, uri=True, timeout=LOCKED_FOR, isolation_level=None)
        connection.execute(f"ATTACH '{self.database.absolute().as_uri()}?mode=ro' AS chat")
        return connection


def _has(connection: sqlite3.Connection, table: str) -> bool:
    named = "SELECT 1 FROM main.sqlite_master WHERE name = ?"
    return connection.execute(named, (table,)).fetchone() is not None


def _shards(connection: sqlite3.Connection, before: int = 2**62) -> list[int]:
    """Return the shards with rows before this one, the newest first."""
    if not _has(connection, "shards"):
        return []
    known = "SELECT shard FROM shards WHERE shard * ? < ? ORDER BY shard DESC"
    return [shard for (shard,) in connection.execute(known, (SHARD, before))]


def _known(connection: sqlite3.Connection) -> int | None:
    """Return up to where the index goes; None if it is another database's, or only begun."""
    if not _has(connection, "state"):
        return None
    upto, upto_id = connection.execute("SELECT upto, upto_id FROM state").fetchone()
    there = connection.execute("SELECT id FROM chat.messages WHERE rowid = ?", (upto,)).fetchone()
    return int(upto) if upto == 0 or there == (upto_id,) else None


def _make(connection: sqlite3.Connection, shard: int, began: float) -> None:
    """Make a shard's table, if there is none. It keeps no texts, and no places in them.

    ``began`` is before anything of the database was read: what was deleted later may be in it.
    """
    connection.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS words_{shard} USING fts5(text, content='',"
        " detail=none, columnsize=0, prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT OR IGNORE INTO shards VALUES (?, ?)", (shard, began))


def _is_newer(connection: sqlite3.Connection, shard: int, asked_at: float) -> bool:
    """Say whether a shard was built anew after something was asked for."""
    built = connection.execute("SELECT built_at FROM shards WHERE shard = ?", (shard,)).fetchone()
    return built is not None and built[0] > asked_at


def _rebuild(connection: sqlite3.Connection, shard: int, upto: int, began: float) -> None:
    connection.execute(f"DROP TABLE IF EXISTS words_{shard}")
    connection.execute("DELETE FROM shards WHERE shard = ?", (shard,))
    _make(connection, shard, began)
    connection.execute(_WORDS.format(shard=shard), _range(shard, 0, upto))


def _range(shard: int, after: int, upto: int) -> tuple[int, int]:
    """Return (after, up to and with) of a shard's rowids within these."""
    return max(after, shard * SHARD), min(upto, (shard + 1) * SHARD)


def _question(terms: Terms) -> str:
    """Return FTS5's way to ask for all words; they are letters and digits alone."""
    return " ".join(f'"{word}"' for word in terms.words) + "*" * terms.open_end


def _in_shard(
    connection: sqlite3.Connection, shard: int, question: str, before: int | None, most: int
) -> list[int]:
    statement = (
        f"SELECT rowid FROM words_{shard} WHERE words_{shard} MATCH ? AND rowid < ?"  # noqa: S608
        " ORDER BY rowid DESC LIMIT ?"
    )
    given: tuple[Any, ...] = (question, before or 2**62, most)
    return [rowid for (rowid,) in connection.execute(statement, given)]
