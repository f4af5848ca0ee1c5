"""Who is there is a lease: it needs renewing, ends by itself, and any process may hold one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from kell.core.clock import now
from kell.core.realtime.presence import LEASE, RENEW_EVERY, Lease, Presence, present
from tests.core.doors import Doors

EVERYBODY = [f"operator {number}" for number in range(50)]


class Process:
    """One process of several: its own sockets, its own connections."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.presence = Presence()

    def came(self, *operators: str) -> None:
        for each in operators:
            self.presence.operator_came(f"socket of {each}", each)

    def left(self, *operators: str) -> None:
        for each in operators:
            self.presence.left(f"socket of {each}")

    def renew(self) -> None:
        self.doors.write(self.presence.renew)

    def sees(self) -> set[str]:
        with self.doors.database.read() as session:
            return present(session, [*EVERYBODY, "a stranger"])

    def leases(self) -> int:
        with self.doors.database.read() as session:
            return len(session.scalars(select(Lease.subject)).all())


@pytest.fixture
def here(doors: Doors, clock: Any) -> Process:
    return Process(doors)


@pytest.fixture
def there(database_url: str, here: Process, open_doors: Callable[..., Doors]) -> Process:
    return Process(open_doors(database_url))


def test_every_process_sees_who_is_at_any(here: Process, there: Process) -> None:
    here.came("operator 1")
    there.came("operator 2")
    here.renew()
    there.renew()
    assert here.sees() == there.sees() == {"operator 1", "operator 2"}


def test_a_lease_ends_by_itself(here: Process, there: Process, clock: Any) -> None:
    """The process was killed: nobody could say goodbye."""
    here.came("operator 1")
    here.renew()
    clock.shift(LEASE.total_seconds() - 1)
    assert there.sees() == {"operator 1"}
    clock.shift(1)
    assert there.sees() == set()


def test_a_lease_that_is_renewed_goes_on(here: Process, there: Process, clock: Any) -> None:
    here.came("operator 1")
    for _ in range(5):
        here.renew()
        clock.shift(RENEW_EVERY)
        assert there.sees() == {"operator 1"}
    assert here.leases() == 1


def test_one_round_may_fail_without_anybody_leaving(here: Process, clock: Any) -> None:
    here.came("operator 1")
    here.renew()
    clock.shift(2 * RENEW_EVERY + 1)
    assert here.sees() == {"operator 1"}


def test_a_reload_is_no_absence(here: Process, clock: Any) -> None:
    here.came("operator 1")
    here.renew()
    here.left("operator 1")
    assert here.sees() == {"operator 1"}
    clock.shift(2)
    here.came("operator 1")
    here.renew()
    clock.shift(LEASE.total_seconds() - 1)
    assert here.sees() == {"operator 1"}


def test_who_left_is_gone_when_the_lease_is(here: Process, clock: Any) -> None:
    here.came("operator 1", "operator 2")
    here.renew()
    here.left("operator 1")
    clock.shift(RENEW_EVERY)
    here.renew()
    clock.shift(LEASE.total_seconds() - RENEW_EVERY)
    assert here.sees() == {"operator 2"}


def test_who_has_another_tab_is_there(here: Process, clock: Any) -> None:
    here.presence.operator_came("one tab", "operator 1")
    here.presence.operator_came("another", "operator 1")
    here.presence.left("one tab")
    clock.shift(60)
    here.renew()
    assert here.sees() == {"operator 1"}


def test_who_moved_to_another_process_is_there_until_both_leases_end(
    here: Process, there: Process, clock: Any
) -> None:
    here.came("operator 1")
    here.renew()
    here.left("operator 1")
    clock.shift(20)
    there.came("operator 1")
    there.renew()
    clock.shift(20)
    here.renew()
    assert here.sees() == {"operator 1"}
    assert here.leases() == 1
    clock.shift(20)
    assert here.sees() == set()


def test_all_are_renewed_in_one_statement(here: Process) -> None:
    here.came(*EVERYBODY)
    here.renew()
    said: list[str] = []

    @event.listens_for(here.doors.database.writer, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        said.append(sql.split(maxsplit=1)[0])

    here.renew()
    assert [said.count(each) for each in ("INSERT", "UPDATE", "DELETE")] == [1, 0, 1]
    assert here.sees() == set(EVERYBODY)


def test_leases_of_processes_that_died_are_cleared_away(
    here: Process, there: Process, clock: Any
) -> None:
    here.came(*EVERYBODY)
    here.renew()
    clock.shift(LEASE.total_seconds() + 1)
    there.renew()
    assert there.leases() == 0


def test_processes_renew_at_the_same_moment(
    database_url: str, open_doors: Callable[..., Doors], clock: Any
) -> None:
    processes = [Process(open_doors(database_url)) for _ in range(3)]
    for each in processes:
        each.came(*EVERYBODY)
    for _ in range(4):
        asked = [each.doors.ask(each.presence.renew) for each in processes]
        assert [each.get() for each in asked] == [None] * 3
        clock.shift(LEASE.total_seconds() + 1)  # so that all clear the same rows away
    assert processes[0].leases() == 3 * len(EVERYBODY)


def test_a_visitor_is_here_as_long_as_the_lease(clock: Any) -> None:
    presence = Presence()
    assert not presence.visitor_is_here("visitor")
    presence.visitor_came("socket", "visitor")
    presence.left("socket")
    clock.shift(LEASE.total_seconds() - 1)
    assert presence.visitor_is_here("visitor")
    clock.shift(1)
    assert not presence.visitor_is_here("visitor")


def test_when_a_visitor_was_last_seen_is_told_until_it_is_written(clock: Any) -> None:
    presence = Presence()
    presence.visitor_came("socket", "visitor")
    presence.visitor_came("another socket", "another visitor")
    clock.shift(RENEW_EVERY)
    assert presence.visitors_who_left(10) == {}
    last_seen = now()
    presence.left("socket")
    clock.shift(LEASE.total_seconds())
    for _ in range(2):
        assert presence.visitors_who_left(10) == {"visitor": last_seen}
    presence.forget_visitors(["visitor"])
    assert presence.visitors_who_left(10) == {}
    assert presence.visitor_is_here("another visitor")


def test_many_who_left_are_told_in_parts(clock: Any) -> None:
    presence = Presence()
    for number in range(25):
        presence.visitor_came(f"socket {number}", f"visitor {number}")
        presence.left(f"socket {number}")
    clock.shift(LEASE.total_seconds())
    parts = []
    while ended := presence.visitors_who_left(10):
        parts.append(len(ended))
        presence.forget_visitors(ended)
    assert parts == [10, 10, 5]


def test_who_comes_back_while_it_is_written_that_they_left_is_here(clock: Any) -> None:
    presence = Presence()
    presence.visitor_came("socket", "visitor")
    presence.left("socket")
    clock.shift(LEASE.total_seconds())
    ended = presence.visitors_who_left(10)
    presence.visitor_came("new socket", "visitor")
    presence.forget_visitors(ended)
    assert presence.visitor_is_here("visitor")


def test_a_round_that_came_late_ends_nobody_who_is_connected(clock: Any) -> None:
    presence = Presence()
    presence.visitor_came("socket", "visitor")
    clock.shift(10 * LEASE.total_seconds())
    assert presence.visitors_who_left(10) == {}
    assert presence.visitor_is_here("visitor")
