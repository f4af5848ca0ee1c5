"""Working hours: when somebody answers, and how much working time lies between two moments."""

from kell.core.calendar.holidays import PublicHolidays, countries, public_holidays
from kell.core.calendar.times import (
    add_working_time,
    is_open,
    next_open,
    open_until,
    working_time_between,
)
from kell.core.calendar.week import ALWAYS, Interval, WorkingCalendar

__all__ = [
    "ALWAYS",
    "Interval",
    "PublicHolidays",
    "WorkingCalendar",
    "add_working_time",
    "countries",
    "is_open",
    "next_open",
    "open_until",
    "public_holidays",
    "working_time_between",
]
