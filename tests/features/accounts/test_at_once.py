"""What two processes do at the same moment comes out as if one had been first."""

from typing import Any

import gevent
import pytest
from flask import Flask

from kell.accounts import actions, people
from kell.accounts.queries import operator_by_email, teams_of
from kell.core.db import Database, Rules
from kell.core.errors import Forbidden

ROUNDS = 5


@pytest.fixture
def other_process(database_url):
    other = Database(Flask("other"), database_url, Rules())
    yield other
    other.close()


def together(*works: Any) -> list[Any]:
    """Run each (database, work) at once; return the values and errors in order."""

    def run(database: Database, work: Any) -> Any:
        try:
            return database.write(work)
        except Forbidden as refused:
            return refused

    runs = [gevent.spawn(run, *work) for work in works]
    gevent.joinall(runs, raise_error=True)
    return [each.value for each in runs]


def test_two_servers_that_start_together_make_one_admin(nobody, other_process):
    def work(tx) -> Any:
        return actions.make_first_admin(tx, email="admin@example.org", password_hash="x")

    made = together((nobody.database, work), (other_process, work))
    assert sum(each is not None for each in made) == 1
    assert len(nobody.ask(teams_of, None)) == 1


def test_two_admins_cannot_shut_each_other_out(staff, other_process):
    for number in range(ROUNDS):
        email = f"{number}@example.org"
        other = staff.do(
            actions.add_operator, email=email, name="B", role="admin", password_hash="x"
        )
        first, second = together(
            (staff.database, lambda tx, it=staff.admin: people.disable_operator(tx, it)),
            (other_process, lambda tx, it=other: people.disable_operator(tx, it)),
        )
        assert [type(first), type(second)].count(Forbidden) == 1
        if staff.ask(operator_by_email, email) is not None:
            staff.admin = other
