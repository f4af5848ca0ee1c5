"""Secrets that open something: given out once, stored only as their hash."""

import hashlib
import re
from typing import NamedTuple

from kell.core.ids import new_secret

_ISSUED = re.compile(r"[A-Za-z0-9_-]{43}")


class Token(NamedTuple):
    """``secret`` goes to its holder, ``digest`` into the database."""

    secret: str
    digest: str


def issue() -> Token:
    """Make a token of 256 random bits: it can't be guessed, so a fast hash is enough to store."""
    secret = new_secret()
    return Token(secret, digest(secret))


def digest(secret: str) -> str:
    """Return SHA-256 of ``secret`` as 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def well_formed(secret: str) -> bool:
    """Tell, without a database, whether ``secret`` can be one that ``issue`` made."""
    return _ISSUED.fullmatch(secret) is not None
