"""When somebody works. Without hours of their own they work whenever they are here."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from kell.accounts.wire import PersonHours
from kell.core.calendar import WorkingCalendar, next_open
from kell.core.calendar.wire import intervals

Stored = Mapping[str, Any] | None
"""As the column holds them."""


def works(hours: Stored, at: datetime) -> bool:
    """Say whether somebody with these hours works at a moment."""
    return hours is None or next_open(_calendar(hours), at) == at


def works_again(hours: Stored, at: datetime) -> datetime | None:
    """Return when somebody who doesn't work at a moment does again; nothing if they do now."""
    if hours is None:
        return None
    again = next_open(_calendar(hours), at)
    return None if again == at else again


def hours_in_words(hours: Stored) -> str | None:
    """Return hours as a log shows them, whatever language its reader has."""
    if hours is None:
        return None
    days = [
        ", ".join(f"{each['opens']}–{each['closes']}" for each in day) or "–"
        for day in hours["week"]
    ]
    return f"{' | '.join(days)} {hours['zone']}"


def _calendar(hours: Mapping[str, Any]) -> WorkingCalendar:
    return _made(PersonHours.model_validate(hours).model_dump_json())


@lru_cache(maxsize=1000)
def _made(hours_json: str) -> WorkingCalendar:
    given = PersonHours.model_validate_json(hours_json)
    return WorkingCalendar(ZoneInfo(given.zone), tuple(map(intervals, given.week)))
