"""Who answers a site's visitors, and when (CHAT-2)."""

import math
import time
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kell.accounts.online import on_duty, photo_of
from kell.chat.waits import first_answers, median
from kell.core.calendar import WorkingCalendar, next_open, working_time_between
from kell.core.clock import now
from kell.core.ids import Id
from kell.core.pictures import address
from kell.sites.hours import calendar_of
from kell.sites.public import KnownSite
from kell.sites.wire import PersonOnline, SiteOnline, State

SHOWN = 5
LOOKED_BACK = timedelta(days=30)
COUNTED, TOO_FEW = 50, 5
KEPT = 300.0  # seconds; the median moves slowly

_medians: dict[tuple[Id, int], tuple[float, int | None]] = {}


def answering(session: Session, site: KnownSite) -> SiteOnline:
    """Return who answers a site's visitors now, or when somebody will."""
    calendar, at = calendar_of(site.parts.hours, site.language), now()
    opening = next_open(calendar, at)
    people = on_duty(session, site.teams)
    state = _state(is_open=opening == at, anybody=bool(people))
    # The busy will answer, so the site is no less answered for them; but nobody is shown as free.
    free = [each for each in people if not each.busy]
    shown = free if site.parts.show_people and state == "online" else []
    return SiteOnline(
        state=state,
        people=[PersonOnline(name=each.name, photo=each.photo) for each in shown[:SHOWN]],
        more=len(shown[SHOWN:]),
        next_open=opening if state == "closed" else None,
        holiday=_holiday(calendar, at) if state == "closed" else None,
        reply_minutes=reply_minutes(session, site, calendar, at),
    )


def face_of(session: Session, site: KnownSite) -> str | None:
    """Return the address of the launcher's picture."""
    look = site.parts.look
    if look.person is not None:
        return photo_of(session, look.person)
    return address(look.picture) if look.picture else None


def reply_minutes(
    session: Session, site: KnownSite, calendar: WorkingCalendar, at: datetime
) -> int | None:
    """Return the median wait for a first answer, in begun minutes of working time.

    Nothing while there are too few answers to speak of "usually".
    """
    if not site.parts.show_reply_time:
        return None
    key = (site.id, site.revision)
    until, minutes = _medians.get(key, (0.0, None))
    if until > time.monotonic():
        return minutes
    answers = first_answers(session, site.id, at - LOOKED_BACK, COUNTED)
    waits = [working_time_between(calendar, *answer) for answer in answers]
    enough = len(waits) >= TOO_FEW
    minutes = max(1, math.ceil(median(waits) / timedelta(minutes=1))) if enough else None
    if len(_medians) > 1000:
        _medians.clear()
    _medians[key] = (time.monotonic() + KEPT, minutes)
    return minutes


def _state(*, is_open: bool, anybody: bool) -> State:
    if not is_open:
        return "closed"
    return "online" if anybody else "away"


def _holiday(calendar: WorkingCalendar, at: datetime) -> str | None:
    return calendar.holiday_on(at.astimezone(calendar.zone).date())
