"""The one source of wall time. Tests move it; nothing else reads the system's clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware, in UTC, to the millisecond, as it is sent to browsers."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
