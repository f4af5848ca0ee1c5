"""Shapes of a week on the wire, the same for sites and for people."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from kell.core.calendar.week import DAY, Interval, Intervals
from kell.core.wire import Shape

WallTime = Annotated[str, StringConstraints(pattern=r"^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$")]


def time_zone(name: str) -> str:
    """Return the name of a time zone (IANA).

    Raises:
        ValueError: there is none of this name.
    """
    if name not in time_zones():
        raise ValueError("no such time zone")
    return name


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset(available_timezones())


class HoursInterval(Shape):
    """By the wall clock of the zone; what closes no later than it opens, closes next day."""

    opens: WallTime
    closes: WallTime

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.opens == "24:00":
            raise ValueError("a day opens at 00:00")
        return self


Zone = Annotated[str, AfterValidator(time_zone)]
Day = Annotated[list[HoursInterval], Field(max_length=10)]
Week = Annotated[list[Day], Field(min_length=7, max_length=7)]


def intervals(day: Iterable[HoursInterval]) -> Intervals:
    """Return a day of a calendar."""
    return tuple(map(_interval, day))


def _interval(given: HoursInterval) -> Interval:
    opens, closes = _minutes(given.opens), _minutes(given.closes)
    return Interval(opens, closes if closes > opens else closes + DAY)


def _minutes(wall: str) -> int:
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)
