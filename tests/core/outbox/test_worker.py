"""The worker goes on, whatever happens to it."""

import contextvars
from collections.abc import Iterator
from typing import Any

import gevent
import pytest

from kell.core.errors import RetryLater
from kell.core.outbox import Worker
from kell.core.outbox import worker as worker_module
from kell.core.outbox.models import DONE
from tests.core.outbox.conftest import Post
from tests.people import wait_until


@pytest.fixture
def running(post: Post, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(worker_module, "LOOK_EVERY", 0.01)
    worker = post.worker()
    loop = gevent.spawn(worker.run)
    yield worker
    gevent.kill(loop)
    worker.join()


def test_it_does_what_is_enqueued_while_it_runs(post: Post, running: Worker) -> None:
    post.enqueue(1)
    wait_until(lambda: post.done == [1])
    post.enqueue(2, 3)
    wait_until(lambda: sorted(post.done) == [1, 2, 3])


@pytest.mark.parametrize("error", [RetryLater(), ConnectionError("a bug")])
def test_it_goes_on_after_a_database_that_refused(
    post: Post, running: Worker, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    refused = []

    def refuse(work: Any) -> None:
        refused.append(work)
        raise error

    wait_until(running.is_alive)
    with monkeypatch.context() as broken:
        broken.setattr(post.doors.database, "write", refuse)
        wait_until(lambda: len(refused) > 2)
    post.enqueue(1)
    wait_until(lambda: post.done == [1])


def test_an_outcome_that_could_not_be_written_is_written_later(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "jitter", lambda most: 0.01)
    write, refused = post.doors.database.write, []

    def refuse_outcomes(work: Any) -> Any:
        if post.done and len(refused) < 3:
            refused.append(work)
            raise RetryLater
        return write(work)

    monkeypatch.setattr(post.doors.database, "write", refuse_outcomes)
    post.enqueue(1)
    worker = post.worker()
    worker.run_once()
    worker.join()
    assert len(refused) == 3
    assert post.done == [1]
    assert [each.state for each in post.doors.jobs()] == [DONE]


def test_it_sweeps_once_an_hour(
    post: Post, running: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Any] = []
    monkeypatch.setattr(worker_module.jobs, "sweep", swept.append)
    monkeypatch.setattr(worker_module, "SWEEP_EVERY", 0.05)
    worker = post.worker()
    loop = gevent.spawn(worker.run)
    wait_until(lambda: len(swept) > 2)
    gevent.kill(loop)


def test_it_is_alive_while_it_looks(post: Post, clock: Any) -> None:
    worker = post.worker()
    assert not worker.is_alive()
    worker.run_once()
    assert worker.is_alive()
    clock.shift(29)
    assert worker.is_alive()
    clock.shift(2)
    assert not worker.is_alive()


def test_a_job_runs_in_the_context_of_its_worker(post: Post) -> None:
    app: contextvars.ContextVar[str] = contextvars.ContextVar("app", default="none")
    seen: list[str] = []
    app.set("ours")
    post.enqueue(1)
    post.look(lambda number: seen.append(app.get()))
    assert seen == ["ours"]
