"""Two engines on one database: Flask-SQLAlchemy's only reads, this module's other one writes."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, create_engine, event, make_url

from kell.core.db.statements import as_sqlalchemy_says, run

BUSY_READER_MS = 5000
# A reader who has waited so long, in seconds, for a connection hears that it may ask again: longer
# than a socket has to be accepted, and the answer would reach nobody.
NO_CONNECTION_AFTER = 5
# Connections to PostgreSQL that only read: how many stay open, and how many there are at most.
STAYING, READERS = 10, 30
# Of SQLite's log, 16 MB: a page that is written again and again is copied once.
LOG_PAGES = 4000


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def make_reader(app: Flask, url: str) -> Engine:
    """Give the app Flask-SQLAlchemy, whose engine refuses every write."""
    options = _options(url, pool_timeout=NO_CONNECTION_AFTER)
    if not is_sqlite(url):
        # One snapshot for all statements of a read: a conversation's rev and its rows must agree.
        options["isolation_level"] = "REPEATABLE READ"
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    reader = SQLAlchemy()
    reader.init_app(app)
    with app.app_context():
        engine = reader.engine
    _prepare(engine, reads=True)
    return engine


def make_writer(url: str, *, connections: int) -> Engine:
    """Return the engine that the writer greenlets use, and nobody else."""
    if is_sqlite(url):
        _make_file(Path(make_url(url).database or ""))
    engine = create_engine(
        url, **_options(url, pool_size=connections, max_overflow=0 if is_sqlite(url) else 1)
    )
    _prepare(engine, reads=False)
    return engine


def _make_file(file: Path) -> None:
    """Make a database that only its owner reads; SQLite's log beside it gets the same mode."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)


def _options(url: str, **more: Any) -> dict[str, Any]:
    # Parameters hold what people wrote: they never go into a log with a failed statement.
    options: dict[str, Any] = {"hide_parameters": True, **more}
    if is_sqlite(url):
        # Connections wander between the loop's thread and its pool, one at a time.
        options["connect_args"] = {"check_same_thread": False}
    else:
        options.setdefault("pool_size", STAYING)
        options.setdefault("max_overflow", READERS - STAYING)
        options["pool_pre_ping"] = True
        options["connect_args"] = {
            "connect_timeout": 5,
            "application_name": "kell",
            # A server that vanished without a word is noticed, and what waits answers retry_later.
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "options": "-c statement_timeout=20000 -c lock_timeout=10000",
        }
    return options


def _prepare(engine: Engine, *, reads: bool) -> None:
    prepare = _prepare_sqlite if engine.dialect.name == "sqlite" else _prepare_postgresql
    prepare(engine, reads=reads)


def _prepare_sqlite(engine: Engine, *, reads: bool) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver would say it late
        pragmas = [
            # First: the driver's own would stop the loop for seconds in the next line.
            f"busy_timeout={BUSY_READER_MS if reads else 0}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ]
        pragmas.append("query_only=ON" if reads else f"wal_autocheckpoint={LOG_PAGES}")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        run(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")


def _prepare_postgresql(engine: Engine, *, reads: bool) -> None:
    # Most have SQLite.
    from psycopg import Error  # noqa: PLC0415

    from kell.core.db.postgresql import GeventConnection  # noqa: PLC0415

    @event.listens_for(engine, "do_connect")
    def open_connection(_dialect: Any, _record: Any, _args: Any, options: Any) -> Any:
        return GeventConnection.connect(**options)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.read_only = reads
        # A writer says BEGIN itself: a dead connection is noticed before there is work on it.
        connection.autocommit = not reads

    def begin(connection: Any) -> None:
        try:
            connection.connection.dbapi_connection.begin()
        except Error as error:
            raise as_sqlalchemy_says(connection, "BEGIN", error) from error

    if not reads:
        event.listen(engine, "begin", begin)
