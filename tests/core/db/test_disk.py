"""SQLite's disk is full, broken or taken: nobody hears a lie, and nothing stays broken after it."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gevent
import pytest
from sqlalchemy import event, make_url, text

from kell.core.db import Tx, writers
from kell.core.errors import RetryLater
from tests.core.doors import Doors, add, outcomes, publishing

pytestmark = pytest.mark.once

PLENTY = 2**30
BACK_WITHIN = 5.0


def large(name: str) -> Any:
    """Make a work that needs new pages."""
    return add(name + "." * 10_000)


def is_sound(doors: Doors) -> bool:
    with doors.database.read() as session:
        return session.scalar(text("PRAGMA integrity_check")) == "ok"


class Disk:
    """Room for the database file, as its writer sees it."""

    def __init__(self, doors: Doors) -> None:
        self.full = False
        event.listen(doors.database.writer, "begin", self._limit)

    def _limit(self, connection: Any) -> None:
        # Never less than the file has already.
        connection.exec_driver_sql(f"PRAGMA max_page_count={1 if self.full else PLENTY}")


def test_a_full_disk_costs_nothing_that_was_acknowledged(on_sqlite: Doors) -> None:
    disk = Disk(on_sqlite)
    acknowledged = set(on_sqlite.together(large(f"before {number}") for number in range(20)))
    disk.full = True
    refused = on_sqlite.together(
        [*(add(f"small {number}") for number in range(20)), large("large"), add("last")]
    )
    assert {type(each) for each in refused} == {RetryLater}
    assert {each.body()["error"]["code"] for each in refused} == {"retry_later"}
    assert set(on_sqlite.entries()) == acknowledged
    again = on_sqlite.together(large(f"full {number}") for number in range(200))
    acknowledged |= {each for each in again if isinstance(each, str)}
    assert {type(each) for each in again} == {RetryLater}
    assert set(on_sqlite.entries()) == acknowledged

    disk.full = False
    begun = time.monotonic()
    after = on_sqlite.together(large(f"after {number}") for number in range(20))
    assert time.monotonic() - begun < BACK_WITHIN
    assert {type(each) for each in after} == {str}
    assert set(on_sqlite.entries()) == acknowledged | set(after)
    assert is_sound(on_sqlite)


def test_room_that_comes_and_goes_loses_nothing(on_sqlite: Doors) -> None:
    disk, acknowledged = Disk(on_sqlite), set()
    asked = []
    for number in range(300):
        disk.full = number % 50 >= 25
        asked.append(on_sqlite.ask(large(f"entry {number}")))
        if number % 7 == 0:
            gevent.sleep(0)
    heard = outcomes(asked)
    acknowledged = {each for each in heard if isinstance(each, str)}
    assert {type(each) for each in heard} == {str, RetryLater}
    assert set(on_sqlite.entries()) == acknowledged
    assert is_sound(on_sqlite)


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """The kernel refuses to write past ``size`` bytes of any file: a real error of a real write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_error_of_commit_is_everybodys_retry_later(on_sqlite: Doors) -> None:
    acknowledged = set(on_sqlite.together(large(f"before {number}") for number in range(100)))
    log = Path(f"{make_url(on_sqlite.url).database}-wal")
    with no_file_grows_beyond(log.stat().st_size):
        refused = on_sqlite.together(
            [*(large(f"entry {number}") for number in range(10)), refuse, add("small")]
        )
        assert set(on_sqlite.entries()) == acknowledged
    assert {type(each) for each in refused} == {RetryLater}
    after = on_sqlite.together(large(f"after {number}") for number in range(20))
    assert {type(each) for each in after} == {str}
    assert set(on_sqlite.entries()) == acknowledged | set(after)
    assert is_sound(on_sqlite)


def refuse(tx: Tx) -> None:
    raise LookupError


def test_frames_of_a_lost_transaction_are_never_delivered(on_sqlite: Doors) -> None:
    disk = Disk(on_sqlite)
    on_sqlite.write(publishing("before"))
    disk.full = True
    on_sqlite.together([publishing("lost"), large("large"), publishing("lost too")])
    disk.full = False
    on_sqlite.write(publishing("after"))
    assert [each.event for each in on_sqlite.delivered] == ["before", "after"]


def test_a_disk_that_became_read_only_is_no_fault_of_the_works(on_sqlite: Doors) -> None:
    on_sqlite.write(add("before"))
    locked = {"on": True}

    @event.listens_for(on_sqlite.database.writer, "begin")
    def lock(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if locked['on'] else 'OFF'}")

    refused = on_sqlite.together(add(f"entry {number}") for number in range(3))
    assert {type(each) for each in refused} == {RetryLater}
    locked["on"] = False
    assert on_sqlite.write(add("after")) == "after"


HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@contextmanager
def another_process_writes(doors: Doors) -> Iterator[Any]:
    """Hold SQLite's write lock in another process; give a function that ends it."""
    path = make_url(doors.url).database
    command = [sys.executable, "-c", HOLD_THE_LOCK, path]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"

        def end() -> None:
            process.stdin.write("\n")
            process.stdin.flush()
            process.wait(10)

        yield end
        if process.poll() is None:
            end()


def test_works_wait_for_another_process_without_stopping_the_loop(
    on_sqlite: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "LOCKED_FOR", 30.0)
    on_sqlite.database.writer.dispose()  # not even a connection has been made
    with another_process_writes(on_sqlite) as end:
        asked = [on_sqlite.ask(add(f"entry {number}")) for number in range(70)]
        longest, ticks, last = 0.0, 0, time.monotonic()
        while ticks < 100:
            gevent.sleep(0.002)
            longest = max(longest, time.monotonic() - last)
            last, ticks = time.monotonic(), ticks + 1
            assert on_sqlite.entries() == {}
        assert not any(each.ready() for each in asked)
        # Asking SQLite to wait would have stopped all for seconds.
        assert longest < 2.0
        end()
        assert {type(each) for each in outcomes(asked)} == {str}
    assert len(on_sqlite.entries()) == 70


def test_who_waited_too_long_for_another_process_hears_retry_later(
    on_sqlite: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "LOCKED_FOR", 0.2)
    with another_process_writes(on_sqlite) as end:
        begun = time.monotonic()
        refused = on_sqlite.together(add(f"entry {number}") for number in range(64))
        assert {type(each) for each in refused} == {RetryLater}
        assert time.monotonic() - begun >= 0.2
        end()
        assert on_sqlite.write(add("freed")) == "freed"
    assert set(on_sqlite.entries()) == {"freed"}
