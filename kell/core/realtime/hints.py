"""Hints between processes over Redis: "I have committed something". Never needed or waited for.

A hint carries nothing but its sender: what was committed is read from the database. Many commits
make one hint, because one greenlet sends whatever has gathered.
"""

import logging
from collections.abc import Callable

import gevent
from gevent.event import Event

from kell.core.ids import new_id

log = logging.getLogger(__name__)

CHANNEL = "kell:hints"
AGAIN_AFTER = 2.0
# At most so many hints a second, however many commits there are.
GATHERS_FOR = 0.02


class Hints:
    """Tells the other processes, and hears them."""

    def __init__(self, redis_url: str, heard: Callable[[], None]) -> None:
        import redis  # noqa: PLC0415  6 MB, and most have none

        self._lost = redis.RedisError
        self._me = new_id()
        self._heard = heard
        self._something = Event()
        self._client = redis.Redis.from_url(
            redis_url, socket_timeout=None, socket_connect_timeout=2, health_check_interval=25
        )

    def send(self) -> None:
        """Tell the others soon."""
        self._something.set()

    def run_sender(self) -> None:
        """Send hints for ever."""
        while True:
            self._something.wait()
            self._something.clear()
            try:
                self._client.publish(CHANNEL, self._me)
            except self._lost:
                log.warning("Redis is away: other processes look by themselves every 2 s")
                gevent.sleep(AGAIN_AFTER)
            gevent.sleep(GATHERS_FOR)

    def run_listener(self) -> None:
        """Hear hints for ever."""
        while True:
            try:
                with self._client.pubsub(  # type: ignore[no-untyped-call]
                    ignore_subscribe_messages=True
                ) as channel:
                    channel.subscribe(CHANNEL)
                    for message in channel.listen():
                        if message["data"] != self._me.encode():
                            self._heard()
            except self._lost:
                gevent.sleep(AGAIN_AFTER)
