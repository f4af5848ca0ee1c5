"""Workers of several processes share one table, and none trusts that the others live."""

from typing import Any

import gevent
import pytest
from gevent.event import Event

from kell.core.outbox import worker as worker_module
from kell.core.outbox.models import DONE, WAITING
from tests.core.outbox.conftest import Post
from tests.people import wait_until

LEASE = 60


class Slow:
    """Does a job when the test lets it, with an error if told so."""

    def __init__(self) -> None:
        self.begun = Event()
        self.go_on = Event()
        self.error: Exception | None = None

    def __call__(self, number: int) -> None:
        self.begun.set()
        self.go_on.wait()
        if self.error:
            raise self.error


def test_workers_of_two_processes_never_do_one_job(post: Post, elsewhere: Post) -> None:
    post.enqueue(*range(100))
    looks = [gevent.spawn(each.look) for each in (post, elsewhere, post, elsewhere)]
    gevent.joinall(looks, raise_error=True)
    post.look()
    assert sorted(post.done + elsewhere.done) == list(range(100))
    assert {each.attempts for each in post.doors.jobs()} == {1}


def test_a_job_under_way_is_nobody_elses(post: Post, elsewhere: Post, clock: Any) -> None:
    slow = Slow()
    post.enqueue(1)
    looking = gevent.spawn(post.look, slow)
    slow.begun.wait()
    clock.shift(LEASE - 1)
    elsewhere.look()
    assert elsewhere.done == []
    slow.go_on.set()
    looking.get()
    clock.shift(LEASE)
    elsewhere.look()
    assert elsewhere.done == []


@pytest.mark.parametrize("error", [None, ConnectionError(), worker_module.jobs.Permanent()])
def test_a_worker_that_is_late_changes_nothing(
    post: Post, elsewhere: Post, clock: Any, error: Exception | None
) -> None:
    slow = Slow()
    slow.error = error
    post.enqueue(1)
    looking = gevent.spawn(post.look, slow)
    slow.begun.wait()
    clock.shift(LEASE + 1)
    elsewhere.look()
    assert elsewhere.done == [1]
    [before] = post.doors.jobs()
    clock.shift(1)
    slow.go_on.set()
    looking.get()
    [job] = post.doors.jobs()
    assert (job.state, job.attempts, job.finished_at) == (DONE, 2, before.finished_at)


def test_a_worker_that_is_late_does_not_end_the_next_ones_try(
    post: Post, elsewhere: Post, clock: Any
) -> None:
    late, next_one = Slow(), Slow()
    post.enqueue(1)
    looking = [gevent.spawn(post.look, late)]
    late.begun.wait()
    clock.shift(LEASE + 1)
    looking.append(gevent.spawn(elsewhere.look, next_one))
    next_one.begun.wait()
    late.go_on.set()
    looking[0].get()
    [job] = post.doors.jobs()
    assert (job.state, job.attempts) == (WAITING, 2)
    next_one.go_on.set()
    looking[1].get()
    assert [each.state for each in post.doors.jobs()] == [DONE]


def test_a_job_that_lasts_too_long_is_broken_off_before_another_begins_it(
    post: Post, monkeypatch: Any
) -> None:
    monkeypatch.setattr(worker_module, "DO_WITHIN", 0.05)
    slow = Slow()
    post.enqueue(1)
    post.look(slow)
    [job] = post.doors.jobs()
    assert (job.state, job.error) == (WAITING, "TimeoutError")


def test_a_job_of_a_process_that_died_comes_again(post: Post, elsewhere: Post, clock: Any) -> None:
    slow = Slow()
    post.enqueue(1)
    worker = post.worker(slow)
    worker.run_once()
    slow.begun.wait()
    worker._pool.kill()
    elsewhere.look()
    assert elsewhere.done == []
    clock.shift(LEASE + 1)
    elsewhere.look()
    assert elsewhere.done == [1]


def test_eight_are_done_at_once_and_the_others_wait(post: Post) -> None:
    doing, most = 0, 0
    go_on = Event()

    def count(number: int) -> None:
        nonlocal doing, most
        doing += 1
        most = max(most, doing)
        go_on.wait()
        doing -= 1
        post.done.append(number)

    post.enqueue(*range(20))
    looking = gevent.spawn(post.look, count)
    wait_until(lambda: doing == worker_module.AT_ONCE)
    go_on.set()
    looking.get()
    assert sorted(post.done) == list(range(20))
    assert most == worker_module.AT_ONCE
