"""What a calendar is: a week of intervals, days that are otherwise, and the zone of its clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kell.core.calendar.holidays import PublicHolidays

DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From ``opens`` to ``closes``, in minutes after midnight by the wall clock.

    What closes after midnight closes after 1440: 22:00 to 02:00 is 1320 to 1560.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.opens < DAY and self.opens < self.closes <= self.opens + DAY):
            raise ValueError(f"no interval: {self.opens} to {self.closes}")


Intervals = tuple[Interval, ...]


@dataclass(frozen=True)
class WorkingCalendar:
    """When somebody works.

    ``week`` has the intervals of each weekday, Monday first. ``exceptions`` go before public
    holidays, those before the week; an interval belongs to the day on which it opens.
    """

    zone: ZoneInfo
    week: tuple[Intervals, ...]
    exceptions: Mapping[date, Intervals] = field(default_factory=lambda: MappingProxyType({}))
    holidays: PublicHolidays | None = None

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")

    def intervals_on(self, day: date) -> Intervals:
        """Return the intervals that open on a day."""
        if day in self.exceptions:
            return self.exceptions[day]
        if self.holiday_on(day) is not None:
            return ()
        return self.week[day.weekday()]

    def holiday_on(self, day: date) -> str | None:
        """Return the name of the public holiday that a day is, if it closes."""
        if self.holidays is None or day in self.exceptions:
            return None
        return self.holidays.name_of(day)

    @property
    def ever_opens(self) -> bool:
        """Whether it opens at all, on any day."""
        return any(self.week) or any(self.exceptions.values())


ALWAYS = WorkingCalendar(ZoneInfo("UTC"), ((Interval(0, DAY),),) * 7)
"""Open day and night."""
