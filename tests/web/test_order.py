"""On SQLite, frames of one conversation leave in the order of their revs, however many write.

On PostgreSQL they may not, and browsers put them in order: docs/decisions/0012.
"""

from itertools import pairwise

import gevent
import pytest

from tests.people import wait_until

pytestmark = pytest.mark.once

WRITERS, EACH = 6, 15


def test_no_frame_overtakes_another_of_its_conversation(house):
    visitor = house.visitor()
    visitor.start("Hello")
    tab, panel = visitor.connect(), house.admin().connect()
    operators = [house.operator(f"Operator {number}") for number in range(WRITERS)]

    def write(operator):
        for number in range(EACH):
            operator.say(visitor.conversation, f"{number}")

    gevent.joinall([gevent.spawn(write, each) for each in operators], raise_error=True)
    for socket in (tab, panel):
        revs = wait_until(lambda socket=socket: _all(socket), "everything has come")
        assert [(a, b) for a, b in pairwise(revs) if b != a + 1] == []


def _all(socket):
    revs = [each["rev"] for each in socket.events("conversation.changed")]
    return revs if len(revs) == WRITERS * EACH else None
