"""Working time: what is always true of it, and the nights on which clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kell.core.calendar import (
    ALWAYS,
    Interval,
    WorkingCalendar,
    add_working_time,
    is_open,
    next_open,
    public_holidays,
    working_time_between,
)

pytestmark = pytest.mark.once

NINE_TO_FIVE = Interval(9 * 60, 17 * 60)
NEVER = WorkingCalendar(ZoneInfo("Europe/Tallinn"), ((),) * 7)
ZONES = [
    "UTC",
    "Europe/Tallinn",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # its summer is half an hour
    "Pacific/Apia",  # left out a whole day, 30 December 2011
    "Pacific/Kiritimati",
    "America/St_Johns",
]


def office(zone="Europe/Tallinn", **more):
    """Return Monday to Friday, nine to five."""
    return WorkingCalendar(ZoneInfo(zone), ((NINE_TO_FIVE,),) * 5 + ((), ()), **more)


def daily(opens, closes, zone="Europe/Tallinn"):
    return WorkingCalendar(ZoneInfo(zone), ((Interval(opens, closes),),) * 7)


def local(text, zone="Europe/Tallinn", fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@st.composite
def intervals(draw):
    opens = draw(st.integers(0, 1439))
    return Interval(opens, opens + draw(st.integers(1, 1440)))


@st.composite
def calendars(draw):
    day = st.lists(intervals(), max_size=3).map(tuple)
    week = tuple(draw(day) for _ in range(7))
    exceptions = draw(
        st.dictionaries(st.dates(date(2010, 1, 1), date(2030, 1, 1)), day, max_size=4)
    )
    zone = draw(st.sampled_from(ZONES))
    country = draw(st.sampled_from([None, "EE", "US", "UA", "NZ"]))
    return WorkingCalendar(
        ZoneInfo(zone), week, exceptions, public_holidays(country) if country else None
    )


YEARS = [datetime(year, 6, 1) for year in (2011, 2028)]  # noqa: DTZ001  Hypothesis adds the zone
moments = st.datetimes(*YEARS, timezones=st.just(UTC))
spells = st.timedeltas(timedelta(), timedelta(days=20))


@given(calendars(), moments, spells)
def test_time_that_was_added_lies_between(calendar, at, amount):
    end = add_working_time(calendar, at, amount)
    if end is not None:
        assert end >= at
        assert working_time_between(calendar, at, end) == amount


@given(calendars(), moments, spells)
def test_time_that_lies_between_leads_no_further_when_added(calendar, at, spell):
    worked = working_time_between(calendar, at, at + spell)
    assert timedelta() <= worked <= spell
    reached = add_working_time(calendar, at, worked)
    assert reached is not None
    assert reached <= at + spell
    assert working_time_between(calendar, reached, at + spell) == timedelta()


@given(calendars(), moments, spells, spells)
def test_working_time_adds_up(calendar, at, one, other):
    middle, end = at + one, at + one + other
    parts = [working_time_between(calendar, *part) for part in ((at, middle), (middle, end))]
    assert sum(parts, timedelta()) == working_time_between(calendar, at, end)


@given(calendars(), moments, spells)
def test_who_begins_later_is_ready_later(calendar, at, later):
    one, other = (add_working_time(calendar, each, timedelta(hours=3)) for each in (at, at + later))
    assert one is None or other is None or one <= other


@given(calendars(), moments)
def test_the_next_opening_is_the_first_open_moment(calendar, at):
    opening = next_open(calendar, at)
    if opening is None:
        assert working_time_between(calendar, at, at + timedelta(days=100)) == timedelta()
    else:
        assert opening >= at
        assert is_open(calendar, opening)
        assert working_time_between(calendar, at, opening) == timedelta()
        assert is_open(calendar, at) == (opening == at)


@given(calendars(), moments)
def test_the_wall_clock_decides_where_it_shows_every_time_once(calendar, at):
    wall = at.astimezone(calendar.zone).replace(tzinfo=None)
    around = [at + timedelta(days=each) for each in (-3, 3)]
    assume(len({each.astimezone(calendar.zone).utcoffset() for each in around}) == 1)
    shown = any(
        each.opens <= (wall - midnight).total_seconds() / 60 < each.closes
        for ago in (0, 1)
        for midnight in [datetime.combine(wall.date() - timedelta(days=ago), datetime.min.time())]
        for each in calendar.intervals_on(midnight.date())
    )
    assert is_open(calendar, at) == shown


def test_nothing_ever_open():
    at = local("2026-11-22T12:00")
    assert next_open(NEVER, at) is None
    assert not is_open(NEVER, at)
    assert add_working_time(NEVER, at, timedelta(minutes=1)) is None
    assert add_working_time(NEVER, at, timedelta()) == at
    assert working_time_between(NEVER, at, at + timedelta(days=9)) == timedelta()
    long_ago = WorkingCalendar(NEVER.zone, NEVER.week, {date(2020, 1, 1): (NINE_TO_FIVE,)})
    assert next_open(long_ago, at) is None


def test_day_and_night():
    at = local("2026-11-22T12:00")
    assert is_open(ALWAYS, at)
    assert working_time_between(ALWAYS, at, at + timedelta(days=90)) == timedelta(days=90)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-20T16:59", "2026-11-20T16:59"),
        ("2026-11-20T17:00", "2026-11-23T09:00"),  # Friday evening
        ("2026-11-20T18:00", "2026-11-23T09:00"),
        ("2026-11-23T08:59", "2026-11-23T09:00"),
        ("2026-12-23T18:00", "2026-12-28T09:00"),  # Christmas, then a weekend
        ("2026-02-23T18:00", "2026-02-25T09:00"),  # Independence Day is a Tuesday
    ],
)
def test_an_estonian_office_answers_next(at, opens):
    calendar = office(holidays=public_holidays("EE"))
    assert next_open(calendar, local(at)) == local(opens)


def test_an_exception_goes_before_a_holiday():
    busy = {date(2026, 12, 24): (Interval(10 * 60, 12 * 60),), date(2026, 12, 23): ()}
    calendar = office(holidays=public_holidays("EE"), exceptions=busy)
    assert next_open(calendar, local("2026-12-22T18:00")) == local("2026-12-24T10:00")
    assert calendar.holiday_on(date(2026, 12, 24)) is None
    assert calendar.holiday_on(date(2026, 12, 25)) is not None


def test_an_interval_over_midnight_belongs_to_the_day_on_which_it_opens():
    friday_night = WorkingCalendar(
        ZoneInfo("Europe/Tallinn"), ((),) * 4 + ((Interval(22 * 60, 26 * 60),),) + ((), ())
    )
    assert is_open(friday_night, local("2026-11-21T01:59"))
    assert not is_open(friday_night, local("2026-11-21T02:00"))
    assert not is_open(friday_night, local("2026-11-22T01:00"))
    saturday_off = WorkingCalendar(friday_night.zone, friday_night.week, {date(2026, 11, 21): ()})
    assert is_open(saturday_off, local("2026-11-21T01:59"))


def test_intervals_that_overlap_count_once():
    day = (Interval(9 * 60, 13 * 60), Interval(12 * 60, 17 * 60), Interval(17 * 60, 18 * 60))
    calendar = WorkingCalendar(ZoneInfo("Europe/Tallinn"), (day,) * 7)
    start, end = local("2026-11-22T00:00"), local("2026-11-23T00:00")
    assert working_time_between(calendar, start, end) == timedelta(hours=9)


class TestTheNightOfSummerTime:
    """29 March 2026, 3:00 in Tallinn: the clock goes on to 4:00."""

    start, end = local("2026-03-29T00:00"), local("2026-03-29T12:00")
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)

    def test_an_hour_is_missing(self):
        night = daily(2 * 60, 6 * 60)
        assert working_time_between(night, self.start, self.end) == timedelta(hours=3)

    def test_an_opening_that_is_skipped_is_at_the_change(self):
        early = daily(3 * 60 + 30, 5 * 60)
        assert next_open(early, self.start) == self.change
        assert working_time_between(early, self.start, self.end) == timedelta(hours=1)

    def test_an_interval_that_is_skipped_whole_is_none(self):
        skipped = daily(3 * 60 + 10, 3 * 60 + 50)
        assert working_time_between(skipped, self.start, self.end) == timedelta()
        assert next_open(skipped, self.start) == local("2026-03-30T03:10")


class TestTheNightOfWinterTime:
    """25 October 2026, 4:00 in Tallinn: the clock goes back to 3:00."""

    start, end = local("2026-10-25T00:00"), local("2026-10-25T12:00")

    def test_an_hour_comes_twice(self):
        night = daily(2 * 60, 6 * 60)
        assert working_time_between(night, self.start, self.end) == timedelta(hours=5)

    def test_what_lies_within_that_hour_counts_once(self):
        inside = daily(3 * 60 + 10, 3 * 60 + 50)
        assert working_time_between(inside, self.start, self.end) == timedelta(minutes=40)
        assert is_open(inside, local("2026-10-25T03:30", fold=0))
        assert not is_open(inside, local("2026-10-25T03:30", fold=1))


def test_a_day_that_a_zone_left_out_is_no_working_day():
    calendar = daily(9 * 60, 17 * 60, "Pacific/Apia")
    start, end = (datetime(2011, 12, each, 12, tzinfo=UTC) for each in (27, 31))
    worked = working_time_between(calendar, start, end)
    # From 2 o'clock on the 27th to 2 o'clock on 1 January: 27, 28, 29, 31, without the 30th.
    assert worked == timedelta(hours=4 * 8)


def test_far_zones_open_on_another_day():
    friday_evening = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert next_open(office("Pacific/Kiritimati"), friday_evening) == datetime(
        2026, 11, 22, 19, tzinfo=UTC
    )
    assert is_open(office("America/New_York"), friday_evening)


def test_what_is_no_interval_is_refused():
    for opens, closes in ((-1, 5), (1440, 1500), (600, 600), (600, 500), (600, 2041)):
        with pytest.raises(ValueError, match="no interval"):
            Interval(opens, closes)
    with pytest.raises(ValueError, match="seven"):
        WorkingCalendar(ZoneInfo("UTC"), ())
