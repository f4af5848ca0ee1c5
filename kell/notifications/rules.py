"""When a reply goes by e-mail (CHAT-13)."""

from datetime import timedelta
from enum import Enum

# Whose browser has not received it by then is away; several replies in a row make one mail.
AWAY_AFTER = timedelta(seconds=30)
# Whose browser has received it, but who hasn't looked.
UNSEEN_AFTER = timedelta(minutes=5)


class Verdict(Enum):
    """What to do about a reply."""

    SEEN = "seen"
    WAIT = "wait"
    MAIL = "mail"


def about_reply(*, seq: int, delivered: int, read: int, waited: timedelta) -> Verdict:
    """Decide about the reply ``seq``, given how far the visitor's browser and eyes have come."""
    if read >= seq:
        return Verdict.SEEN
    if delivered >= seq and waited < UNSEEN_AFTER:
        return Verdict.WAIT
    return Verdict.MAIL
