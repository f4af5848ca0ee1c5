"""A job is a row: there once its work is on disk, done at least once after that, whatever dies."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from kell.core.clock import now
from kell.core.db import Tx
from kell.core.outbox import Permanent, cancel, jobs
from kell.core.outbox.models import DEAD, DONE, WAITING
from tests.core.doors import Doors
from tests.core.outbox.conftest import Post

HOUR = 3600


def states(doors: Doors) -> list[str]:
    return [each.state for each in doors.jobs()]


def break_down(number: int) -> None:
    raise ConnectionError("secret words")


def test_a_job_is_done_once(post: Post, clock: Any) -> None:
    post.enqueue(1, 2, 3)
    post.look()
    post.look()
    assert sorted(post.done) == [1, 2, 3]
    assert states(post.doors) == [DONE] * 3
    assert {each.finished_at for each in post.doors.jobs()} == {now()}


def test_a_job_of_a_work_that_failed_does_not_exist(post: Post) -> None:
    def work(tx: Tx) -> None:
        jobs.enqueue(tx, "deliver", {"number": 1})
        raise LookupError

    with pytest.raises(LookupError):
        post.doors.write(work)
    post.look()
    assert [post.done, post.doors.jobs()] == [[], []]


def test_a_timer_waits_until_it_is_due(post: Post, clock: Any) -> None:
    post.enqueue(1, due_at=now() + timedelta(hours=2))
    clock.shift(2 * HOUR - 1)
    post.look()
    assert post.done == []
    clock.shift(1)
    post.look()
    assert post.done == [1]


def test_the_same_key_counts_once(post: Post) -> None:
    post.enqueue(1, key="one")
    post.enqueue(2, key="one")
    post.enqueue(3, key="another")
    post.look()
    post.enqueue(4, key="one")
    post.look()
    assert sorted(post.done) == [1, 3]


def test_the_same_key_at_once_counts_once(post: Post) -> None:
    def work(tx: Tx) -> None:
        jobs.enqueue(tx, "deliver", {"number": 1}, key="one")

    assert post.doors.together([work] * 20) == [None] * 20
    post.look()
    assert post.done == [1]


def test_a_timer_that_is_cancelled_never_fires_and_can_be_set_again(post: Post) -> None:
    post.enqueue(1, key="one")
    post.enqueue(2, key="two")
    post.doors.write(lambda tx: cancel(tx, "one"))
    post.look()
    assert post.done == [2]
    post.doors.write(lambda tx: cancel(tx, "two"))
    assert states(post.doors) == [DONE]
    post.enqueue(3, key="one")
    post.look()
    assert post.done == [2, 3]


def test_a_job_that_failed_is_tried_again_later_and_later(
    post: Post, clock: Any, longest_waits: None
) -> None:
    tries: list[Any] = []

    def fail(number: int) -> None:
        tries.append(now())
        break_down(number)

    post.enqueue(1)
    post.look(fail)
    for wait in (4, 8, 16, 32, 64, 128, 256, 512, 900, 900):
        clock.shift(wait - 1)
        post.look(fail)
        clock.shift(1)
        post.look(fail)
        assert tries[-1] - tries[-2] == timedelta(seconds=wait)
    assert len(tries) == 11


def test_what_failed_together_does_not_come_back_together(post: Post, clock: Any) -> None:
    post.enqueue(*range(30))
    post.look(break_down)
    until = {each.leased_until for each in post.doors.jobs()}
    assert len(until) > 20
    assert all(now() <= each <= now() + timedelta(seconds=4) for each in until)


def test_a_job_that_failed_before_succeeds_later(post: Post, clock: Any) -> None:
    post.enqueue(1)
    post.look(break_down)
    [job] = post.doors.jobs()
    assert (job.state, job.error, job.attempts) == (WAITING, "ConnectionError", 1)
    clock.shift(5)
    post.look()
    [job] = post.doors.jobs()
    assert (job.state, job.error, job.attempts) == (DONE, None, 2)


def test_what_an_error_quotes_is_not_written_down(post: Post) -> None:
    post.enqueue(1)
    post.look(break_down)
    [job] = post.doors.jobs()
    assert "secret" not in str(vars(job))


def test_what_can_never_succeed_goes_to_the_dead_letters_at_once(post: Post, clock: Any) -> None:
    def refuse(number: int) -> None:
        raise Permanent("no such address")

    post.enqueue(1)
    post.look(refuse)
    [job] = post.doors.jobs()
    assert (job.state, job.error, job.finished_at) == (
        DEAD,
        "Permanent: no such address",
        now(),
    )
    clock.shift(100 * HOUR)
    post.look()
    assert post.done == []


def test_what_nobody_does_goes_to_the_dead_letters(post: Post) -> None:
    post.doors.write(lambda tx: jobs.enqueue(tx, "unknown", {}))
    post.look()
    assert [each.error for each in post.doors.jobs()] == ["Permanent: nobody does 'unknown'"]


def try_for(post: Post, clock: Any, hours: float) -> int:
    """Let the job fail every hour; return how often that was."""
    end, tries = now() + timedelta(hours=hours), 0
    while now() < end and states(post.doors) == [WAITING]:
        clock.shift(HOUR)
        post.look(break_down)
        tries += 1
    return tries


def test_a_day_after_it_was_due_a_job_is_given_up(post: Post, clock: Any) -> None:
    post.enqueue(1)
    try_for(post, clock, 23.5)
    assert states(post.doors) == [WAITING]
    try_for(post, clock, 1)
    assert states(post.doors) == [DEAD]


def test_a_timer_has_its_day_too(post: Post, clock: Any) -> None:
    post.enqueue(1, due_at=now() + timedelta(days=3))
    clock.shift(72 * HOUR)
    try_for(post, clock, 23.5)
    assert states(post.doors) == [WAITING]
    try_for(post, clock, 1)
    assert states(post.doors) == [DEAD]


def test_a_server_that_was_off_for_days_gives_nothing_up_at_once(post: Post, clock: Any) -> None:
    post.enqueue(1)
    clock.shift(72 * HOUR)
    assert try_for(post, clock, 24) == jobs.TRIES_AT_LEAST
    assert states(post.doors) == [DEAD]


def test_what_failed_keeps_nobody_else_waiting(post: Post, clock: Any) -> None:
    """However many old jobs may be tried again, a new one has its turn among them."""
    post.enqueue(*range(40))
    post.look(break_down)
    clock.shift(2)
    post.enqueue(1000)
    clock.shift(10)
    worker = post.worker()
    while worker.run_once():
        worker.join()
    worker.join()
    assert len(post.done) == 41
    assert 0 < post.done.index(1000) < 40


def test_what_was_done_long_ago_is_swept_away(post: Post, clock: Any) -> None:
    post.enqueue(1)
    post.look()
    post.enqueue(2)
    post.look(permanent)
    post.enqueue(3, due_at=now() + timedelta(days=30))
    clock.shift(7 * 24 * HOUR)
    assert post.doors.write(jobs.sweep) == 0
    post.enqueue(4)
    post.look()
    clock.shift(1)
    assert post.doors.write(jobs.sweep) == 1
    assert sorted(states(post.doors)) == [DEAD, DONE, WAITING]


def permanent(number: int) -> None:
    raise Permanent


@pytest.mark.once
@pytest.mark.slow
def test_postgresql_never_takes_more_than_it_is_asked_for(on_postgresql: Doors) -> None:
    """Whatever plan it makes: a subquery with LIMIT may be run for every row."""
    post = Post(on_postgresql)
    post.enqueue(*range(50))

    def work(tx: Tx) -> int:
        for kind in ("hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"):
            tx.session.execute(text(f"SET LOCAL enable_{kind} = off"))
        return len(jobs.claim(tx, now(), most=3))

    assert on_postgresql.write(work) == 3
