"""Who loses a race in the database runs again, and nobody hears of it."""

from typing import Any

import gevent
import pytest
from gevent.event import Event
from sqlalchemy import select, text, update

from kell.core.db import Rules, Tx
from kell.core.db.writers import ATTEMPTS
from kell.core.errors import RetryLater
from kell.core.events import Event as Fact
from tests.core.doors import Doors, Entry, Work, add, frame, outcomes

ONCE_MORE = text(
    "DO $$ BEGIN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END $$"
)


def count_up(*names: str) -> Work:
    def work(tx: Tx) -> None:
        for name in names:
            tx.session.execute(
                update(Entry).where(Entry.name == name).values(amount=Entry.amount + 1)
            )

    return work


def test_many_who_change_the_same_rows_all_succeed(doors: Doors) -> None:
    doors.together([add("x"), add("y")])
    assert doors.together([count_up("x", "y")] * 40) == [None] * 40
    assert doors.entries() == {"x": 40, "y": 40}


def test_what_was_read_in_a_work_and_locked_is_not_lost(doors: Doors) -> None:
    def work(tx: Tx) -> int:
        entry = tx.session.scalars(select(Entry).where(Entry.name == "x").with_for_update()).one()
        entry.amount += 1
        return entry.amount

    doors.write(add("x"))
    assert sorted(doors.together([work] * 50)) == list(range(1, 51))
    assert doors.entries() == {"x": 50}


class Lock:
    """Two works that lock each other out, the first time that they run."""

    def __init__(self) -> None:
        self.runs = 0
        self._first, self._second = Event(), Event()

    def work(self, first: str, second: str) -> Work:
        mine, other = (self._first, self._second) if first == "x" else (self._second, self._first)

        def work(tx: Tx) -> str:
            self.runs += 1
            tx.publish(frame(first))
            count_up(first)(tx)
            mine.set()
            other.wait()
            count_up(second)(tx)
            return first

        return work


@pytest.mark.once
@pytest.mark.slow
def test_a_deadlock_of_postgresql_runs_again(on_postgresql: Doors) -> None:
    on_postgresql.together([add("x"), add("y")])
    lock = Lock()
    assert on_postgresql.together([lock.work("x", "y"), lock.work("y", "x")]) == ["x", "y"]
    assert lock.runs == 3
    assert on_postgresql.entries() == {"x": 2, "y": 2}
    assert sorted(each.event for each in on_postgresql.delivered) == ["x", "y"]


@pytest.mark.once
@pytest.mark.slow
def test_a_work_that_saw_too_old_a_row_runs_again(on_postgresql: Doors) -> None:
    on_postgresql.write(add("x"))
    runs: list[int] = []
    seen, changed = Event(), Event()

    def work(tx: Tx) -> int:
        tx.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        runs.append(tx.session.execute(select(Entry.amount)).scalar_one())
        seen.set()
        changed.wait()
        count_up("x")(tx)
        return runs[-1]

    asked = on_postgresql.ask(work)
    seen.wait()
    on_postgresql.write(count_up("x"))
    changed.set()
    assert outcomes([asked]) == [1]
    assert runs == [0, 1]
    assert on_postgresql.entries() == {"x": 2}


def losing(times: int, runs: list[Any]) -> Work:
    """Make a work that loses its race this often."""

    def work(tx: Tx) -> str:
        tx.publish(frame("won"))
        add("won")(tx)
        runs.append(tx)
        if len(runs) <= times:
            tx.session.execute(ONCE_MORE)
        return "won"

    return work


@pytest.mark.once
@pytest.mark.slow
def test_only_the_last_run_counts(on_postgresql: Doors) -> None:
    runs: list[Any] = []
    assert on_postgresql.write(losing(3, runs)) == "won"
    assert len(runs) == 4
    assert [each.event for each in on_postgresql.delivered] == ["won"]
    assert on_postgresql.entries() == {"won": 0}


@pytest.mark.once
@pytest.mark.slow
def test_who_always_loses_hears_retry_later_and_others_go_on(on_postgresql: Doors) -> None:
    runs: list[Any] = []
    losers = [losing(10**9, runs) for _ in range(8)]
    heard = on_postgresql.together([*losers, add("other")])
    assert {type(each) for each in heard[:-1]} == {RetryLater}
    assert heard[-1] == "other"
    assert len(runs) == 8 * ATTEMPTS
    assert on_postgresql.entries() == {"other": 0}


class Happened(Fact):
    """Something that is reacted to."""


@pytest.mark.once
@pytest.mark.slow
def test_a_race_that_a_reaction_lost_runs_the_whole_work_again(
    postgresql_url: str, open_doors: Any
) -> None:
    runs: list[Any] = []
    kept: list[Any] = []

    def react(tx: Tx, event: Happened) -> None:
        losing(1, runs)(tx)

    def work(tx: Tx) -> None:
        add("work")(tx)
        tx.happened(Happened())

    rules = Rules({Happened: [react]}, lambda tx, *failed: kept.append(failed))
    doors = open_doors(postgresql_url, rules)
    doors.write(work)
    assert doors.entries() == {"work": 0, "won": 0}
    assert [len(runs), kept] == [2, []]


@pytest.mark.once
@pytest.mark.slow
def test_what_can_never_be_written_is_the_works_own_error(on_postgresql: Doors) -> None:
    """Without a state of the server, but the connection is as good as before."""
    [error, fine] = on_postgresql.together([add("nul \x00"), add("fine")])
    assert not isinstance(error, RetryLater)
    assert isinstance(error, Exception)
    assert fine == "fine"


def test_nobody_waits_for_a_lock_that_was_never_taken(doors: Doors) -> None:
    with gevent.Timeout(10):
        assert doors.together([count_up("nobody")] * 5) == [None] * 5
