"""The log tells what happened, and never what somebody wrote."""

import io
import json
import logging
import sqlite3
import sys

import gevent
import pytest
import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from kell.core import log
from kell.core.errors import NotFound

pytestmark = pytest.mark.once

CANARY = "canary мир +37255512345 me@example.org 4111111111111111"


class Stream(io.StringIO):
    def __init__(self, *, tty: bool = False) -> None:
        super().__init__()
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def configured():
    """Configure the process's log for one test, and give it back as it was."""
    root = logging.getLogger()
    names = [None, log.OURS, *log.LIBRARIES, log.POOL]
    levels = {name: logging.getLogger(name).level for name in names}
    prints = gevent.hub.Hub.print_exception

    def configure(*, tty: bool = False) -> Stream:
        stream = Stream(tty=tty)
        log.configure(stream)
        return stream

    yield configure
    for handler in [each for each in root.handlers if isinstance(each, log._Handler)]:
        root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    gevent.hub.Hub.print_exception = prints
    structlog.reset_defaults()


@pytest.fixture
def stream(configured) -> Stream:
    return configured()


@pytest.fixture
def ours() -> logging.Logger:
    return logging.getLogger("kell.test")


def test_a_line_is_a_sentence_and_ids(stream):
    structlog.get_logger("kell.chat").info("a message was kept", conversation="ab" * 16, seq=4)
    [line] = stream.lines()
    assert line.pop("at").startswith("20")
    assert line == {
        "event": "a message was kept",
        "level": "info",
        "logger": "kell.chat",
        "conversation": "ab" * 16,
        "seq": 4,
    }


@pytest.mark.parametrize(
    "key",
    ["text", "email", "phone", "password", "token", "name", "visitor_name", "quoted_text", "x"],
)
def test_what_people_wrote_never_gets_out(stream, ours, key):
    structlog.get_logger("kell.test").info("it happened", **{key: CANARY})
    ours.warning("it happened with %s", CANARY)
    ours.warning("it happened with %(a)s", {"a": CANARY})
    ours.warning("it happened", extra={"what": CANARY, "deep": {"a": [CANARY], CANARY: 1}})
    assert len(stream.lines()) == 4
    for word in CANARY.split():
        assert word not in stream.getvalue()
        assert word.encode("ascii", "backslashreplace").decode() not in stream.getvalue()


@pytest.mark.parametrize("key", ["text", "email", "phone", "password", "token", "name"])
def test_a_forbidden_key_hides_even_a_harmless_word(stream, key):
    structlog.get_logger("kell.test").info("it happened", **{key: "hello", f"{key}_id": "ab12"})
    [line] = stream.lines()
    assert (line[key], line[f"{key}_id"]) == ("[withheld]", "ab12")


@pytest.mark.parametrize(
    "value",
    ["+37255512345", "372 555 12345", "5551234", "me@example.org", "a b", "привет", "x" * 200, ""],
)
def test_only_ids_and_codes_pass_as_words(value):
    assert str(log.fact(value)).startswith("[withheld")


@pytest.mark.parametrize(
    "value",
    ["0192f0c0ffee7000800000000000abcd", "message.send", "/var/lib/kell.db", 7, 0.5, True, None,
     "http://127.0.0.1:8080", "2026-11-22T10:37:03.123Z", "IntegrityError"],
)  # fmt: skip
def test_ids_codes_and_numbers_do_pass(value):
    assert log.fact(value) == value


def test_a_secret_does_not_pass_for_an_id():
    assert log.fact("aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9nO2q") == "[withheld: a secret]"


def test_an_address_is_told_without_its_end():
    assert log.fact("192.0.2.77") == "192.0.2.0/24"
    assert log.fact("2001:db8:1:2::77") == "2001:db8:1::/48"


def test_a_thing_is_told_by_its_kind():
    assert log.fact(object()) == "[object]"


def test_a_line_ends_where_we_end_it(stream, ours):
    logging.getLogger("engineio.server").error("bad\r\nline\x1b[31m\u2028\u202e\x00\x9b")
    [line] = stream.lines()
    assert line["event"].isprintable()


def test_on_a_terminal_it_is_readable_and_cannot_be_steered(configured, ours):
    stream = configured(tty=True)
    ours.info("it happened\x1b]0;owned\x07", extra={"conversation": "ab12"})
    assert "it happened\\x1b]0;owned\\x07" in stream.getvalue()
    assert "ab12" in stream.getvalue()


def test_libraries_are_heard_when_something_is_wrong(stream):
    for name in log.LIBRARIES:
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")
    assert [line["logger"] for line in stream.lines()] == list(log.LIBRARIES)


