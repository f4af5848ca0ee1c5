"""Works that are written together don't know of each other."""

import contextvars
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import gevent
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from kell.core.db import Rules, Tx, writers
from kell.core.errors import AppError, NotFound, RetryLater
from kell.core.events import Event
from tests.core.doors import Doors, Entry, Work, add, frame, outcomes

TOGETHER = 64


class Upset(Event):
    """Something that nobody can react to."""


def cannot_react(tx: Tx, event: Upset) -> None:
    add("written by the reaction")(tx)
    raise LookupError("in a reaction")


def refused(tx: Tx) -> None:
    raise NotFound("out of reach")


def twice(tx: Tx) -> None:
    tx.session.execute(insert(Entry).values(name="there before", amount=0))


def unflushable(tx: Tx) -> None:
    tx.session.add(Entry(name="there before"))  # fails when the work has returned


def unfit(tx: Tx) -> None:
    tx.session.execute(text("SELECT nothing FROM nowhere"))


def upsetting(tx: Tx) -> None:
    tx.happened(Upset())


FAILURES: list[tuple[Work, type[Exception]]] = [
    (refused, NotFound),
    (twice, IntegrityError),
    (unflushable, IntegrityError),
    (unfit, DBAPIError),
    (upsetting, LookupError),
]


def failing(number: int, step: Work) -> Work:
    def work(tx: Tx) -> None:
        tx.publish(frame(f"bad {number}"))
        add(f"bad {number}")(tx)
        step(tx)

    return work


def succeeding(number: int) -> Work:
    def work(tx: Tx) -> str:
        tx.publish(frame(f"good {number}"))
        return add(f"good {number}")(tx)

    return work


def test_a_work_that_fails_fails_alone(database_url: str, open_doors: Callable[..., Doors]) -> None:
    doors = open_doors(database_url, Rules(reactions={Upset: [cannot_react]}))
    doors.write(add("there before"))
    works, expected = [], []
    for number in range(TOGETHER):
        step, error = FAILURES[number // 2 % len(FAILURES)]
        works.append(failing(number, step) if number % 2 else succeeding(number))
        expected.append(error if number % 2 else str)
    heard_by = doors.together(works)
    good = [f"good {number}" for number in range(0, TOGETHER, 2)]
    assert all(map(isinstance, heard_by, expected)), heard_by
    assert heard_by[::2] == good
    assert set(doors.entries()) == {"there before", *good}
    assert sorted(each.event for each in doors.delivered) == sorted(good)
    assert doors.write(add("afterwards")) == "afterwards"


def test_everybody_gets_their_own_error(doors: Doors) -> None:
    def work(number: int) -> Work:
        def refuse(tx: Tx) -> None:
            raise NotFound(f"number {number}")

        return refuse

    refusals = doors.together(work(number) for number in range(TOGETHER))
    assert [str(each) for each in refusals] == [f"number {each}" for each in range(TOGETHER)]


def test_a_work_that_raises_what_is_no_error_ends_no_writer(doors: Doors) -> None:
    def late(tx: Tx) -> None:
        add("too late")(tx)
        raise gevent.Timeout(0)

    def leaves(tx: Tx) -> None:
        raise SystemExit

    for work in (late, leaves):
        for _ in range(10):
            with pytest.raises(RuntimeError, match="a work must not raise"):
                doors.write(work)
    doors.write(add("goes on"))
    assert doors.entries() == {"goes on": 0}


def test_an_error_says_where_in_the_work_it_was(doors: Doors) -> None:
    [error] = doors.together([refused])
    names = [each.name for each in traceback.extract_tb(error.__traceback__)]
    assert "refused" in names


def test_a_work_may_go_on_after_what_it_tried_in_a_savepoint(doors: Doors) -> None:
    def work(tx: Tx) -> str:
        add("before")(tx)
        with suppress(IntegrityError), tx.session.begin_nested():
            add("tried")(tx)
            add("before")(tx)
        return add("after")(tx)

    assert doors.together([work, add("another")]) == ["after", "another"]
    assert set(doors.entries()) == {"before", "after", "another"}


def test_what_was_not_written_is_not_answered_as_written(doors: Doors) -> None:
    """A work that hides an error of the database has lost its transaction on PostgreSQL."""

    def work(tx: Tx) -> str:
        add("hidden")(tx)
        with suppress(DBAPIError):
            unfit(tx)
        return "done"

    [outcome] = doors.together([work])
    assert ("hidden" in doors.entries()) == (outcome == "done")
    assert doors.write(add("afterwards")) == "afterwards"


@pytest.mark.once
@pytest.mark.parametrize("fails", [False, True])
def test_a_work_that_ends_the_transaction_of_all_takes_it_from_all(
    on_sqlite: Doors, fails: bool
) -> None:
    def ends(tx: Tx) -> None:
        tx.connection.exec_driver_sql("ROLLBACK")
        if fails:
            raise Stop

    heard_by = on_sqlite.together([add("before"), ends, add("after")])
    assert [type(each) for each in heard_by] == [RetryLater] * 3
    assert on_sqlite.entries() == {}
    assert on_sqlite.write(add("afterwards")) == "afterwards"


def test_a_work_runs_in_the_context_of_who_asked(doors: Doors) -> None:
    who: contextvars.ContextVar[str] = contextvars.ContextVar("who", default="nobody")
    seen = {}

    def work(tx: Tx) -> str:
        found = who.get()
        who.set("changed by a work")
        return found

    def ask(name: str) -> None:
        who.set(name)
        seen[name] = doors.write(work), who.get()

    names = [f"caller {number}" for number in range(TOGETHER)]
    gevent.joinall([gevent.spawn(ask, name) for name in names], raise_error=True)
    assert seen == {name: (name, name) for name in names}
    assert doors.write(work) == "nobody"


@pytest.fixture
def said(on_sqlite: Doors) -> list[str]:
    """The first two words of each statement that the writer says from now on."""
    heard: list[str] = []

    def listen(tx: Tx) -> None:
        raw = tx.connection.connection.driver_connection
        raw.set_trace_callback(lambda sql: heard.append(" ".join(sql.split()[:2])))

    on_sqlite.write(listen)
    heard.clear()
    return heard


def counted(said: list[str], *statements: str) -> list[int]:
    return [said.count(each) for each in statements]


@pytest.mark.once
def test_sqlite_writes_up_to_64_works_in_one_transaction(on_sqlite: Doors, said: list[str]) -> None:
    on_sqlite.together(add(f"entry {number}") for number in range(TOGETHER))
    assert (said[0], said[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert counted(said, "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT work") == [1, 1, 0]
    said.clear()
    on_sqlite.together(add(f"more {number}") for number in range(TOGETHER + 1))
    assert counted(said, "BEGIN IMMEDIATE", "COMMIT") == [2, 2]


@pytest.mark.once
def test_with_one_that_fails_the_others_run_again_in_savepoints_and_so_do_those_that_follow(
    on_sqlite: Doors, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "GUARDED", 2)
    works: list[Work] = [add(f"entry {number}") for number in range(TOGETHER - 1)]
    heard_by = on_sqlite.together([*works, refused])
    assert [type(each) for each in heard_by] == [str] * (TOGETHER - 1) + [NotFound]
    assert counted(said, "BEGIN IMMEDIATE", "ROLLBACK", "COMMIT") == [2, 1, 1]
    assert counted(said, "SAVEPOINT work", "ROLLBACK TO") == [TOGETHER, 1]
    for savepoints in (1, 0):
        said.clear()
        on_sqlite.write(add(f"with {savepoints}"))
        assert counted(said, "SAVEPOINT work", "COMMIT") == [savepoints, 1]


class Stop(Exception):
    """A work changes its mind."""


step = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 5)),
    st.tuples(st.just("count"), st.integers(0, 2)),
    st.tuples(st.just("fail"), st.just(0)),
)
shuffled = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def follow(steps: list[tuple[str, int]], prefix: str) -> Work:
    """Make a work of these steps, whose entries nobody else writes unless ``prefix`` is empty."""

    def work(tx: Tx) -> int:
        for kind, number in steps:
            if kind == "fail":
                raise Stop
            if kind == "write":
                tx.session.execute(insert(Entry).values(name=f"{prefix}{number}", amount=0))
            else:
                tx.session.execute(
                    update(Entry)
                    .where(Entry.name == f"counter {number}")
                    .values(amount=Entry.amount + 1)
                )
        return len(steps)

    return work


