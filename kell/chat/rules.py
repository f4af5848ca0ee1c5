"""Pure decisions about conversations."""

from datetime import datetime, timedelta


def late_at(waiting_since: datetime | None, after: timedelta) -> datetime | None:
    """Return when somebody who waits has waited too long (CHAT-5)."""
    return None if waiting_since is None else waiting_since + after
