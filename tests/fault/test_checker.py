"""The checker is checked: servers that break a promise are caught by the quick profile."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.fault.broken import VARIANTS
from tests.fault.check import violations
from tests.fault.cluster import DATABASES, Server
from tests.fault.stories import QUICK

STORM = "a short storm"

# Which story, what it shows, and where: most of it has nothing to do with the database.
CAUGHT = {
    "acknowledge_before_commit": (STORM, "I1 durable", DATABASES),
    "publish_before_commit": (STORM, "I6 no phantoms", DATABASES),
    "no_unique_key": (STORM, "I2 once", DATABASES),
    "read_before_join": ("a commit after the read of a connect", "I14 alike", DATABASES[:1]),
    "limits_before_earlier_answer": ("a retry beyond the limit", "retry", DATABASES[:1]),
    "resume_by_time": (STORM, "I14 alike", DATABASES[:1]),
    "quotes_are_not_restamped": (STORM, "I14 alike", DATABASES[:1]),
    "one_room_for_all_visitors": (STORM, "I13 private", DATABASES[:1]),
}


def test_every_variant_is_tried() -> None:
    assert {*CAUGHT, "pauses"} == set(VARIANTS)


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
