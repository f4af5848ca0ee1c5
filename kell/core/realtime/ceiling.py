"""How many handshakes a second: who comes back after an outage must not keep out who is here."""

from time import monotonic


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
