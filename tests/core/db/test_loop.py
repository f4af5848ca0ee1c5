"""Writing never stops the loop, and on SQLite nobody else runs while a transaction is open."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import greenlet
import pytest
from gevent import monkey
from sqlalchemy import event, text

from kell import wiring
from kell.chat.events import ConversationStarted, MessageSent
from kell.core.db import Rules, Tx, writers
from kell.core.outbox import enqueue
from tests.core.chats import begin_chat
from tests.core.doors import Doors, add, make_commits_wait, outcomes
from tests.people import wait_until

NativeEvent = monkey.get_original("threading", "Event")


def remind(tx: Tx, happened: MessageSent) -> None:
    enqueue(tx, "remind", {"message": happened.message_id}, key=f"remind {happened.message_id}")


def stumble(tx: Tx, happened: MessageSent) -> None:
    tx.session.execute(text("SELECT nothing FROM nowhere"))


REALISTIC = Rules({ConversationStarted: [], MessageSent: [remind, stumble]}, wiring.keep_failed)


class Watch:
    """Notes every switch of greenlets between BEGIN and COMMIT."""

    def __init__(self) -> None:
        self.inside = False
        self.transactions = 0
        self.switches: list[Any] = []

    def begin(self, _connection: Any) -> None:
        self.inside = True
        self.transactions += 1

    def trace(self, what: str, greenlets: Any) -> None:
        if self.inside:
            self.switches.append((what, greenlets))


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watching = Watch()

    class Disk(writers.ThreadPool):
        def apply(self, func: Any, *args: Any, **kwargs: Any) -> Any:
            watching.inside = False
            return super().apply(func, *args, **kwargs)

    monkeypatch.setattr(writers, "ThreadPool", Disk)
    before = greenlet.settrace(watching.trace)
    yield watching
    greenlet.settrace(before)


@pytest.mark.once
def test_nobody_else_runs_while_sqlite_is_in_a_transaction(
    sqlite_url: str, open_doors: Any, watch: Watch
) -> None:
    doors = open_doors(sqlite_url, REALISTIC)
    event.listen(doors.database.writer, "begin", watch.begin)
    chat = begin_chat(doors)
    works = [chat.says("Is anybody there?"), chat.answers("Yes"), chat.says("Fine")] * 7
    sent = doors.together(works)
    assert len({each.row.id for each in sent[:3]}) == 3
    assert len(doors.jobs()) == 2 * 4
    assert watch.transactions > 2
    assert watch.switches == []


@pytest.mark.once
def test_the_watch_sees_a_switch(sqlite_url: str, open_doors: Any, watch: Watch) -> None:
    doors = open_doors(sqlite_url)
    event.listen(doors.database.writer, "begin", watch.begin)
    doors.write(lambda tx: gevent.sleep(0))
    assert watch.switches


class SlowDisk:
    """Commits begin, and end when the test says so. Not even the loop's locks are used."""

    def __init__(self, doors: Doors) -> None:
        self.reached, self.released = NativeEvent(), NativeEvent()
        self.threads: list[int] = []
        event.listen(doors.database.writer, "commit", self._wait)

    def _wait(self, _connection: Any) -> None:
        self.threads.append(threading.get_ident())
        self.reached.set()
        self.released.wait(10)


@pytest.mark.once
def test_a_slow_disk_keeps_nobody_waiting_but_who_writes(on_sqlite: Doors) -> None:
    disk = SlowDisk(on_sqlite)
    first = on_sqlite.ask(add("first"))
    wait_until(disk.reached.is_set)
    second = on_sqlite.ask(add("second"))
    for _ in range(200):
        gevent.sleep(0)
        assert on_sqlite.entries() == {}
    assert not first.ready()
    assert not second.ready()
    disk.released.set()
    assert outcomes([first, second]) == ["first", "second"]
    assert set(on_sqlite.entries()) == {"first", "second"}
    assert len(disk.threads) == 2
    assert threading.get_ident() not in disk.threads


@pytest.mark.once
def test_closing_waits_for_a_commit_that_has_begun(on_sqlite: Doors) -> None:
    disk = SlowDisk(on_sqlite)
    asked = on_sqlite.ask(add("first"))
    wait_until(disk.reached.is_set)
    closing = gevent.spawn(on_sqlite.database.close)
    gevent.sleep(0)
    assert not closing.ready()
    disk.released.set()
    closing.get()
    assert asked.get() == "first"
    assert set(on_sqlite.entries()) == {"first"}


@pytest.mark.once
@pytest.mark.slow
def test_a_slow_commit_of_postgresql_keeps_nobody_waiting_but_who_writes(
    new_postgresql: Callable[[], str], open_doors: Callable[..., Doors]
) -> None:
    on_postgresql = open_doors(new_postgresql())
    on_postgresql.write(make_commits_wait)
    with on_postgresql.outside() as holder:
        holder.execute(text("SELECT pg_advisory_lock(1)"))
        asked = on_postgresql.ask(add("first"))
        wait_until(lambda: on_postgresql.waiting_for_lock() == 1)
        for _ in range(200):
            gevent.sleep(0)
        assert on_postgresql.entries() == {}
        assert not asked.ready()
        holder.execute(text("SELECT pg_advisory_unlock(1)"))
    assert asked.get() == "first"
    assert set(on_postgresql.entries()) == {"first"}
