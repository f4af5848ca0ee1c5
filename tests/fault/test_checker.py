"""The checker is checked: servers that break a promise are caught by the quick profile."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.fault.broken import VARIANTS
from tests.fault.check import violations
from tests.fault.cluster import DATABASES, Server
from tests.fault.stories import QUICK

# Each where exactly that goes wrong: by chance, in a storm, it would be caught nearly always.
TALK, AWAY, DEATH = "a plain talk", "a deletion while somebody is away", "a death at the first word"

BOTH, SQLITE, POSTGRESQL = DATABASES, DATABASES[:1], DATABASES[1:]

# Which story, what it shows, and where: on both only where the databases are written differently.
CAUGHT = {
    "acknowledge_before_commit": (DEATH, "I1 durable", BOTH),
    "publish_before_commit": (DEATH, "I6 no phantoms", POSTGRESQL),
    "no_unique_key": (TALK, "I2 once", BOTH),
    "read_before_join": ("a commit after the read of a connect", "I14 alike", SQLITE),
    "limits_before_earlier_answer": ("a retry beyond the limit", "retry", SQLITE),
    "resume_by_time": (AWAY, "I14 alike", POSTGRESQL),
    "quotes_are_not_restamped": (AWAY, "I14 alike", SQLITE),
    "one_room_for_all_visitors": (TALK, "I13 private", SQLITE),
}


HARMLESS = ("pauses", "low_ceiling", "moved_clock")


def test_every_variant_is_tried() -> None:
    assert {*CAUGHT, *HARMLESS} == set(VARIANTS)


@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    ("variant", "database"), [(name, each) for name in CAUGHT for each in CAUGHT[name][2]]
)
def test_a_broken_server_is_caught(
    serve: Callable[..., Server],
    database: str,
    variant: str,
    rng: random.Random,
    run: Callable[..., Any],
) -> None:
    story, invariant, _ = CAUGHT[variant]
    server = serve(database, broken=f"pauses+{variant}")
    found = violations(run(QUICK[story](server, rng, 2.0)))
    print("\n".join(str(each)[:300] for each in found))
    assert invariant in {each.invariant for each in found}
