"""An acknowledged message is on disk, appears once, in the same order for all, whatever dies."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.fault.check import violations
from tests.fault.cluster import Homes, Postmaster, Server, by_command
from tests.fault.stories import kills, kills_of_the_database, storm

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


@pytest.mark.timeout(300)
def test_the_database_may_die_too(
    serve: Callable[..., Server], homes: Homes, rng: random.Random, run: Run
) -> None:
    server = serve("postgresql")
    outcome = run(storm(server, rng, kills_of_the_database(Postmaster(homes.cluster), 2)))
    # The server says what happened, and that is all that it may say.
    assert [line for line in outcome.errors if "the database is unreachable" not in line] == []
    assert violations(replace(outcome, errors=())) == []
