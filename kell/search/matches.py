"""Which messages have the words, newest first: asked of FTS5 on SQLite, of GIN on PostgreSQL."""

from collections.abc import Sequence
from pathlib import Path

import gevent
from sqlalchemy import ColumnElement, String, literal_column, text
from sqlalchemy.orm import Session

from kell.search.index import Index
from kell.search.rules import Terms

# Candidates at a time; more are asked for when the reach leaves too few of them.
AT_ONCE = 200
# The newest messages are looked through as they stand: what is said often is found there, and
# the index, which knows no order, is asked only for what is rare.
WINDOW = 20_000
OFTEN = 25

_NEWEST = text("""
    SELECT id FROM (
        SELECT id, words FROM messages WHERE id < :before ORDER BY id DESC LIMIT :window) newest
    WHERE words @@ CAST(:question AS tsquery) ORDER BY id DESC LIMIT :most
""")
_ALL = text("""
    WITH found AS MATERIALIZED (
        SELECT id FROM messages WHERE words @@ CAST(:question AS tsquery))
    SELECT id FROM found WHERE id < :before ORDER BY id DESC LIMIT :most
""")
_AFTER_ALL_IDS = "g"


def position(session: Session) -> ColumnElement[str]:
    """Return the column whose order is that of time, by which matches are named."""
    name = "messages.rowid" if is_sqlite(session) else "messages.id"
    return literal_column(name, String)


def matches(
    session: Session, terms: Terms, before: str | None
) -> tuple[Sequence[str | int], str | None]:
    """Return a piece of the matches, newest first, and before which the next one begins."""
    if is_sqlite(session):
        file = Path(session.get_bind().engine.url.database or "")
        pool = gevent.get_hub().threadpool
        place = int(before) if before else None
        found, following = pool.apply(Index(file).matching, (terms, place, AT_ONCE))
        return found, str(following) if following is not None else None
    given = {
        "before": before or _AFTER_ALL_IDS,
        "question": _question(terms),
        "window": WINDOW,
        "most": AT_ONCE,
    }
    ids = session.scalars(_NEWEST, given).all()
    if len(ids) < OFTEN:
        ids = session.scalars(_ALL, given).all()
    return ids, ids[-1] if len(ids) == AT_ONCE else None


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _question(terms: Terms) -> str:
    """Return PostgreSQL's way to ask for all words; they are letters and digits alone."""
    return " & ".join(f"'{word}'" for word in terms.words) + ":*" * terms.open_end