def test_a_pool_leaves_it_to_the_doors_to_say_that_the_database_is_away(stream):
    logging.getLogger("sqlalchemy.pool.impl.QueuePool").error("Exception during reset or similar")
    assert stream.lines() == []


def test_configuring_twice_does_not_print_twice(configured, ours):
    first, second = configured(), configured()
    ours.info("once")
    assert (len(first.lines()), len(second.lines())) == (0, 1)


def raise_with_local_values(error: Exception) -> None:
    written = CANARY
    raise error from ValueError(written)


@pytest.mark.parametrize(
    "error", [ValueError(CANARY), KeyError(CANARY), ExceptionGroup(CANARY, [ValueError(CANARY)])]
)
def test_an_error_is_told_with_its_place_and_without_its_values(stream, ours, error):
    with pytest.raises(type(error)) as raised:
        raise_with_local_values(error)
    ours.error("it failed", exc_info=raised.value)
    [line] = stream.lines()
    assert "raise_with_local_values" in line["exception"]
    assert type(error).__name__ in line["exception"]
    assert not any(word in line["exception"] for word in CANARY.split())


def test_an_error_of_our_code_keeps_its_words(stream, ours):
    try:
        None.nothing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError:
        ours.exception("it failed")
    ours.error("it failed", exc_info=NotFound("the conversation is out of reach"))
    ours.error("it failed", exc_info=FileNotFoundError(2, "No such file", "/var/lib/kell.db"))
    told = [line["exception"] for line in stream.lines()]
    assert "'NoneType' object has no attribute 'nothing'" in told[0]
    assert told[1] == "NotFound: the conversation is out of reach"
    assert told[2] == "FileNotFoundError: No such file (/var/lib/kell.db)"


def test_an_error_of_the_database_names_its_code(stream, ours):
    engine = create_engine("sqlite://")  # without hide_parameters, at its most talkative
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE people (email TEXT UNIQUE)"))
        insert = text("INSERT INTO people VALUES (:it)")
        connection.execute(insert, {"it": CANARY})
        with pytest.raises(DBAPIError) as refused:
            connection.execute(insert, {"it": CANARY})
    ours.error("it failed", exc_info=refused.value)
    engine.dispose()
    [line] = stream.lines()
    assert "the database refused (IntegrityError SQLITE_CONSTRAINT_UNIQUE)" in line["exception"]
    assert "UNIQUE constraint failed: people.email" in line["exception"]
    assert not any(word in stream.getvalue() for word in CANARY.split())


def test_an_error_that_repeats_the_row_is_silenced(stream, ours):
    class UniqueViolation(Exception):
        sqlstate = "23505"

    error = DBAPIError(
        "INSERT", {"email": CANARY}, UniqueViolation(f"DETAIL: Key (email)=({CANARY}) exists")
    )
    ours.error("it failed", exc_info=error)
    assert "UniqueViolation 23505" in stream.lines()[0]["exception"]
    assert not any(word in stream.getvalue() for word in CANARY.split())


def test_a_wrong_shape_is_told_without_what_was_in_it(stream, ours):
    class Shape(BaseModel):
        seq: int

    with pytest.raises(ValidationError) as refused:
        Shape.model_validate({"seq": CANARY})
    ours.error("it failed", exc_info=refused.value)
    assert not any(word in stream.getvalue() for word in CANARY.split())


def test_a_fault_in_a_circle_of_causes_ends(stream, ours):
    first, second = RuntimeError("first"), RuntimeError("second")
    first.__cause__, second.__cause__ = second, first
    ours.error("it failed", exc_info=first)
    assert stream.lines()[0]["exception"] == "RuntimeError: first\nafter:\nRuntimeError: second"


def test_a_greenlet_that_fails_is_told_of_like_everything_else(stream, capfd):
    gevent.spawn(raise_with_local_values, KeyError(CANARY)).join()
    [line] = stream.lines()
    assert "KeyError" in line["exception"]
    told = stream.getvalue() + "".join(capfd.readouterr())
    assert not any(word in told for word in CANARY.split())


def test_a_line_that_cannot_be_written_is_not_written_in_parts(stream, ours, monkeypatch):
    monkeypatch.setattr(log, "_plain", lambda _: 1 / 0)
    ours.info("it happened with %s", sys.version_info)
    assert stream.lines() == [{"event": "a log line was lost", "logger": "kell.test"}]


def test_sqlite_names_what_a_constraint_is_about():
    assert isinstance(sqlite3.IntegrityError(), log._SPEAKS_FOR_CODE)
