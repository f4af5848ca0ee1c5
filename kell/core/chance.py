"""Chance, where it only has to spread things out in time."""

import random


def jitter(most: float) -> float:
    """Return seconds between 0 and ``most``: what failed together does not come back together."""
    return random.uniform(0, most)  # noqa: S311  no secret
