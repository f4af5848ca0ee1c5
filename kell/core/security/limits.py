"""How often anyone may do what, over every transport (CHAT-4).

Counted by who asks, never by socket: a second tab or a reconnect brings no new allowance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from flask import current_app
from limits import RateLimitItem, parse_many

from kell.core import metrics
from kell.core.errors import RateLimited, RetryLater
from kell.core.security.address import Address, bucket, parse
from kell.core.security.counters import Counters
from kell.core.security.tokens import digest


class Per(Enum):
    """What a limit counts by."""

    PERSON = "a visitor's or an operator's id"
    ACCOUNT = "the e-mail that somebody tries to log in with, perhaps from one address"
    ADDRESS = "an IPv4 address or an IPv6 /64"


@dataclass(frozen=True)
class Limit:
    """Several rates hold together: a short one against floods, a long one against persistence."""

    per: Per
    rates: str

    @cached_property
    def items(self) -> list[RateLimitItem]:
        """The rates, shortest window first."""
        return sorted(parse_many(self.rates), key=lambda item: item.get_expiry())


LIMITS: Mapping[str, Limit] = {
    # Visitors
    "session": Limit(Per.ADDRESS, "60 per minute"),
    "wrong_token": Limit(Per.ADDRESS, "20 per minute"),
    "start": Limit(Per.PERSON, "10 per 10 minutes"),
    "start_address": Limit(Per.ADDRESS, "60 per 10 minutes"),
    # Both sides
    "send": Limit(Per.PERSON, "100 per 10 seconds; 1000 per 10 minutes"),
    "typing": Limit(Per.PERSON, "120 per minute"),
    "mark": Limit(Per.PERSON, "600 per minute"),
    "page": Limit(Per.PERSON, "120 per minute"),
    "nonsense": Limit(Per.PERSON, "120 per minute"),
    "read": Limit(Per.PERSON, "600 per minute"),
    # Operators
    "write": Limit(Per.PERSON, "600 per minute"),
    "identify": Limit(Per.PERSON, "30 per minute"),
    "picture": Limit(Per.PERSON, "20 per minute"),
    # By account and address, so that nobody shuts somebody else out; then by account alone.
    "login_place": Limit(Per.ACCOUNT, "10 per 15 minutes"),
    "login_account": Limit(Per.ACCOUNT, "100 per hour"),
    "login_address": Limit(Per.ADDRESS, "30 per 15 minutes"),
    "forgot_account": Limit(Per.ACCOUNT, "3 per hour"),
    "forgot_address": Limit(Per.ADDRESS, "20 per hour"),
    "link_address": Limit(Per.ADDRESS, "30 per 15 minutes"),
    "password": Limit(Per.PERSON, "10 per 15 minutes"),
    "invite": Limit(Per.PERSON, "100 per hour"),
    # Whatever isn't a command: pages, the loader
    "pages": Limit(Per.ADDRESS, "600 per minute"),
}


class Limits:
    """Counts against the table above. Call it outside of a work: it may ask Redis."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._counters = Counters(redis_url)

    def hit(self, name: str, *key: str | Address) -> None:
        """Count one try of ``name`` by ``key``.

        Raises:
            RateLimited: that was one too many; ``retry_after`` says when the next is free.
        """
        who = _counted_as(LIMITS[name].per, key)
        if who is None:
            return
        for item in LIMITS[name].items:
            if not self._counters.hit(item, name, who):
                metrics.LIMITED.add(name)
                raise RateLimited(retry_after=self._counters.free_in(item, name, who))

    def counted(self, name: str, *key: str | Address) -> "Counted":
        """Count one try, but not if the server says that it may come again: nothing was done.

        Entering it raises what ``hit`` does.
        """
        return Counted(self, name, key)

    def test(self, name: str, *key: str | Address) -> bool:
        """Say whether the next ``hit`` would pass, without counting."""
        who = _counted_as(LIMITS[name].per, key)
        return who is None or all(
            self._counters.test(item, name, who) for item in LIMITS[name].items
        )

    def clear(self, name: str, *key: str | Address) -> None:
        """Forget what was counted: who has proved to be right begins anew."""
        who = _counted_as(LIMITS[name].per, key)
        if who is not None:
            for item in LIMITS[name].items:
                self._counters.clear(item, name, who)

    def take_back(self, name: str, *key: str | Address) -> None:
        """Count one try less."""
        who = _counted_as(LIMITS[name].per, key)
        if who is not None:
            for item in LIMITS[name].items:
                self._counters.take_back(item, name, who)


@dataclass(slots=True)
class Counted:
    """One try, for ``with``."""

    limits: Limits
    name: str
    key: tuple[str | Address, ...]

    def __enter__(self) -> None:
        self.limits.hit(self.name, *self.key)

    def __exit__(self, _kind: object, error: object, _traceback: object) -> None:
        # Else whoever comes again as told is shut out once the outage has ended.
        if isinstance(error, RetryLater):
            self.limits.take_back(self.name, *self.key)


def _counted_as(per: Per, key: tuple[str | Address, ...]) -> str | None:
    """Return what stands for ``key`` in the counters, or nothing when it isn't limited.

    Loopback as an address is a proxy that nobody named: all visitors would share its allowance.
    A hash, because the counters may lie in Redis, where neither e-mails nor addresses belong.
    """
    if per is not Per.ADDRESS:
        return digest("\n".join(map(str, key)))
    [given] = key
    address = parse(given) if isinstance(given, str) else given
    if address is None:
        return digest("unknown address")
    return None if address.is_loopback else digest(bucket(address))


def limits() -> Limits:
    """Return the running app's limits."""
    found: Limits = current_app.extensions["kell.limits"]
    return found
