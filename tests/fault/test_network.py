"""Whatever a network does, everybody ends with the same, and nobody ever saw a wrong order."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.fault.check import violations
from tests.fault.cluster import DATABASES, Server
from tests.fault.stories import QUICK, one_way_loss, storm
from tests.fault.troubles import PATIENCE, weather

Run = Callable[..., Any]

# Ping interval and time-out; a second more for a machine that is busy.
NOTICED_WITHIN = 25 + 1


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(10))
def test_bad_weather_for_minutes(server: Server, rng: random.Random, run: Run, number: int) -> None:
    outcome = run(storm(server, rng, weather(90, kills=10, restarts=5)))
    assert violations(outcome) == []


@pytest.mark.timeout(200)
def test_loss_in_one_direction_is_noticed_and_repaired(
    serve: Callable[..., Server], rng: random.Random, run: Run
) -> None:
    _lose_one_way(serve, rng, run, lasting=0)


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_a_minute_of_loss_in_one_direction(
    serve: Callable[..., Server], rng: random.Random, run: Run
) -> None:
    _lose_one_way(serve, rng, run, lasting=60)


def _lose_one_way(
    serve: Callable[..., Server], rng: random.Random, run: Run, lasting: float
) -> None:
    """Try it on both databases at once: nearly all of it is waiting."""

    async def everywhere() -> Any:
        servers = [serve(each) for each in DATABASES]
        return await asyncio.gather(*(one_way_loss(each, rng, lasting) for each in servers))

    for outcome, noticed in run(everywhere()):
        assert violations(outcome) == []
        assert all(after <= NOTICED_WITHIN for after in noticed.values()), noticed


@pytest.mark.timeout(200)
@pytest.mark.parametrize("story", QUICK)
def test_a_short_story_ends_well(
    serve: Callable[..., Server], database: str, story: str, rng: random.Random, run: Run
) -> None:
    server = serve(database, broken="pauses")
    assert violations(run(QUICK[story](server, rng, PATIENCE))) == []
