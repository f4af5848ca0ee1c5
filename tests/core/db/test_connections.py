"""PostgreSQL ends connections, or itself: every caller hears the truth, and the next work works."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text

from kell.core.db import Rules, Tx, engines
from kell.core.db.writers import POSTGRESQL_WRITERS
from kell.core.errors import RetryLater
from kell.core.events import Event
from tests.core.doors import Doors, Work, add, make_commits_wait, outcomes, publishing
from tests.people import wait_until

pytestmark = [pytest.mark.once, pytest.mark.slow]

END_ALL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = :name AND pid <> pg_backend_pid()"
)
WAIT = text("SELECT pg_advisory_xact_lock_shared(7)")


def end_all(outside: Connection, name: str | None = None) -> None:
    """End every connection to a database but this one."""
    outside.execute(END_ALL, {"name": name or outside.engine.url.database})


def stuck(name: str) -> Work:
    """Make a work that goes on when the test lets go of the lock."""

    def work(tx: Tx) -> str:
        add(f"{name}, first")(tx)
        tx.session.execute(WAIT)
        return add(name)(tx)

    return work


def test_connections_that_end_in_the_middle_of_works_lie_to_nobody(on_postgresql: Doors) -> None:
    with on_postgresql.outside() as outside:
        outside.execute(text("SELECT pg_advisory_lock(7)"))
        asked = [on_postgresql.ask(stuck(f"work {number}")) for number in range(24)]
        wait_until(lambda: on_postgresql.waiting_for_lock() == POSTGRESQL_WRITERS)
        end_all(outside)
        begun, waiting = asked[:POSTGRESQL_WRITERS], asked[POSTGRESQL_WRITERS:]
        assert {type(each) for each in outcomes(begun)} == {RetryLater}
        # The next ones have connected again by themselves.
        wait_until(lambda: on_postgresql.waiting_for_lock() == POSTGRESQL_WRITERS)
        outside.execute(text("SELECT pg_advisory_unlock(7)"))
        assert {type(each) for each in outcomes(waiting)} == {str}
    assert set(on_postgresql.entries()) == {
        name for each in waiting for name in (each.value, f"{each.value}, first")
    }


def test_connections_that_end_in_the_middle_of_commits_lie_to_nobody(
    new_postgresql: Callable[[], str], open_doors: Callable[..., Doors]
) -> None:
    doors = open_doors(new_postgresql())
    doors.write(make_commits_wait)
    with doors.outside() as outside:
        outside.execute(text("SELECT pg_advisory_lock(1)"))
        asked = [doors.ask(publishing(f"entry {number}")) for number in range(4)]
        wait_until(lambda: doors.waiting_for_lock() == 4)
        end_all(outside)
        assert {type(each) for each in outcomes(asked)} == {RetryLater}
        assert [doors.entries(), doors.delivered] == [{}, []]
        outside.execute(text("SELECT pg_advisory_unlock(1)"))
    assert doors.write(add("afterwards")) == "afterwards"


def test_idle_connections_that_ended_are_noticed_before_a_work_needs_them(
    on_postgresql: Doors,
) -> None:
    on_postgresql.together(add(f"before {number}") for number in range(20))
    with on_postgresql.outside() as outside:
        for round_number in range(3):
            end_all(outside)
            heard = on_postgresql.together(add(f"{round_number}, {number}") for number in range(20))
            assert {type(each) for each in heard} == {str}
            assert len(on_postgresql.entries()) == 20 * (round_number + 2)


def test_connections_that_end_at_any_moment_lie_to_nobody(on_postgresql: Doors) -> None:
    asked = []
    with on_postgresql.outside() as outside:
        for number in range(200):
            asked.append(on_postgresql.ask(add(f"entry {number}")))
            if number % 40 == 39:
                wait_until(lambda: any(each.ready() for each in asked[-40:]))
                end_all(outside)
        heard = outcomes(asked)
    assert {type(each) for each in heard} <= {str, RetryLater}
    told = {each for each in heard if isinstance(each, str)}
    # Whoever lost the connection while committing was told to come again, and may have been
    # written; nobody was told that they were who weren't.
    assert told <= set(on_postgresql.entries())
    assert on_postgresql.write(add("afterwards")) == "afterwards"


class Happened(Event):
    """Something that is reacted to."""


def test_a_connection_that_ends_in_a_reaction_is_no_failure_of_the_reaction(
    postgresql_url: str, open_doors: Any
) -> None:
    kept: list[Any] = []

    def react(tx: Tx, event: Happened) -> None:
        tx.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    def work(tx: Tx) -> None:
        add("work")(tx)
        tx.happened(Happened())

    rules = Rules({Happened: [react]}, lambda tx, *failed: kept.append(failed))
    doors = open_doors(postgresql_url, rules)
    with pytest.raises(RetryLater):
        doors.write(work)
    assert [doors.entries(), kept] == [{}, []]
    assert doors.write(add("afterwards")) == "afterwards"


def test_a_server_that_is_not_there_is_everybodys_retry_later(
    postgresql_url: str, open_doors: Any
) -> None:
    doors = open_doors(postgresql_url)
    name = make_url(postgresql_url).database
    with doors.outside(database="postgres") as outside:
        outside.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        end_all(outside, name)
        heard = doors.together(add(f"entry {number}") for number in range(20))
        assert {type(each) for each in heard} == {RetryLater}
        outside.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert doors.write(add("afterwards")) == "afterwards"
    assert set(doors.entries()) == {"afterwards"}


def test_a_reader_for_whom_no_connection_comes_free_hears_retry_later(
    monkeypatch: pytest.MonkeyPatch, postgresql_url: str, open_doors: Any
) -> None:
    monkeypatch.setattr(engines, "NO_CONNECTION_AFTER", 0.2)
    doors = open_doors(postgresql_url)
    with ExitStack() as busy:
        for _ in range(engines.READERS):
            busy.enter_context(doors.database.read()).execute(text("SELECT 1"))
        with pytest.raises(RetryLater):
            doors.entries()
    assert doors.entries() == {}