def simulate(entries: dict[str, int], steps: list[tuple[str, int]], prefix: str) -> Any:
    """Do to a dictionary what the work does to the table; return what its caller hears."""
    draft = dict(entries)
    for kind, number in steps:
        name = f"{prefix}{number}" if kind == "write" else f"counter {number}"
        if kind == "fail":
            return Stop
        if kind == "write" and name in draft:
            return IntegrityError
        draft[name] = draft.get(name, -1) + 1
    entries.clear()
    entries.update(draft)
    return len(steps)


def begin_anew(tx: Tx) -> None:
    tx.session.execute(delete(Entry))
    tx.session.add_all(Entry(name=f"counter {number}") for number in range(3))


def heard(values: list[Any]) -> list[Any]:
    return [type(each) if isinstance(each, Exception) else each for each in values]


@pytest.fixture
def soon_careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a work that failed one batch alone has savepoints, so that both ways are taken."""
    monkeypatch.setattr(writers, "GUARDED", 1)


@pytest.mark.usefixtures("soon_careless")
@shuffled
@given(st.lists(st.lists(step, max_size=5), min_size=1, max_size=20))
def test_any_mixture_of_works_leaves_what_the_good_ones_wrote(doors: Doors, works: Any) -> None:
    doors.write(begin_anew)
    named = [(steps, f"work {number}, ") for number, steps in enumerate(works)]
    entries = doors.entries()
    expected = [simulate(entries, *each) for each in named]
    assert heard(doors.together(follow(*each) for each in named)) == expected
    assert doors.entries() == entries


@pytest.mark.once
@pytest.mark.usefixtures("soon_careless")
@shuffled
@given(st.lists(st.lists(step, max_size=5), min_size=1, max_size=20), st.integers(1, 20))
def test_works_on_the_same_rows_come_out_as_if_one_after_the_other(
    on_sqlite: Doors, works: Any, pause: int
) -> None:
    on_sqlite.write(begin_anew)
    entries = on_sqlite.entries()
    expected = [simulate(entries, steps, "") for steps in works]
    asked = []
    for number, steps in enumerate(works):
        asked.append(on_sqlite.ask(follow(steps, "")))
        if number % pause == 0:
            gevent.sleep(0)  # the batch ends wherever it is
    assert heard(outcomes(asked)) == expected
    assert on_sqlite.entries() == entries


def test_a_refusal_is_an_error_that_a_caller_can_act_on(doors: Doors) -> None:
    with pytest.raises(AppError) as refusal:
        doors.write(refused)
    assert refusal.value.body() == {"error": {"code": "not_found"}}


def test_entries_of_a_work_are_read_after_it(doors: Doors) -> None:
    doors.write(add("one", amount=3))
    with doors.database.read() as session:
        assert session.scalar(select(Entry.amount).where(Entry.name == "one")) == 3
