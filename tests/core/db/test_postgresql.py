"""PostgreSQL's driver gives way while it waits, whatever it waits for."""

from typing import Any

import gevent
import pytest
from sqlalchemy import text

from kell.core.db import Tx
from tests.core.doors import Doors, add

pytestmark = [pytest.mark.once]

LONG = text("SELECT pg_sleep(0.3)")
# More than the system keeps for a socket: the driver waits for room.
HUGE = 64_000_000


@pytest.mark.parametrize("asks", ["writes", "reads"])
def test_others_go_on_while_a_statement_takes_its_time(on_postgresql: Doors, asks: str) -> None:
    database = on_postgresql.database

    def read() -> None:
        with database.read() as session:
            session.execute(LONG)

    on_postgresql.write(add("before"))
    asked = {
        "writes": lambda: on_postgresql.write(lambda tx: tx.session.execute(LONG)),
        "reads": read,
    }
    slow = gevent.spawn(asked[asks])
    done = 0
    while not slow.ready():
        on_postgresql.write(add(f"meanwhile {done}"))
        done += 1
    assert done > 1


def test_a_value_for_which_there_is_no_room_yet_goes_out_piece_by_piece(
    on_postgresql: Doors,
) -> None:
    def work(tx: Tx) -> Any:
        return tx.session.scalar(text("SELECT length(:value)"), {"value": "x" * HUGE})

    assert on_postgresql.write(work) == HUGE
