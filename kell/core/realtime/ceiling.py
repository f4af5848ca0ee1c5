"""Who may shake hands now: who comes back after an outage must not keep out who is here.

And strangers must not keep out those who are known: each kind has a ceiling of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any


@dataclass(frozen=True, slots=True)
class Knock:
    """What a handshake tells of who is there.

    ``is_known`` is proven, and costs a stranger something to pretend. ``place`` is the network
    that sockets are counted by; known people's aren't, nor those from no place.
    """

    is_known: bool = False
    place: str | None = None


Look = Callable[[dict[str, Any]], Knock]


class Ceiling:
    """A token bucket: ``rate`` a second, and as many at once when it was quiet before."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._left = rate
        self._at = monotonic()

    def admits(self) -> bool:
        """Say whether one more may come in, and count it."""
        at = monotonic()
        self._left = min(self._rate, self._left + (at - self._at) * self._rate)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Places:
    """How many sockets each network has open here, and how many it tries to open in a second."""

    def __init__(self, most: int, rate: int) -> None:
        self._most = most
        self._rate = rate
        self._open: Counter[str] = Counter()
        self._tries: Counter[str] = Counter()
        self._second = 0

    def has_room(self, place: str | None) -> bool:
        """Say whether one more may come from there, and count the try."""
        if place is None:
            return True
        second = int(monotonic())
        if second != self._second:
            self._second = second
            self._tries.clear()
        self._tries[place] += 1
        return self._tries[place] <= self._rate and self._open.get(place, 0) < self._most

    @contextmanager
    def one_more(self, place: str | None) -> Iterator[None]:
        """Count a socket while it lives."""
        if place is None:
            yield
            return
        self._open[place] += 1
        try:
            yield
        finally:
            self._open[place] -= 1
            if not self._open[place]:
                del self._open[place]
