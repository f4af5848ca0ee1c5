"""Works wait in one queue: first come, first served, up to a length, until the doors close."""

import sys
from collections.abc import Callable
from typing import Any

import gevent
import psutil
import pytest

from kell.core.db import Tx
from kell.core.db.writers import POSTGRESQL_WRITERS
from kell.core.errors import RetryLater
from tests.core.doors import Doors, Gate, Work, add, outcomes, publishing
from tests.people import wait_until

# The package has a function of this name.
database_module = sys.modules["kell.core.db.database"]

WORKS = 200
CALLERS, ROUNDS = 40, 10


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated(database_url: str, open_doors: Callable[..., Doors], gate: Gate) -> Doors:
    return open_doors(database_url, deliver=gate)


def hold_all_writers(doors: Doors, gate: Gate) -> list[Any]:
    """Have every writer wait at the gate with a work that is committed and not yet answered."""
    writers = 1 if doors.database.sqlite else POSTGRESQL_WRITERS
    held = [doors.ask(publishing(f"held {number}")) for number in range(writers)]
    wait_until(lambda: gate.held == writers)
    return held


def test_works_begin_in_the_order_in_which_they_were_asked_for(doors: Doors) -> None:
    begun: list[int] = []

    def work(number: int) -> Work:
        return lambda tx: begun.append(number)

    doors.together(work(number) for number in range(WORKS))
    # Of those that eight writers have taken in order, a later one may reach its first line first.
    overtaken = 0 if doors.database.sqlite else POSTGRESQL_WRITERS - 1
    assert len(begun) == WORKS
    assert all(place >= number - overtaken for place, number in enumerate(begun))


def test_nobody_starves_among_many_who_never_stop_asking(doors: Doors) -> None:
    served = dict.fromkeys(range(CALLERS), 0)
    least = []

    def ask(caller: int) -> None:
        for _ in range(ROUNDS):
            doors.write(add(f"{caller}, {served[caller]}"))
            served[caller] += 1
        least.append(min(served.values()))

    gevent.joinall([gevent.spawn(ask, caller) for caller in served], raise_error=True)
    # Of eight writers a later one may end first, more than once.
    behind = 2 if doors.database.sqlite else ROUNDS / 2
    assert least[0] >= ROUNDS - behind
    assert len(doors.entries()) == CALLERS * ROUNDS


def test_a_full_queue_answers_retry_later(
    database_url: str, open_doors: Callable[..., Doors], gate: Gate, monkeypatch: Any
) -> None:
    monkeypatch.setattr(database_module, "WAITING_AT_MOST", 20)
    doors = open_doors(database_url, deliver=gate)
    held = hold_all_writers(doors, gate)
    waiting = [doors.ask(add(f"waiting {number}")) for number in range(20)]
    gevent.sleep(0)
    with pytest.raises(RetryLater) as refusal:
        doors.write(add("one too many"))
    assert refusal.value.body() == {"error": {"code": "retry_later", "retry_after": 2}}
    gate.open()
    assert {type(each) for each in outcomes([*held, *waiting])} == {str}
    assert doors.write(add("later")) == "later"
    assert "one too many" not in doors.entries()


def test_a_work_can_not_write_through_the_door(doors: Doors) -> None:
    def work(tx: Tx) -> None:
        add("outer")(tx)
        doors.write(add("inner"))

    with pytest.raises(RuntimeError, match="has its tx"):
        doors.write(work)
    assert doors.entries() == {}
    assert doors.write(add("afterwards")) == "afterwards"


def test_a_delivery_can_not_write_and_costs_nothing(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    def deliver(frames: Any) -> None:
        if frames:
            doors.write(add("from a delivery"))

    doors = open_doors(database_url, deliver=deliver)
    assert doors.write(publishing("one")) == "one"
    assert set(doors.entries()) == {"one"}


def test_who_hangs_up_keeps_nobody_from_writing(gated: Doors, gate: Gate) -> None:
    held = hold_all_writers(gated, gate)
    gone = [gated.ask(add(f"gone {number}")) for number in range(10)]
    staying = gated.ask(add("staying"))
    gevent.sleep(0)
    gevent.killall([*held, *gone])
    gate.open()
    assert staying.get() == "staying"


def test_closing_lets_what_was_asked_for_be_written_and_answered(gated: Doors, gate: Gate) -> None:
    held = hold_all_writers(gated, gate)
    waiting = [gated.ask(add(f"waiting {number}")) for number in range(70)]
    gevent.sleep(0)
    closing = gevent.spawn(gated.database.close)
    gevent.sleep(0)
    with pytest.raises(RetryLater):
        gated.write(add("too late"))
    assert not closing.ready()
    gate.open()
    closing.get()
    assert {type(each) for each in outcomes([*held, *waiting])} == {str}
    assert set(gated.entries()) == {each.value for each in [*held, *waiting]}


def test_closing_at_the_same_moment_as_asking_answers(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    for number in range(3):
        doors = open_doors(database_url)
        doors.write(add(f"first {number}"))
        asked = doors.ask(add(f"second {number}"))
        gevent.sleep(0)
        doors.database.close()
        assert asked.get(timeout=5) == f"second {number}"


def test_closing_does_not_wait_for_ever(gated: Doors, gate: Gate, monkeypatch: Any) -> None:
    monkeypatch.setattr(database_module, "CLOSES_WITHIN", 0.1)
    hold_all_writers(gated, gate)
    gated.ask(add("waiting"))
    with gevent.Timeout(5):
        gated.database.close()


def test_nothing_is_left_running_after_closing(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    def native_threads() -> int:
        return psutil.Process().num_threads()

    with_one = open_doors(database_url)
    with_one.write(add("warm"))
    before = native_threads()
    for number in range(5):
        doors = open_doors(database_url)
        doors.write(add(f"entry {number}"))
        doors.database.close()
    wait_until(lambda: native_threads() <= before)
