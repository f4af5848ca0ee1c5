"""Nobody does anything too often, and whoever waits as told gets through."""

import random
import threading

import pytest
import time_machine
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter as Engine

from kell.core.errors import NotFound, RateLimited, RetryLater
from kell.core.security.counters import Counters, Memory
from kell.core.security.limits import LIMITS, Limits, Per

pytestmark = pytest.mark.once

MOMENT = "2026-11-22T10:37:03Z"
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as travel:
        yield travel


def hits(limits: Limits, name: str, *key: str, tries: int = 2000) -> tuple[int, float]:
    """Return how many tries passed, and how long the next has to wait."""
    for count in range(tries):
        try:
            limits.hit(name, *key)
        except RateLimited as refused:
            return count, refused.retry_after or 0.0
    return tries, 0.0


@pytest.mark.parametrize(
    ("name", "key", "allowed"),
    [
        ("send", "visitor", 100),
        ("start", "visitor", 10),
        ("start_address", "192.0.2.1", 60),
        ("session", "192.0.2.1", 60),
        ("wrong_token", "192.0.2.1", 20),
        ("login_place", "a@example.org", 10),
        ("login_address", "192.0.2.1", 30),
        ("read", "operator", 600),
        ("write", "operator", 600),
    ],
)
def test_the_table_holds(clock, name, key, allowed):
    assert hits(Limits(), name, key)[0] == allowed


def test_whoever_waits_as_told_gets_through(clock):
    limits = Limits()
    for name in LIMITS:
        key = "192.0.2.1" if LIMITS[name].per is Per.ADDRESS else "visitor"
        _, wait = hits(limits, name, key)
        assert not limits.test(name, key)
        clock.shift(wait)
        limits.hit(name, key)


def test_a_long_window_stops_who_keeps_just_under_the_short_one(clock):
    limits, sent = Limits(), 0
    for _ in range(360):  # an hour, ten seconds each
        sent += hits(limits, "send", "visitor", tries=90)[0]
        clock.shift(10)
    # Two counters only estimate a sliding window; over a longer time the rate is exact.
    assert sent <= 7 * 1000


def test_one_visitor_does_not_use_up_anothers_allowance(clock):
    limits = Limits()
    hits(limits, "send", "one")
    limits.hit("send", "two")
    limits.hit("typing", "one")


def test_a_key_of_several_parts_is_not_mistaken_for_another(clock):
    limits = Limits()
    hits(limits, "start", "visitor", "12")
    limits.hit("start", "visitor1", "2")


def test_an_ipv6_customer_has_one_allowance_for_all_their_addresses(clock):
    limits = Limits()
    assert hits(limits, "session", "2001:db8::1")[0] == 60
    with pytest.raises(RateLimited):
        limits.hit("session", "2001:db8::ffff:ffff:ffff:ffff")
    limits.hit("session", "2001:db8:0:1::1")


def test_ipv4_in_ipv6_clothes_is_the_same_address(clock):
    limits = Limits()
    hits(limits, "session", "192.0.2.1")
    with pytest.raises(RateLimited):
        limits.hit("session", "::ffff:192.0.2.1")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
def test_an_unnamed_proxy_does_not_shut_everybody_out(clock, address):
    assert hits(Limits(), "login_address", address)[0] == 2000


def test_what_is_no_address_is_limited_too(clock):
    assert hits(Limits(), "session", "garbage")[0] == 60


def test_clearing_gives_a_whole_new_allowance(clock):
    limits = Limits()
    hits(limits, "login_place", "a@example.org")
    limits.clear("login_place", "a@example.org")
    assert hits(limits, "login_place", "a@example.org")[0] == 10


def test_what_came_to_nothing_is_not_counted(clock):
    limits = Limits()
    limits.hit("start", "visitor")
    for _ in range(20):
        with pytest.raises(RetryLater), limits.counted("start", "visitor"):
            raise RetryLater
    assert hits(limits, "start", "visitor")[0] == 9


def test_what_was_refused_for_another_reason_is_counted(clock):
    limits = Limits()
    for _ in range(4):
        with pytest.raises(NotFound), limits.counted("start", "visitor"):
            raise NotFound
    assert hits(limits, "start", "visitor")[0] == 6


def test_testing_counts_nothing(clock):
    limits = Limits()
    assert all(limits.test("start", "visitor") for _ in range(100))


def test_a_limit_that_is_not_in_the_table_is_a_bug():
    with pytest.raises(KeyError):
        Limits().hit("no such limit", "x")


def test_limits_hold_in_this_process_while_redis_is_away(clock, caplog):
    limits = Limits(NOBODY_LISTENS)
    assert hits(limits, "start", "visitor")[0] == 10
    assert len(caplog.messages) == 1  # asked once in five seconds, told once
    assert "Redis is away" in caplog.messages[0]


def test_redis_is_asked_again_after_a_while(clock, caplog):
    limits = Limits(NOBODY_LISTENS)
    limits.hit("start", "visitor")
    clock.shift(6)
    limits.hit("start", "visitor")
    assert len(caplog.messages) == 2


def test_neither_emails_nor_addresses_lie_in_the_counters(clock):
    limits = Limits()
    limits.hit("login_account", "a@example.org")
    limits.hit("session", "192.0.2.1")
    counters = limits._counters._memory.storage.windows
    assert len(counters) == 2
    assert not any("example" in key or "192.0" in key for key in counters)


def test_counting_starts_no_thread(clock):
    before = threading.active_count()
    hits(Limits(), "start", "visitor", tries=50)
    assert threading.active_count() == before


@pytest.mark.parametrize("rate", ["10 per 10 minutes", "100 per 10 seconds", "7 per 13 seconds"])
def test_memory_counts_as_the_engine_does(clock, rate):
    ours, theirs = Engine(Memory()), Engine(MemoryStorage())
    chance, item = random.Random(rate), parse(rate)
    for _ in range(2000):
        clock.shift(chance.random() * chance.choice([0, 0.1, 1, item.get_expiry()]))
        ask = chance.choice([Engine.hit, Engine.hit, Engine.test])
        assert ask(ours, item, "visitor") == ask(theirs, item, "visitor")
        assert ours.get_window_stats(item, "visitor") == pytest.approx(
            theirs.get_window_stats(item, "visitor")
        )


def test_what_is_over_is_forgotten(clock):
    limits = Limits()
    counters = limits._counters._memory.storage
    for number in range(500):
        limits.hit("session", f"192.0.{number // 250}.{number % 250}")
    clock.shift(200)
    limits.hit("session", "192.0.2.1")
    assert len(counters.windows) == 1


def test_the_engine_takes_a_redis_on_a_socket():
    Counters("unix:///run/nobody.sock")
