"""An acknowledged message is on disk, appears once, in the same order for all, whatever dies."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.fault.check import violations
from tests.fault.cluster import Homes, Postmaster, Server, by_command, wait_until
from tests.fault.stories import storm
from tests.fault.troubles import kills, kills_of_the_database
from tests.people import Visitor

Run = Callable[..., Any]


@pytest.mark.timeout(400)
def test_fifty_kills_lose_and_double_nothing(server: Server, rng: random.Random, run: Run) -> None:
    outcome = run(storm(server, rng, kills(50)))
    assert violations(outcome) == []
    assert len(outcome.history.oks) > 100


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_kills_lose_and_double_nothing(
    serve: Callable[..., Server], database: str, rng: random.Random, run: Run
) -> None:
    outcome = run(storm(serve(database, launch=by_command), rng, kills(200)))
    assert violations(outcome) == []
    assert len(outcome.history.oks) > 400


@pytest.mark.timeout(200)
def test_a_timer_survives_and_fires_once(serve: Callable[..., Server], database: str) -> None:
    server = serve(database, KELL_LATE_AFTER="1")
    home, chats = server.home, 5
    for number in range(chats):
        Visitor.arrive(server.base).start(f"Question {number}")
        server.kill()
        server.start()
        server.wait_until_ready()
    wait_until(
        lambda: not home.read("SELECT 1 FROM timers WHERE fired_at IS NULL"), "all have fired"
    )
    wait_until(
        lambda: not home.read("SELECT 1 FROM jobs WHERE kind = 'late.mail' AND state <> 'done'"),
        "all mails are kept",
    )
    # One for each chat and each of the team, who are all away.
    members = home.read("SELECT operator_id FROM team_members")
    assert len(list((home.data / "mail").iterdir())) == chats * len(members)


@pytest.mark.timeout(300)
def test_the_database_may_die_too(
    serve: Callable[..., Server], homes: Homes, rng: random.Random, run: Run
) -> None:
    server = serve("postgresql")
    outcome = run(storm(server, rng, kills_of_the_database(Postmaster(homes.cluster), 2)))
    # The server says what happened, and that is all that it may say.
    assert [line for line in outcome.errors if "the database is unreachable" not in line] == []
    assert violations(replace(outcome, errors=())) == []
