"""Questions about working time, asked and answered in UTC. Pure: no clock is read here.

The wall clock decides. An hour that a change to summer time leaves out is passed at the moment of
the change; of an hour that comes twice, the first counts, so that an interval stays one piece.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from kell.core.calendar.week import WorkingCalendar

AHEAD = 800
"""Days that are looked through for an opening: two years of exceptions and holidays."""

Piece = tuple[datetime, datetime]


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """Say whether somebody works at a moment; the moment of closing is closed."""
    return next_open(calendar, at) == at


def next_open(calendar: WorkingCalendar, at: datetime) -> datetime | None:
    """Return the first moment from ``at`` on at which it is open, or nothing if it never is."""
    piece = next(_pieces(calendar, at), None)
    return piece[0] if piece else None


def open_until(calendar: WorkingCalendar, at: datetime, *, at_most: timedelta) -> datetime | None:
    """Return when it closes, if it is open and doesn't stay so for longer than ``at_most``."""
    end = at
    for opens, closes in _pieces(calendar, at, at + at_most):
        if opens > end:
            break
        end = closes
    return end if at < end < at + at_most else None


def working_time_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Return how much working time lies from ``start`` to ``end``: none if that is no later."""
    worked = timedelta()
    for opens, closes in _pieces(calendar, start, end):
        worked += max(min(closes, end) - opens, timedelta())
    return worked


def add_working_time(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> datetime | None:
    """Return the moment by which ``amount`` has been worked since ``start``.

    Nothing, if it opens no more before that.
    """
    left, since = amount, start
    while left > timedelta():
        piece = next(_pieces(calendar, since), None)
        if piece is None:
            return None
        worked = min(piece[1] - piece[0], left)
        left, since = left - worked, piece[0] + worked
    return since


def _pieces(
    calendar: WorkingCalendar, start: datetime, end: datetime | None = None
) -> Iterator[Piece]:
    """Yield what is open from ``start`` on, in order, none over another; they may touch."""
    if not calendar.ever_opens:
        return
    over = start
    for day in _days(start, end, calendar.zone):
        for each in sorted(calendar.intervals_on(day)):
            opens = max(_moment(day, each.opens, calendar.zone), over)
            closes = _moment(day, each.closes, calendar.zone)
            if opens < closes:
                yield opens, closes
                over = closes


def _days(start: datetime, end: datetime | None, zone: tzinfo) -> Iterator[date]:
    # Two days back: yesterday's interval may last until now, and a zone may have skipped a day.
    first = start.astimezone(zone).date() - timedelta(days=2)
    last = first + timedelta(days=AHEAD) if end is None else end.astimezone(zone).date()
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    """Return the moment at which the wall clock of a zone shows so many minutes after midnight."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    # The clock never shows this time (PEP 495): it is skipped between these two moments.
    return _moment_of_change(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), early, zone)


def _moment_of_change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
