"""What follows from a work is written with it; what fails of that is undone alone, and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError

from kell.core.db import Rules, Tx
from kell.core.db.tx import Reaction
from kell.core.errors import NotFound
from kell.core.events import Event
from kell.core.outbox import enqueue
from tests.core.doors import Doors, Entry, add, frame


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """The work is done."""

    name: str


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """A reaction is done."""

    name: str


def keep(tx: Tx, reaction: Reaction, event: Event) -> None:
    enqueue(tx, "again", {"reaction": reaction.__name__, **event.values()})


def work(tx: Tx) -> str:
    add("work")(tx)
    tx.publish(frame("work"))
    tx.happened(Happened("work"))
    return "done"


def before(tx: Tx, event: Happened) -> None:
    add("before")(tx)
    tx.publish(frame("before"))
    tx.happened(Followed("before"))


def after(tx: Tx, event: Happened) -> None:
    add("after")(tx)
    tx.publish(frame("after"))


def follow(tx: Tx, event: Followed) -> None:
    add(f"follows {event.name}")(tx)


def refuses(tx: Tx) -> None:
    raise NotFound("it is gone")


def has_a_bug(tx: Tx) -> None:
    raise ZeroDivisionError


def writes_twice(tx: Tx) -> None:
    tx.session.execute(insert(Entry).values(name="work", amount=0))


def can_not_be_flushed(tx: Tx) -> None:
    tx.session.add(Entry(name="work"))


def says_nonsense(tx: Tx) -> None:
    tx.session.execute(text("SELECT nothing FROM nowhere"))


def hides_its_error(tx: Tx) -> None:
    try:
        says_nonsense(tx)
    except DBAPIError:
        tx.session.execute(text("SELECT nothing FROM nowhere"))


FAILURES = [refuses, has_a_bug, writes_twice, can_not_be_flushed, says_nonsense, hides_its_error]


def failing(step: Callable[[Tx], None]) -> Reaction:
    def fails(tx: Tx, event: Happened) -> None:
        add("failing")(tx)
        tx.publish(frame("failing"))
        tx.happened(Followed("failing"))
        tx.at_end(finish, "failing")
        tx.session.execute(update(Entry).values(amount=9))
        step(tx)

    return fails


def finish(tx: Tx, values: list[Any]) -> None:
    for value in values:
        tx.publish(frame(f"end of {value}"))


@pytest.mark.parametrize("step", FAILURES)
def test_a_reaction_that_fails_does_not_cost_the_work(
    database_url: str, open_doors: Callable[..., Doors], step: Callable[[Tx], None]
) -> None:
    reactions = {Happened: [before, failing(step), after], Followed: [follow]}
    doors = open_doors(database_url, Rules(reactions, keep))
    assert doors.write(work) == "done"
    assert doors.entries() == dict.fromkeys(["work", "before", "after", "follows before"], 0)
    assert [each.event for each in doors.delivered] == ["work", "before", "after"]
    [job] = doors.jobs()
    assert (job.kind, job.payload) == ("again", {"reaction": "fails", "name": "work"})


def test_only_what_the_reaction_gave_for_the_end_is_forgotten(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    def ending(tx: Tx) -> None:
        work(tx)
        tx.at_end(finish, "work")

    doors = open_doors(database_url, Rules({Happened: [failing(refuses)]}, keep))
    doors.write(ending)
    assert [each.event for each in doors.delivered] == ["work", "end of work"]


def test_what_the_reaction_changed_in_memory_is_undone_too(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    told: list[str] = []

    def telling(name: str, *, fails: bool) -> Reaction:
        def react(tx: Tx, event: Happened) -> None:
            for step in (f"{name}, first", f"{name}, second"):
                told.append(step)
                tx.on_undo(told.pop)
            if fails:
                raise NotFound

        return react

    reactions = [telling(name, fails=name == "failing") for name in ("before", "failing", "after")]
    doors = open_doors(database_url, Rules({Happened: reactions}, keep))
    doors.write(work)
    assert told == ["before, first", "before, second", "after, first", "after, second"]


def test_a_reaction_to_a_reaction_fails_alone_too(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    doors = open_doors(
        database_url, Rules({Happened: [before], Followed: [failing(refuses)]}, keep)
    )
    doors.write(work)
    assert set(doors.entries()) == {"work", "before"}
    assert len(doors.jobs()) == 1


def test_reactions_run_in_the_order_in_which_they_are_listed(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    order: list[str] = []

    def noting(name: str) -> Reaction:
        return lambda tx, event: order.append(f"{name} after {event.name}")

    def twice(tx: Tx) -> None:
        tx.happened(Happened("one"))
        tx.happened(Happened("two"))

    doors = open_doors(database_url, Rules({Happened: [noting("first"), noting("second")]}, keep))
    doors.write(twice)
    assert order == ["first after one", "second after one", "first after two", "second after two"]


def test_many_works_whose_reactions_fail_are_all_written(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    def named(number: int) -> Callable[[Tx], str]:
        def work(tx: Tx) -> str:
            tx.happened(Happened(f"work {number}"))
            return add(f"work {number}")(tx)

        return work

    doors = open_doors(database_url, Rules({Happened: [failing(says_nonsense)]}, keep))
    names = [f"work {number}" for number in range(64)]
    assert doors.together(named(number) for number in range(64)) == names
    assert set(doors.entries()) == set(names)
    assert sorted(each.payload["name"] for each in doors.jobs()) == sorted(names)


def test_nothing_follows_from_a_work_that_fails(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    """A work that fails after it said what happened has told nobody."""

    def fails(tx: Tx) -> None:
        work(tx)
        raise NotFound

    doors = open_doors(database_url, Rules({Happened: [before]}, keep))
    with pytest.raises(NotFound):
        doors.write(fails)
    assert [doors.entries(), doors.jobs(), doors.delivered] == [{}, [], []]
