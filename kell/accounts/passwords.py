"""Passwords as Argon2id hashes (RFC 9106), worked out off the event loop.

One hash takes about 50 ms and 64 MiB, so only two run at a time, in threads of their own: neither
a commit nor a message ever waits for them.
"""

import secrets
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.threadpool import ThreadPool

from kell.accounts.rules import password_key
from kell.core.errors import RetryLater

T = TypeVar("T")

AT_ONCE = 2
WAITING_AT_MOST = 64
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5IGhhcyB0aGlzIQ"
    "$Y2s0hxcVOQ6nAF5s4jJq1yq7v6w9yUoM3p2rS8tXk0E"
)
"""Of no password, with today's cost: checked for an unknown e-mail, so that it takes as long."""

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()


def new_password() -> str:
    """Make a password of about 99 random bits that can be read out loud."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return what to store. Call it before a work, never inside."""
    return _in_a_thread(lambda: _hasher.hash(password_key(password)))


def verify(password: str, stored: str | None) -> bool:
    """Check a password; without a ``stored`` hash take the same time and say no.

    Raises:
        RetryLater: too many wait already.
    """
    return _in_a_thread(lambda: _verify(password_key(password), stored or NOBODYS)) and bool(stored)


def _verify(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _in_a_thread(work: Callable[[], T]) -> T:
    pool = _pool()
    if len(pool) >= WAITING_AT_MOST:
        raise RetryLater("too many passwords are being checked", retry_after=5)
    answer: T = pool.apply(work)
    return answer


@cache
def _pool() -> ThreadPool:
    """Made at the first use: threads don't survive a fork."""
    return ThreadPool(AT_ONCE)
