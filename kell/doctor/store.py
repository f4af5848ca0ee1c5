"""Is the database as Kell made it, and does what was deleted lie nowhere else?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, select, text
from sqlalchemy.orm import Session

from kell.chat.models import Message
from kell.core.clock import now
from kell.core.config import Config
from kell.core.db import Database, migrate
from kell.core.db.aside import read_aside
from kell.core.outbox.models import DEAD, Job
from kell.doctor.findings import EXAMPLES, Finding, Tally
from kell.notifications.models import Mail
from kell.notifications.providers import smtp
from kell.search.index import Index

LATE = timedelta(hours=1)
LEASE_OVER = timedelta(minutes=10)
CLOCKS_AGREE = timedelta(seconds=5)
BEHIND = 10_000


def check(database: Database, config: Config) -> Iterator[Finding]:
    """Look at the database as a whole."""
    with database.read() as session:
        yield from _jobs(session)
        yield from _clock(session)
        yield from _mails(session, config.data)
    if database.sqlite:
        yield from _sqlite(database)
        yield from _index(database)
    else:
        yield from _postgresql(database)


def is_current(database: Database) -> bool:
    """Say whether the tables are those that this version knows."""
    with database.read() as session:
        return migrate.current(session.connection()) == migrate.head()


def migrations(database: Database) -> Iterator[Finding]:
    """Say at which revision the database is, and at which it should be."""
    with database.read() as session:
        current = migrate.current(session.connection())
    about = f"the database is at {current or 'base'}, this version wants {migrate.head()}"
    yield Finding("migrations", about, "Run `kell migrate`, with the version that serves.")


def _jobs(session: Session) -> Iterator[Finding]:
    at = now()
    waits = Job.state == literal_column("'waiting'")
    late = and_(waits, Job.due_at < at - LATE)
    yield from _some_jobs(
        session,
        "jobs_late",
        "jobs are due for more than an hour",
        "Look into the log for why they fail, and whether a worker runs (`kell serve` has one).",
        late,
    )
    yield from _some_jobs(
        session,
        "jobs_dead",
        "jobs were given up",
        "Look at `error` in the table of jobs; set state = 'waiting' to try again.",
        Job.state == literal_column(f"'{DEAD}'"),
    )
    yield from _some_jobs(
        session,
        "leases",
        "a worker took jobs and neither finished nor gave them back",
        "Its process is gone. Start a worker: it takes them over.",
        and_(waits, Job.leased_until < at - LEASE_OVER),
    )


def _some_jobs(
    session: Session, check: str, about: str, do: str, which: ColumnElement[bool]
) -> Iterator[Finding]:
    tally = Tally(check, about, do)
    for job in read_aside(session, select(Job.id, Job.kind).where(which)):
        tally.add(f"{job.kind} {job.id}")
    yield from tally.findings()


def _clock(session: Session) -> Iterator[Finding]:
    newest = session.scalar(select(Message.at).order_by(Message.id.desc()).limit(1))
    if newest is not None and newest > now() + CLOCKS_AGREE:
        yield Finding(
            "clock",
            "the newest message was written in the future",
            "Set the machine's clock by NTP: waiting times and limits depend on it.",
        )


def _mails(session: Session, data: Path) -> Iterator[Finding]:
    """Look for kept mails in which a deleted message stands."""
    tally = Tally("mails", "kept mails have the text of a deleted message", "Delete these files.")
    deleted = (
        select(Mail.id)
        .join(Message, Message.conversation_id == Mail.conversation_id)
        .where(Message.deleted_at.is_not(None), Message.seq.between(Mail.first_seq, Mail.last_seq))
        .distinct()
    )
    for row in read_aside(session, deleted):
        file = smtp.file_of(data, row.id)
        if file.exists():
            tally.add(str(file))
    yield from tally.findings()


def _sqlite(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        if _pragma(session, "journal_mode") != "wal":
            about = "the file isn't in WAL mode"
            yield Finding("durability", about, "Start Kell once: it sets what it needs.")
        broken = Tally(
            "integrity",
            "the file is damaged",
            "Stop Kell, copy the file, and restore the newest backup that passes quick_check.",
        )
        for row in read_aside(session, text(f"PRAGMA quick_check({EXAMPLES})")):
            if row[0] != "ok":
                broken.add(str(row[0]))
        yield from broken.findings()
        orphans = Tally("orphans", "rows refer to what isn't there", "Restore a backup.")
        for table, number, parent, _ in read_aside(session, text("PRAGMA foreign_key_check")):
            orphans.add(f"{table} {number} → {parent}")
        yield from orphans.findings()


def _pragma(session: Session, name: str) -> Any:
    return session.execute(text(f"PRAGMA {name}")).scalar_one()


def _index(database: Database) -> Iterator[Finding]:
    """Look whether the index of words knows what is there, and nothing that is gone."""
    index = Index(Path(database.writer.url.database or ""))
    behind = index.behind()
    if behind is None:
        about = "the search index doesn't fit the database"
        yield Finding("search", about, "Kell builds it again while it runs.", level="advice")
        return
    if behind > BEHIND:
        about = f"the search index is {behind:,} messages behind"
        yield Finding("search", about, "Wait while Kell builds it.", level="advice")
    remains = Tally(
        "deleted_words",
        "the search index has words of deleted messages",
        "Stop Kell and delete the file that ends in -search: it is built again.",
    )
    for message_id in index.leftovers():
        remains.add(message_id)
    yield from remains.findings()


def _postgresql(database: Database) -> Iterator[Finding]:
    try:
        database.check_durability()
    except RuntimeError as error:
        yield Finding("durability", str(error), "Set it in postgresql.conf and reload.")
    with database.read() as session:
        theirs = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        if abs(theirs - now()) > CLOCKS_AGREE:
            about = "the clocks of the database and of this machine differ"
            yield Finding("clock", about, "Set both by NTP.")
        unchecked = Tally(
            "orphans",
            "constraints were never checked: rows may refer to what isn't there",
            "ALTER TABLE … VALIDATE CONSTRAINT … for each.",
        )
        asked = "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
        for (name,) in session.execute(text(asked)):
            unchecked.add(name)
        yield from unchecked.findings()
