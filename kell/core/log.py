"""Logs to stderr: a sentence and ids, never what somebody wrote.

JSON lines for machines, readable lines on a terminal. Our modules and the libraries below us use
the standard ``logging`` or ``structlog``; both end here. Whatever the caller passes, a value gets
out only if it looks like an id, a code or a number (``Facts``), and of an exception only the type,
the frames and words that come from code.
"""

import ipaddress
import json
import logging
import re
import sqlite3
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, TextIO

import gevent.hub
import structlog
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, Processor

from kell.core.errors import AppError

OURS = "kell"
# Named, because a library that finds its logger without a level adds a handler of its own.
LIBRARIES = ("werkzeug", "gevent", "socketio.server", "engineio.server", "alembic", "sqlalchemy")
POOL = "sqlalchemy.pool"

SENTENCE_LENGTH = 300
VALUE_LENGTH = 128
VALUES_AT_MOST = 50

_SETTLED = frozenset({"event", "level", "logger", "at", "exception"})
# fmt: off
_FORBIDDEN = frozenset({
    "answer", "auth", "authorization", "body", "content", "cookie", "cookies", "data", "draft",
    "email", "file", "form", "header", "headers", "input", "mail", "message", "messages", "name",
    "names", "note", "params", "password", "phone", "query", "quote", "secret", "subject", "tel",
    "text", "title", "token", "value", "written",
})
# fmt: on
# What these end with is about the thing, not the thing: message_id, text_length.
_ABOUT = frozenset({"id", "ids", "count", "length", "size", "code", "kind", "seq", "rev"})
_FACT = re.compile(rf"[A-Za-z0-9_.:/\[\]-]{{1,{VALUE_LENGTH}}}")
_NUMBER_OF_SOMEBODY = re.compile(r"[0-9./-]{7,}")
_LONG_RUN = re.compile(r"[A-Za-z0-9_-]{30,}")

# Their words are written by developers. The words of ValueError, KeyError and most others repeat
# what they were given, and PostgreSQL's repeat the row.
_SPEAKS_FOR_CODE = (
    AppError,
    AttributeError,
    ImportError,
    NameError,
    RuntimeError,
    TypeError,
    sqlite3.IntegrityError,
)


def configure(stream: TextIO | None = None) -> None:
    """Send every log line of this process to ``stream`` (stderr), once and in one form."""
    stream = stream or sys.stderr
    handler = _Handler(stream)
    handler.setFormatter(_formatter(readable=stream.isatty()))
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # When the database goes, its doors say so; the pool would add a trace for each connection.
    logging.getLogger(POOL).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # gevent prints what a greenlet raised straight to stderr, with all its words.
    gevent.hub.Hub.print_exception = _greenlet_failed  # type: ignore[method-assign,assignment]


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that configuring twice doesn't print twice."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Say that a line was lost, but not the line."""
        self.stream.write(f'{{"event": "a log line was lost", "logger": "{record.name}"}}\n')


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        """Format ``record`` with its arguments filtered: they stand inside the sentence."""
        if isinstance(record.msg, str):
            record = logging.makeLogRecord(record.__dict__)
            record.msg, record.args = _sentence(record.msg, record.args), None
        return super().format(record)


def _formatter(*, readable: bool) -> _Formatter:
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    last: Processor = (
        structlog.dev.ConsoleRenderer(timestamp_key="at", colors=True)
        if readable
        else structlog.processors.JSONRenderer(serializer=json.dumps)
    )
    return _Formatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, structlog.stdlib.ExtraAdder()],
        processors=[
            *before,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _exception,
            only_facts,
            last,
        ],
    )


def only_facts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Let ids, codes and numbers through and withhold everything else."""
    return {
        key: value if key in _SETTLED else _withhold(key, value)
        for key, value in event.items()
        if key != "event"
    } | {"event": _plain(str(event["event"]))[:SENTENCE_LENGTH]}


def _withhold(key: str, value: Any) -> Any:
    words = key.lower().split("_")
    if not _FORBIDDEN.isdisjoint([key.lower(), *words]) and words[-1] not in _ABOUT:
        return "[withheld]"
    return fact(value)


def fact(value: Any) -> Any:
    """Return ``value`` if nobody can have written it to somebody, else what kind it is."""
    known: Any
    match value:
        case None | bool() | int() | float():
            known = value
        case datetime():
            known = value.isoformat()
        case str():
            known = _fact(value)
        case Mapping():
            pairs = list(value.items())[:VALUES_AT_MOST]
            known = {fact(str(key)): _withhold(str(key), item) for key, item in pairs}
        case list() | tuple() | set() | frozenset():
            known = [fact(item) for item in list(value)[:VALUES_AT_MOST]]
        case _:
            known = f"[{type(value).__name__}]"
    return known


def _fact(value: str) -> str:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        if not _FACT.fullmatch(value) or _NUMBER_OF_SOMEBODY.fullmatch(value):
            return f"[withheld: {len(value)} characters]"
        return "[withheld: a secret]" if any(map(_random, _LONG_RUN.findall(value))) else value
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((value, prefix), strict=False))


def _random(run: str) -> bool:
    """Tell a token of ours from an id, which is hexadecimal, and from a long word."""
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(kind(character) for character in run) for kind in kinds)


def _sentence(template: str, args: Any) -> str:
    if not args:
        return template
    facts: Any = fact(args) if isinstance(args, Mapping) else tuple(map(fact, args))
    try:
        return str(template % facts)
    except (TypeError, ValueError, KeyError):
        return template  # a number was asked for, and what came was withheld


def _plain(text: str) -> str:
    """Escape what could end a line or steer a terminal: control, separator, bidi characters."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def _exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = explain(error)
    return event


def explain(error: BaseException) -> str:
    """Return the traceback of ``error`` and its causes without a value that it was given."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.append(f"{frames}{type(current).__qualname__}: {_words(current)}")
        if isinstance(current, BaseExceptionGroup):
            parts.extend(explain(part) for part in current.exceptions)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return "\nafter:\n".join(parts)


def _words(error: BaseException) -> str:
    if isinstance(error, DBAPIError):
        return f"the database refused ({_state(error.orig)})"
    if isinstance(error, _SPEAKS_FOR_CODE):
        return _plain(str(error))[:SENTENCE_LENGTH]
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror} ({fact(str(error.filename))})"
    return f"[withheld: {len(str(error))} characters]"


def _state(error: BaseException | None) -> str:
    """Name the database's error: SQLSTATE and constraint, or SQLite's code."""
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    codes: Sequence[Any] = (
        type(error).__name__,
        getattr(error, "sqlstate", None),
        constraint,
        getattr(error, "sqlite_errorname", None),
    )
    return " ".join(str(code) for code in codes if code)


def _greenlet_failed(
    _hub: Any,
    context: Any,
    _kind: type[BaseException] | None,
    error: BaseException | None,
    _trace: TracebackType | None,
) -> None:
    logging.getLogger("kell.greenlet").error(
        "a greenlet failed: %s", type(context).__name__, exc_info=error
    )
