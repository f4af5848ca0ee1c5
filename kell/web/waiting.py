"""A request that waits for news, for networks that block WebSockets."""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

from kell.core.errors import RateLimited
from kell.web.running import running

T = TypeVar("T")

WAITS = 25.0
# Those that were given up count until they would have ended: a reload or two is nobody's flood.
AT_ONCE = 16
# Another process may have committed it, without a hint to this one.
LOOKS_EVERY = 3.0


def wait_for_news(
    namespace: str, rooms: Iterable[str], look: Callable[[], T], is_news: Callable[[T], bool]
) -> T:
    """Return what ``look`` gives as soon as it is news, or after 25 s whatever it is.

    A process that stops answers at once: the client comes again to another.
    """
    hub, until, rooms = running().hub, monotonic() + WAITS, tuple(rooms)
    # The last room is the caller's own.
    if hub.waiting_in(namespace, rooms[-1]) >= AT_ONCE:
        raise RateLimited("too many requests wait", retry_after=5)
    # Wait first, then read: what is committed in between wakes us.
    with hub.waiting_for(namespace, rooms) as woken:
        while True:
            woken.clear()
            found = look()
            left = until - monotonic()
            if left <= 0 or is_news(found) or running().stopping.is_set():
                return found
            woken.wait(min(left, LOOKS_EVERY))
