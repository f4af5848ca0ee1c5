"""``read()`` can't write, and sees one moment."""

from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from kell.core.db import Tx
from tests.core.doors import Doors, Entry, add

WRITES: list[Any] = [
    insert(Entry).values(name="past the door", amount=0),
    update(Entry).values(amount=9),
    delete(Entry),
    text("DROP TABLE entries"),
    text("CREATE TABLE more (id INTEGER)"),
]


@pytest.mark.parametrize("statement", WRITES, ids=lambda each: str(each).split(maxsplit=1)[0])
def test_a_reader_can_not_write(doors: Doors, statement: Any) -> None:
    doors.write(add("one"))
    with doors.database.read() as session, pytest.raises(DBAPIError):
        session.execute(statement)
    assert doors.entries() == {"one": 0}
    assert doors.write(add("two")) == "two"


def test_a_changed_object_of_a_reader_goes_nowhere(doors: Doors) -> None:
    doors.write(add("one"))
    with doors.database.read() as session:
        session.get_one(Entry, "one").amount = 9
        assert session.scalar(select(func.count()).select_from(Entry)) == 1
        with pytest.raises(DBAPIError):
            session.commit()
    assert doors.entries() == {"one": 0}


def test_a_read_sees_one_snapshot(doors: Doors) -> None:
    doors.write(add("one"))
    with doors.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 1
        doors.write(add("two"))
        assert session.scalar(select(func.count()).select_from(Entry)) == 1
        assert session.get(Entry, "two") is None
    assert set(doors.entries()) == {"one", "two"}


def test_a_read_sees_all_that_was_answered_before_it(doors: Doors) -> None:
    for number in range(20):
        doors.write(add(f"entry {number}"))
        assert len(doors.entries()) == number + 1


def test_a_read_never_sees_half_a_work(doors: Doors) -> None:
    def work(tx: Tx) -> None:
        add("one")(tx)
        assert doors.entries() == {}
        add("two")(tx)
        assert doors.entries() == {}

    doors.write(work)
    assert set(doors.entries()) == {"one", "two"}
