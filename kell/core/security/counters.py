"""Where the limits count: in memory, or in Redis as long as it answers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import time
from typing import Any, TypeVar

from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import SlidingWindowCounterRateLimiter as Engine

from kell.core.clock import now

log = logging.getLogger(__name__)

T = TypeVar("T")

SWEEP_EVERY = 60.0
REDIS_AGAIN_AFTER = 5.0
# A Redis that hangs must not hold up the messages that it counts.
REDIS_OPTIONS: dict[str, str | int] = {"socket_timeout": 1, "socket_connect_timeout": 1}


@dataclass(slots=True)
class Window:
    """What was counted under one key: in the window that runs, and in the one before."""

    number: int
    count: int
    before: int
    over_at: float


class Memory(MemoryStorage):
    """Counts in this process, one entry a key, and sweeps once a minute.

    The engine's own keeps four entries a key behind locks, at five times the price, and its sweep
    walks all keys from a timer, up to a hundred times a second. With gevent that timer runs on the
    event loop: with many visitors nothing else would. Here everything happens on the loop's thread.
    """

    STORAGE_SCHEME = ["kell+memory"]  # noqa: RUF012  declared so by the engine

    def __init__(self, uri: str | None = None, **options: Any) -> None:
        self.windows: dict[str, Window] = {}
        self._sweep_at = 0.0
        # Past the engine's own, which starts its timer.
        Storage.__init__(self, uri, **options)

    def acquire_sliding_window_entry(
        self, key: str, limit: int, expiry: int, amount: int = 1
    ) -> bool:
        """Count, if that is within the limit."""
        at = time()
        window = self._window(key, expiry, at)
        # The window before counts for the share of it that the last ``expiry`` seconds hold.
        weighed = window.before * (1 - at / expiry % 1) + window.count
        if int(weighed) + amount > limit:
            return False
        window.count += amount
        return True

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return both counts, each with the seconds until it is forgotten."""
        at = time()
        window = self._window(key, expiry, at)
        left = (1 - at / expiry % 1) * expiry
        return window.before, left if window.before else 0.0, window.count, left + expiry

    def reset(self) -> int | None:
        """Forget everything; return how much that was."""
        count = len(self.windows)
        self.windows.clear()
        return count

    def clear_sliding_window(self, key: str, expiry: int) -> None:  # noqa: ARG002  the engine's
        self.windows.pop(key, None)

    def _window(self, key: str, expiry: int, at: float) -> Window:
        number = int(at / expiry)
        window = self.windows.get(key)
        if window is None:
            self._sweep(at)
            window = self.windows[key] = Window(number, 0, 0, at + 2 * expiry)
        elif window.number != number:
            window.before = window.count if window.number == number - 1 else 0
            window.number, window.count, window.over_at = number, 0, at + 2 * expiry
        return window

    def _sweep(self, at: float) -> None:
        if at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            self.windows = {key: each for key, each in self.windows.items() if each.over_at > at}


class Counters:
    """Sliding windows, shared by all processes while Redis answers, else by this one."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._memory = Engine(Memory())
        self._redis = _redis(redis_url) if redis_url else None
        self._redis_again_at = 0.0

    def hit(self, item: RateLimitItem, *key: str) -> bool:
        """Count one and say whether it was within the limit."""
        return self._ask(Engine.hit, item, *key)

    def take_back(self, item: RateLimitItem, *key: str) -> None:
        """Count one less."""
        self._ask(partial(Engine.hit, cost=-1), item, *key)

    def test(self, item: RateLimitItem, *key: str) -> bool:
        return self._ask(Engine.test, item, *key)

    def clear(self, item: RateLimitItem, *key: str) -> None:
        self._ask(Engine.clear, item, *key)

    def free_in(self, item: RateLimitItem, *key: str) -> float:
        """Return the seconds until one more passes.

        The engine says when its window moves on; only one share of the window later has the older
        window lost the weight of one try.
        """
        stats = self._ask(Engine.get_window_stats, item, *key)
        share = item.get_expiry() / item.amount
        return max(0.0, stats.reset_time - now().timestamp()) + share

    def _ask(self, question: Callable[..., T], item: RateLimitItem, *key: str) -> T:
        """Ask Redis; when it is down, ask the memory, and Redis not again for some seconds."""
        if self._redis is not None and now().timestamp() >= self._redis_again_at:
            try:
                return question(self._redis, item, *key)
            except StorageError as error:
                self._redis_again_at = now().timestamp() + REDIS_AGAIN_AFTER
                log.warning(
                    "limits count in this process alone, Redis is away: %s",
                    type(error.storage_error).__name__,
                )
        return question(self._memory, item, *key)


def engine_url(redis_url: str) -> str:
    """Return the address as the engine wants it."""
    return f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url


def _redis(url: str) -> Engine:
    storage = RedisStorage(engine_url(url), None, "kell", wrap_exceptions=True, **REDIS_OPTIONS)
    return Engine(storage)
