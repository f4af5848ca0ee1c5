"""What others are told is on disk when they hear it, and they hear it before whoever wrote it."""

from collections.abc import Callable, Sequence
from typing import Any

import gevent
import pytest
from sqlalchemy import insert, text, update

from kell.core.db import Frame, Tx
from tests.core.doors import Doors, Entry, add, frame, publishing

WORKS = 30


def test_a_frame_is_never_delivered_before_others_can_read_the_row(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    told: dict[str, bool] = {}

    def deliver(frames: Sequence[Frame]) -> None:
        for each in frames:
            told[each.event] = each.event in on_disk(doors)

    doors = open_doors(database_url, deliver=deliver)
    names = [f"entry {number}" for number in range(WORKS)]
    assert doors.together(map(publishing, names)) == names
    assert told == dict.fromkeys(names, True)


def on_disk(doors: Doors) -> set[str]:
    with doors.outside() as connection:
        return set(connection.execute(text("SELECT name FROM entries")).scalars())


def test_a_frame_of_what_was_not_written_is_never_delivered(doors: Doors) -> None:
    def work(tx: Tx) -> None:
        publishing("one")(tx)
        tx.publish(frame("not written"))
        tx.session.execute(insert(Entry).values(name="one", amount=0))

    [error] = doors.together([work])
    assert isinstance(error, Exception)
    doors.write(publishing("written"))
    assert [each.event for each in doors.delivered] == ["written"]


def test_whoever_hears_the_answer_may_rely_on_what_the_others_were_told(
    database_url: str, open_doors: Callable[..., Doors]
) -> None:
    story: list[str] = []

    def deliver(frames: Sequence[Frame]) -> None:
        for each in frames:
            gevent.sleep(0)
            story.append(f"told {each.event}")

    doors = open_doors(database_url, deliver=deliver)

    def ask(name: str) -> None:
        story.append(f"answered {doors.write(publishing(name))}")

    names = [f"entry {number}" for number in range(WORKS)]
    gevent.joinall([gevent.spawn(ask, name) for name in names], raise_error=True)
    assert len(story) == 2 * WORKS
    assert all(story.index(f"told {name}") < story.index(f"answered {name}") for name in names)


def test_frames_leave_in_the_order_in_which_they_were_published(doors: Doors) -> None:
    def work(tx: Tx) -> None:
        for number in range(5):
            tx.publish(frame(f"{number}"))

    doors.write(work)
    assert [each.event for each in doors.delivered] == ["0", "1", "2", "3", "4"]


@pytest.mark.once
def test_frames_of_sqlite_leave_in_the_order_of_the_commits(on_sqlite: Doors) -> None:
    """PostgreSQL's writers may overtake each other by a moment: browsers put that in order."""

    def work(tx: Tx) -> int:
        counted = tx.session.execute(
            update(Entry).values(amount=Entry.amount + 1).returning(Entry.amount)
        ).scalar_one()
        tx.publish(frame(f"{counted}"))
        return int(counted)

    on_sqlite.write(add("one"))
    on_sqlite.together([work] * WORKS)
    assert [int(each.event) for each in on_sqlite.delivered] == list(range(1, WORKS + 1))


@pytest.mark.parametrize("error", [OSError("nobody listens"), ValueError("a bug")])
def test_a_frame_that_can_not_be_delivered_costs_no_answer(
    database_url: str, open_doors: Callable[..., Doors], error: Exception
) -> None:
    told: list[str] = []

    def deliver(frames: Sequence[Frame]) -> None:
        for each in frames:
            if each.event == "broken":
                raise error
            told.append(each.event)

    doors = open_doors(database_url, deliver=deliver)
    works: list[Any] = [publishing(name) for name in ("one", "broken", "two")]
    assert doors.together(works) == ["one", "broken", "two"]
    assert sorted(told) == ["one", "two"]
    assert set(doors.entries()) == {"one", "broken", "two"}
