"""Workers that look when they are told to."""

from collections.abc import Callable
from typing import Any

import pytest

from kell.core.outbox import Worker, enqueue, jobs
from tests.core.doors import Doors


@pytest.fixture
def longest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance always takes the longest time that it may."""
    monkeypatch.setattr(jobs, "jitter", lambda most: most)


class Post:
    """Jobs of one kind, enqueued and done."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.done: list[int] = []

    def enqueue(self, *numbers: int, **options: Any) -> None:
        def work(tx: Any) -> None:
            for number in numbers:
                enqueue(tx, "deliver", {"number": number}, **options)

        self.doors.write(work)

    def worker(self, handler: Callable[[int], None] | None = None) -> Worker:
        """Make a worker that does the jobs with ``handler``, or just notes them."""
        handle = handler or self.done.append
        return Worker(self.doors.database, {"deliver": lambda payload: handle(payload["number"])})

    def look(self, handler: Callable[[int], None] | None = None) -> None:
        """Have a worker do everything that is due now."""
        worker = self.worker(handler)
        while worker.run_once():
            pass
        worker.join()


@pytest.fixture
def post(doors: Doors) -> Post:
    return Post(doors)


@pytest.fixture
def elsewhere(database_url: str, doors: Doors, open_doors: Callable[..., Doors]) -> Post:
    """The same, in another process."""
    return Post(open_doors(database_url))
