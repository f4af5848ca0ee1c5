"""Pure decisions about accounts."""

import unicodedata
from datetime import datetime, timedelta

from kell.accounts.models import Chosen, State

AWAY_AFTER = timedelta(minutes=10)

PASSWORD_MIN, PASSWORD_MAX = 12, 256

IDLE_FOR_AT_MOST = timedelta(days=7)
SIGNED_IN_FOR_AT_MOST = timedelta(days=30)
SEEN_IS_ACCURATE_TO = timedelta(hours=1)


def email_key(email: str) -> str:
    """Return the one form in which an e-mail is stored and looked up."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def password_key(password: str) -> str:
    """Return one form of a password, whatever keyboard it was typed on (NIST SP 800-63B, 3.1.1)."""
    return unicodedata.normalize("NFKC", password)


def is_alive(*, seen_at: datetime, expires_at: datetime, at: datetime) -> bool:
    """Whether a session still opens the panel: used within a week, begun within a month."""
    return at < expires_at and at < seen_at + IDLE_FOR_AT_MOST


def state_of(
    chosen: Chosen, active_at: datetime | None, *, here: bool, at: datetime, works: bool = True
) -> State:
    """Return how colleagues see somebody: away while nothing moves, and outside of their hours."""
    if not here:
        return "offline"
    if not works:
        return "away"
    idle = active_at is not None and at - active_at >= AWAY_AFTER
    return "away" if idle else chosen
