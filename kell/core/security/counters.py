"""Where the limits count: in memory, or in Redis as long as it answers."""

import logging
from collections.abc import Callable
from typing import TypeVar

from limits import RateLimitItem
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from kell.core.clock import now

log = logging.getLogger(__name__)

T = TypeVar("T")

SWEEP_EVERY = 60.0
REDIS_AGAIN_AFTER = 5.0
# A Redis that hangs must not hold up the messages that it counts.
REDIS_OPTIONS: dict[str, str | int] = {"socket_timeout": 1, "socket_connect_timeout": 1}


class Memory(MemoryStorage):
    """Counts in this process and sweeps once a minute.

    The engine's own sweep walks all keys from a timer, up to a hundred times a second. With gevent
    that timer runs on the event loop: with many visitors nothing else would.
    """

    STORAGE_SCHEME = ["kell+memory"]  # noqa: RUF012  declared so by the engine

    def __init__(self, uri: str | None = None) -> None:
        self._swept_at = now().timestamp()
        super().__init__(uri)

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802  replaces the engine's
        moment = now().timestamp()
        if moment - self._swept_at >= SWEEP_EVERY:
            self._swept_at = moment
            self._MemoryStorage__expire_events()  # type: ignore[attr-defined]


class Counters:
    """Sliding windows, shared by all processes while Redis answers, else by this one."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._memory = SlidingWindowCounterRateLimiter(Memory())
        self._redis = _redis(redis_url) if redis_url else None
        self._redis_again_at = 0.0

    def hit(self, item: RateLimitItem, *key: str) -> bool:
        """Count one and say whether it was within the limit."""
        return self._ask(lambda engine: engine.hit(item, *key))

    def test(self, item: RateLimitItem, *key: str) -> bool:
        return self._ask(lambda engine: engine.test(item, *key))

    def clear(self, item: RateLimitItem, *key: str) -> None:
        self._ask(lambda engine: engine.clear(item, *key))

    def free_in(self, item: RateLimitItem, *key: str) -> float:
        """Return the seconds until one more passes.

        The engine says when its window moves on; only one share of the window later has the older
        window lost the weight of one try.
        """
        stats = self._ask(lambda engine: engine.get_window_stats(item, *key))
        share = item.get_expiry() / item.amount
        return max(0.0, stats.reset_time - now().timestamp()) + share

    def _ask(self, question: Callable[[SlidingWindowCounterRateLimiter], T]) -> T:
        """Ask Redis; when it is down, ask the memory, and Redis not again for some seconds."""
        if self._redis is not None and now().timestamp() >= self._redis_again_at:
            try:
                return question(self._redis)
            except RedisError as error:
                self._redis_again_at = now().timestamp() + REDIS_AGAIN_AFTER
                log.warning(
                    "limits count in this process alone, Redis is away: %s", type(error).__name__
                )
        return question(self._memory)


def engine_url(redis_url: str) -> str:
    """Return the address as the engine wants it."""
    return f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url


def _redis(url: str) -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(engine_url(url), None, "kell", wrap_exceptions=False, **REDIS_OPTIONS)
    return SlidingWindowCounterRateLimiter(storage)
