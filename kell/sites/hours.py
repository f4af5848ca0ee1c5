"""A site's hours as a calendar."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from kell.core.calendar import ALWAYS, WorkingCalendar, public_holidays
from kell.core.calendar.wire import intervals
from kell.sites.settings import HoursSettings


def calendar_of(hours: HoursSettings, language: str | None = None) -> WorkingCalendar:
    """Return the calendar that an admin has described, its holidays named in a language."""
    return _made(hours.model_dump_json(), language)


@lru_cache(maxsize=64)
def _made(hours_json: str, language: str | None) -> WorkingCalendar:
    hours = HoursSettings.model_validate_json(hours_json)
    if hours.always:
        return ALWAYS
    days_off = None
    if hours.holidays and hours.country is not None:
        days_off = public_holidays(hours.country, hours.subdivision, language)
    return WorkingCalendar(
        ZoneInfo(hours.zone),
        tuple(map(intervals, hours.week)),
        {each.day: intervals(each.intervals) for each in hours.exceptions},
        days_off,
    )
